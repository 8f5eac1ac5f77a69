using System.Buffers.Binary;
using MlOps.Data.Images.Internals;

namespace MlOps.Data.Images;

/// <summary>Reads and writes IDX files, the format of MNIST, Fashion-MNIST and EMNIST.</summary>
/// <remarks>
/// The file is two zero bytes, the type (8 for bytes, the only one read here), the number of dimensions, one big-endian 32-bit
/// size for each, then the values. Files packed with gzip are recognised by their first bytes, whatever they are called.
/// <para>Source: Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits", section "File formats".</para>
/// </remarks>
public static class IdxFile
{
    private const int MagicLength = 4;
    private const int SizeLength = 4;
    private const byte UnsignedByte = 8;
    private const int MostDimensions = 4;

    /// <summary>Reads an array of bytes.</summary>
    /// <param name="path">The file, plain or packed with gzip.</param>
    /// <param name="expectedHash">The SHA-256 (64 hexadecimal digits) or MD5 (32) that the file as it lies on disk must have; null for any.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException"><paramref name="expectedHash"/> is neither a SHA-256 nor an MD5.</exception>
    /// <exception cref="InvalidDataException">The hash is another, the file is no IDX file of bytes with 1 to 4 dimensions, or it holds fewer or more values than its dimensions say.</exception>
    public static IdxArray Read(string path, string? expectedHash = null)
    {
        byte[] file = BinaryFile.ReadAll(path, expectedHash);
        if (file.Length < MagicLength || file[0] != 0 || file[1] != 0 || file[2] != UnsignedByte || file[3] is 0 or > MostDimensions)
        {
            throw new InvalidDataException($"{path} is no IDX file of bytes: it begins with {Convert.ToHexString(file.AsSpan(0, Math.Min(MagicLength, file.Length)))}; 00 00 08 and 01 to 04 are needed.");
        }

        int header = MagicLength + (file[3] * SizeLength);
        if (file.Length < header)
        {
            throw new InvalidDataException($"{path} ends within its header: {file.Length} bytes, {header} are needed.");
        }

        int[] dimensions = new int[file[3]];
        Int128 values = 1; // four sizes of 31 bits
        for (int i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(MagicLength + (i * SizeLength)));
            values = dimensions[i] < 0 ? throw new InvalidDataException($"{path}: dimension {i} is {dimensions[i]}.") : values * dimensions[i];
        }

        return file.Length - header == values
            ? new IdxArray(dimensions, file[header..])
            : throw new InvalidDataException($"{path} should hold {string.Join(" × ", dimensions)} = {values} values but has {file.Length - header}: it was {(file.Length - header < values ? "cut off" : "added to")}.");
    }

    /// <summary>Reads pictures and the labels that belong to them, from a file each.</summary>
    /// <param name="imagesPath">count × height × width for grey pictures, count × channels × height × width for others.</param>
    /// <param name="labelsPath">count labels.</param>
    /// <param name="classNames">The names of the classes 0, 1, …; null for their numbers.</param>
    /// <param name="expectedImagesHash">As in <see cref="Read"/>.</param>
    /// <param name="expectedLabelsHash">As in <see cref="Read"/>.</param>
    /// <example><c>IdxFile.ReadImages("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")</c>.</example>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="ArgumentException">A label has no name among <paramref name="classNames"/>.</exception>
    /// <exception cref="InvalidDataException">As in <see cref="Read"/>; or the dimensions are none of pictures or labels; or the counts differ.</exception>
    public static ImageSet ReadImages(string imagesPath, string labelsPath, IReadOnlyList<string>? classNames = null, string? expectedImagesHash = null, string? expectedLabelsHash = null)
    {
        IdxArray images = Read(imagesPath, expectedImagesHash);
        IdxArray labels = Read(labelsPath, expectedLabelsHash);
        if (images.Dimensions.Count < 3 || images.Dimensions.Skip(1).Any(size => size == 0))
        {
            throw new InvalidDataException($"{imagesPath} holds {string.Join(" × ", images.Dimensions)} values; pictures need count × height × width or count × channels × height × width.");
        }

        if (labels.Dimensions.Count != 1 || labels.Dimensions[0] != images.Dimensions[0])
        {
            throw new InvalidDataException($"{images.Dimensions[0]} pictures in {imagesPath} need as many labels; {labelsPath} holds {string.Join(" × ", labels.Dimensions)}.");
        }

        int channels = images.Dimensions.Count == 3 ? 1 : images.Dimensions[1];
        return new ImageSet(channels, images.Dimensions[^2], images.Dimensions[^1], images.Values, Array.ConvertAll(labels.Values, label => (int)label), classNames);
    }

    /// <summary>Writes an array of bytes, over what is there. Nothing is packed, so that equal values give equal files.</summary>
    /// <param name="path">The file.</param>
    /// <param name="values">As many bytes as the product of the dimensions.</param>
    /// <param name="dimensions">1 to 4 sizes ≥ 0, slowest first.</param>
    /// <exception cref="ArgumentException">There are no or too many dimensions, one is negative, or they need another number of values.</exception>
    public static void Write(string path, ReadOnlySpan<byte> values, params ReadOnlySpan<int> dimensions)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        long expected = 1;
        foreach (int size in dimensions)
        {
            expected = checked(expected * Guard.AtLeast(size, 0, nameof(dimensions)));
        }

        if (dimensions.Length is 0 or > MostDimensions || expected != values.Length)
        {
            throw new ArgumentException($"{dimensions.Length} dimensions, {string.Join(" × ", dimensions.ToArray())} = {expected} values; 1 to {MostDimensions} dimensions for the {values.Length} values are needed.", nameof(dimensions));
        }

        byte[] file = new byte[MagicLength + (dimensions.Length * SizeLength) + values.Length];
        (file[2], file[3]) = (UnsignedByte, (byte)dimensions.Length);
        for (int i = 0; i < dimensions.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(MagicLength + (i * SizeLength)), dimensions[i]);
        }

        values.CopyTo(file.AsSpan(file.Length - values.Length));
        File.WriteAllBytes(path, file);
    }
}
