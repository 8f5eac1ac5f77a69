using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MlOps.Quantization.Reading;

/// <summary>Numbers of one of NumPy's types in row-major order, as they lie in a file.</summary>
/// <param name="Name">What to call it in messages: its file.</param>
/// <param name="Type">Kind and bytes, such as <c>f4</c>, <c>i8</c>, <c>u1</c>, <c>b1</c>.</param>
/// <param name="Dims">Its dimensions; the first counts the rows.</param>
/// <param name="Bytes">Its values, little-endian.</param>
internal sealed record NumberArray(string Name, string Type, long[] Dims, ReadOnlyMemory<byte> Bytes)
{
    internal int RowCount => Dims.Length == 0 ? 1 : (int)Dims[0];

    /// <summary>Gets the numbers of a row.</summary>
    internal int Width => (int)Dims.Skip(1).Aggregate(1L, (product, dim) => product * dim);

    internal static int SizeOf(string type) => type[1] - '0';

    /// <summary>Writes the numbers of one row; a whole number beyond 2⁵³ would lose digits and is refused.</summary>
    internal void Row(int row, Span<double> to)
    {
        int size = SizeOf(Type);
        ReadOnlySpan<byte> from = Bytes.Span.Slice(row * Width * size, Width * size);
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = Number(from.Slice(i * size, size));
        }
    }

    private double Number(ReadOnlySpan<byte> bytes) => Type switch
    {
        "f2" => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        "f4" => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        "f8" => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        "i1" => MemoryMarshal.Read<sbyte>(bytes),
        "i2" => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        "i4" => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        "i8" => Exact(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        "u2" => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        "u4" => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        _ => bytes[0], // u1, b1
    };

    private double Exact(long value) =>
        Math.Abs((double)value) <= 1L << 53 ? value : throw new InvalidDataException(FormattableString.Invariant($"{Name} holds {value}; whole numbers up to 2^53 are read."));
}
