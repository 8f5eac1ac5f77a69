using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Google.Protobuf.Collections;

namespace MlOps.Onnx;

/// <remarks>The values lie in <see cref="RawData"/> or in the list of their type; <see cref="ToFloats"/> and its like read either.</remarks>
public sealed partial class OnnxTensor
{
    /// <summary>Gets the number of values that the dimensions ask for: their product, 1 for a scalar.</summary>
    /// <exception cref="OnnxException">A dimension is negative, or the product is beyond 64 bits.</exception>
    public long ElementCount
    {
        get
        {
            UInt128 product = 1;
            foreach (long dim in Dims)
            {
                product = dim < 0 ? throw Broken($"dimension {dim.ToString(CultureInfo.InvariantCulture)} is negative") : product * (ulong)dim;
                if (product > long.MaxValue)
                {
                    throw Broken($"no machine holds as many values as [{Shape}] asks for");
                }
            }

            return (long)product;
        }
    }

    /// <summary>Gets a value indicating whether the values are in another file. <see cref="OnnxFile.EmbedExternalData"/> brings them in.</summary>
    public bool IsExternal => DataLocation == OnnxDataLocation.External;

    internal string Shape => string.Join(", ", Dims.Select(dim => dim.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Copies the values as 32-bit floats, in row-major order; what a float cannot hold is rounded.</summary>
    /// <exception cref="OnnxException">It holds text, fewer or more values than its dimensions say, or another file holds them.</exception>
    public float[] ToFloats() => Numbers<float>();

    /// <summary>Copies the values as 64-bit floats, in row-major order.</summary>
    /// <exception cref="OnnxException">It holds text, fewer or more values than its dimensions say, or another file holds them.</exception>
    public double[] ToDoubles() => Numbers<double>();

    /// <summary>Copies whole numbers or truth values (1 is true), in row-major order. A uint64 beyond 2⁶³ − 1 becomes negative.</summary>
    /// <exception cref="OnnxException">It holds no whole numbers, fewer or more values than its dimensions say, or another file holds them.</exception>
    public long[] ToLongs() =>
        DataType is OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16 or OnnxElementType.Bfloat16
            ? throw Broken($"it holds {DataType}, no whole numbers; ToDoubles reads it")
            : Numbers<long>();

    /// <summary>Copies texts, in row-major order.</summary>
    /// <exception cref="OnnxException">It holds no text, or not as many as its dimensions say.</exception>
    public string[] ToTexts()
    {
        if (DataType != OnnxElementType.String)
        {
            throw Broken($"it holds {DataType}, no text");
        }

        return Whole([.. StringData.Select(text => text.ToStringUtf8())]);
    }

    /// <summary>The values as they lie in a file: little-endian, row-major, 4-bit numbers two a byte. Copied only where the file keeps them as a list of numbers.</summary>
    /// <exception cref="OnnxException">It holds text.</exception>
    public ReadOnlySpan<byte> Bytes()
    {
        if (HasRawData)
        {
            return RawData.Span;
        }

        return DataType switch
        {
            OnnxElementType.Float or OnnxElementType.Complex64 => BytesOf<float>([.. FloatData]),
            OnnxElementType.Double or OnnxElementType.Complex128 => BytesOf<double>([.. DoubleData]),
            OnnxElementType.Int64 => BytesOf<long>([.. Int64Data]),
            OnnxElementType.Uint64 => BytesOf<ulong>([.. Uint64Data]),
            OnnxElementType.Uint32 => BytesOf(Array.ConvertAll<ulong, uint>([.. Uint64Data], value => (uint)value)),
            OnnxElementType.Int32 => BytesOf<int>([.. Int32Data]),
            OnnxElementType.Int16 or OnnxElementType.Uint16 or OnnxElementType.Float16 or OnnxElementType.Bfloat16 => BytesOf(Array.ConvertAll<int, ushort>([.. Int32Data], value => (ushort)value)),
            OnnxElementType.String => throw Broken("text has no bytes of its own"),
            _ => BytesOf(Array.ConvertAll<int, byte>([.. Int32Data], value => (byte)value)),
        };
    }

    private T[] Numbers<T>()
        where T : struct, INumberBase<T>
    {
        if (IsExternal)
        {
            throw Broken("its values are in another file; OnnxFile.EmbedExternalData brings them in");
        }

        return DataType switch
        {
            OnnxElementType.Float => Read<float, float, T>(FloatData, value => value),
            OnnxElementType.Double => Read<double, double, T>(DoubleData, value => value),
            OnnxElementType.Int64 => Read<long, long, T>(Int64Data, value => value),
            OnnxElementType.Int32 => Read<int, int, T>(Int32Data, value => value),
            OnnxElementType.Int16 => Read<int, short, T>(Int32Data, value => (short)value),
            OnnxElementType.Int8 => Read<int, sbyte, T>(Int32Data, value => (sbyte)value),
            OnnxElementType.Uint64 => Read<ulong, ulong, T>(Uint64Data, value => value),
            OnnxElementType.Uint32 => Read<ulong, uint, T>(Uint64Data, value => (uint)value),
            OnnxElementType.Uint16 => Read<int, ushort, T>(Int32Data, value => (ushort)value),
            OnnxElementType.Uint8 or OnnxElementType.Bool => Read<int, byte, T>(Int32Data, value => (byte)value),
            OnnxElementType.Float16 => Read<int, Half, T>(Int32Data, value => BitConverter.UInt16BitsToHalf((ushort)value)),
            OnnxElementType.Bfloat16 => Array.ConvertAll(Read<int, ushort, ushort>(Int32Data, value => (ushort)value), bits => T.CreateTruncating(BitConverter.UInt32BitsToSingle((uint)bits << 16))),
            OnnxElementType.Int4 => Nibbles<T>(nibble => T.CreateTruncating((nibble ^ 8) - 8)), // bit 3 is the sign
            OnnxElementType.Uint4 => Nibbles<T>(nibble => T.CreateTruncating(nibble)),
            OnnxElementType.String => throw Broken("it holds text; ToTexts reads it"),
            _ => throw Broken($"values of type {DataType} cannot be read as numbers"),
        };
    }

    private T[] Read<TList, TStored, T>(RepeatedField<TList> list, Func<TList, TStored> narrow)
        where TStored : unmanaged, INumberBase<TStored>
        where T : struct, INumberBase<T>
    {
        if (!HasRawData)
        {
            return Whole(Array.ConvertAll([.. list], value => T.CreateTruncating(narrow(value))));
        }

        if (RawData.Length % Marshal.SizeOf<TStored>() != 0)
        {
            throw Broken($"{RawData.Length} bytes are no whole number of {DataType} values");
        }

        ReadOnlySpan<TStored> stored = MemoryMarshal.Cast<byte, TStored>(RawData.Span);
        var values = new T[stored.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = T.CreateTruncating(stored[i]);
        }

        return Whole(values);
    }

    private T[] Nibbles<T>(Func<int, T> decode)
    {
        ReadOnlySpan<byte> packed = Bytes();
        if (packed.Length != (ElementCount + 1) / 2)
        {
            throw Broken($"[{Shape}] asks for {ElementCount} 4-bit values; there are {packed.Length} bytes");
        }

        var values = new T[ElementCount];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = decode((packed[i / 2] >> (i % 2 * 4)) & 15); // the low half first
        }

        return values;
    }

    /// <summary>Never allocates by what the dimensions claim: the values are there first, then they are counted.</summary>
    private T[] Whole<T>(T[] values) =>
        values.Length == ElementCount ? values : throw Broken(FormattableString.Invariant($"[{Shape}] asks for {ElementCount} values; it holds {values.Length}"));

    private OnnxException Broken(string reason) => new($"Tensor '{Name}': {reason}.");

    private static ReadOnlySpan<byte> BytesOf<T>(T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan());
}
