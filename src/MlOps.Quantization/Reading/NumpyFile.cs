using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace MlOps.Quantization.Reading;

/// <summary>Reads NumPy's files: <c>.npy</c> with one array, <c>.npz</c> with some.</summary>
/// <remarks>Source: NumPy, "numpy.lib.format": magic, version, length of the header, the header as a Python dictionary, the values.</remarks>
internal static partial class NumpyFile
{
    private const int MagicLength = 6;
    private const int LongestHeader = 1 << 16;

    /// <summary>Reads an array.</summary>
    /// <exception cref="InvalidDataException">It is no such file, is cut off, or holds something else than numbers in C order and this machine's byte order.</exception>
    internal static NumberArray Read(string path) => Parse(path, File.ReadAllBytes(path));

    /// <summary>Reads all arrays, by name.</summary>
    /// <exception cref="InvalidDataException">It is no zip file, or one of its arrays cannot be read.</exception>
    internal static IReadOnlyDictionary<string, NumberArray> ReadAll(string path)
    {
        try
        {
            using ZipArchive archive = ZipFile.OpenRead(path);
            return archive.Entries.Where(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal)).ToDictionary(
                entry => entry.FullName[..^".npy".Length],
                entry =>
                {
                    using Stream stream = entry.Open();
                    using var bytes = new MemoryStream();
                    stream.CopyTo(bytes);
                    return Parse($"{path} ({entry.FullName})", bytes.ToArray());
                },
                StringComparer.Ordinal);
        }
        catch (InvalidDataException e) when (!e.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path} is no .npz file, or is damaged: {e.Message}", e);
        }
    }

    private static NumberArray Parse(string name, byte[] file)
    {
        if (file.Length < MagicLength + 4 || !file.AsSpan(0, MagicLength).SequenceEqual((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']))
        {
            throw new InvalidDataException($"{name} is no .npy file: its first bytes are others.");
        }

        int lengthBytes = file[MagicLength] == 1 ? 2 : 4;
        int start = MagicLength + 2 + lengthBytes;
        long length = file.Length < start ? -1 : lengthBytes == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(MagicLength + 2)) : BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(MagicLength + 2));
        if (length is < 0 or > LongestHeader || length > file.Length - start)
        {
            throw new InvalidDataException($"{name} ends within its header.");
        }

        string header = Encoding.Latin1.GetString(file, start, (int)length);
        string type = Find(TypeEntry(), header, name);
        if (Find(OrderEntry(), header, name) != "False")
        {
            throw new InvalidDataException($"{name} is in Fortran order; save numpy.ascontiguousarray(x).");
        }

        if (!KnownType().IsMatch(type))
        {
            throw new InvalidDataException($"{name} holds values of type '{type}'; read are floats (<f2, <f4, <f8), whole numbers (|i1, <i2, <i4, <i8, |u1, <u2, <u4) and truth values (|b1).");
        }

        long[] dims = Dims(Find(ShapeEntry(), header, name), name);
        ReadOnlyMemory<byte> values = file.AsMemory(start + (int)length);
        Int128 expected = dims.Aggregate((Int128)NumberArray.SizeOf(type[1..]), (product, dim) => product * dim);
        return expected == values.Length
            ? new NumberArray(name, type[1..], dims, values)
            : throw new InvalidDataException(FormattableString.Invariant($"{name} should hold {expected} bytes of values, as its shape ({string.Join(", ", dims)}) says, but has {values.Length}: it was {(values.Length < expected ? "cut off" : "added to")}."));
    }

    private static string Find(Regex entry, string header, string name) =>
        entry.Match(header) is { Success: true } match ? match.Groups[1].Value : throw new InvalidDataException($"{name}: its header lacks what a NumPy header says: {ShortText.Of(header, 80)}");

    private static long[] Dims(string shape, string name) =>
    [
        .. shape.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(dim => int.TryParse(dim, NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? (long)size : throw new InvalidDataException($"{name}: '{dim}' is no size of an array.")),
    ];

    [GeneratedRegex(@"'descr':\s*'([^']*)'")]
    private static partial Regex TypeEntry();

    [GeneratedRegex(@"'fortran_order':\s*(\w+)")]
    private static partial Regex OrderEntry();

    [GeneratedRegex(@"'shape':\s*\(([^)]*)\)")]
    private static partial Regex ShapeEntry();

    [GeneratedRegex(@"^(<(f[248]|i[248]|u[24])|\|[iub]1)$")]
    private static partial Regex KnownType();
}
