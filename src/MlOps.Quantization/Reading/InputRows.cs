using System.Runtime.InteropServices;
using MlOps.Onnx;

namespace MlOps.Quantization.Reading;

/// <summary>Rows of numbers for one input of a model, cut into batches of the type it takes.</summary>
/// <param name="input">The input.</param>
/// <param name="rowDims">The dimensions of a row.</param>
/// <param name="options">How numbers are scaled.</param>
/// <param name="scale">What numbers are multiplied by.</param>
internal sealed class InputRows(OnnxValue input, long[] rowDims, ModelDataOptions options, double scale)
{
    private readonly int _width = (int)rowDims.Aggregate(1L, (product, dim) => product * dim);

    /// <summary>A tensor of rows.</summary>
    /// <param name="rows">How many rows it gets.</param>
    /// <param name="read">Writes the numbers of the i-th of them.</param>
    internal OnnxTensor Batch(int rows, Action<int, double[]> read)
    {
        double[] numbers = new double[_width];
        byte[] bytes = new byte[checked(rows * _width * SizeOf(input.ElementType))];
        for (int row = 0; row < rows; row++)
        {
            read(row, numbers);
            Transform(numbers);
            Write(numbers, bytes.AsSpan(row * _width * SizeOf(input.ElementType)));
        }

        return OnnxTensor.OfBytes(input.Name, input.ElementType, bytes, [rows, .. rowDims]);
    }

    private static int SizeOf(OnnxElementType type) => type switch
    {
        OnnxElementType.Double or OnnxElementType.Int64 => 8,
        OnnxElementType.Float or OnnxElementType.Int32 => 4,
        OnnxElementType.Float16 => 2,
        _ => 1,
    };

    private void Transform(double[] numbers)
    {
        int channels = rowDims.Length >= 3 ? (int)rowDims[0] : 1;
        Need(options.Mean, channels, "means");
        Need(options.StandardDeviation, channels, "standard deviations");
        int area = numbers.Length / Math.Max(1, channels);
        for (int i = 0; i < numbers.Length; i++)
        {
            int channel = i / area;
            double value = numbers[i] * scale;
            value -= options.Mean.Count == 0 ? 0 : options.Mean[options.Mean.Count == 1 ? 0 : channel];
            numbers[i] = value / (options.StandardDeviation.Count == 0 ? 1 : options.StandardDeviation[options.StandardDeviation.Count == 1 ? 0 : channel]);
        }
    }

    private void Need(IReadOnlyList<double> values, int channels, string what)
    {
        if (values.Count > 1 && values.Count != channels)
        {
            throw new ArgumentException($"There are {values.Count} {what}; input '{input.Name}', {input.Describe()}, has {channels} channels.");
        }
    }

    private void Write(double[] from, Span<byte> to)
    {
        switch (input.ElementType)
        {
            case OnnxElementType.Float:
                Convert<float>(from, to, value => (float)value);
                break;
            case OnnxElementType.Double:
                Convert<double>(from, to, value => value);
                break;
            case OnnxElementType.Float16:
                Convert<Half>(from, to, value => (Half)value);
                break;
            case OnnxElementType.Int64:
                Convert<long>(from, to, value => (long)Whole(value, long.MinValue, long.MaxValue));
                break;
            case OnnxElementType.Int32:
                Convert<int>(from, to, value => (int)Whole(value, int.MinValue, int.MaxValue));
                break;
            case OnnxElementType.Int8:
                Convert<sbyte>(from, to, value => (sbyte)Whole(value, sbyte.MinValue, sbyte.MaxValue));
                break;
            case OnnxElementType.Uint8:
                Convert<byte>(from, to, value => (byte)Whole(value, byte.MinValue, byte.MaxValue));
                break;
            case OnnxElementType.Bool:
                Convert<byte>(from, to, value => (byte)Whole(value, 0, 1));
                break;
            default:
                throw new ArgumentException($"Input '{input.Name}' takes {input.Describe()}, which is not read from files of numbers.");
        }
    }

    private double Whole(double value, double least, double most) =>
        value == Math.Floor(value) && value >= least && value <= most
            ? value
            : throw new ArgumentException(FormattableString.Invariant($"Input '{input.Name}' takes {input.ElementType} and cannot hold {value}."));

    private static void Convert<T>(double[] from, Span<byte> to, Func<double, T> convert)
        where T : unmanaged
    {
        Span<T> values = MemoryMarshal.Cast<byte, T>(to);
        for (int i = 0; i < from.Length; i++)
        {
            values[i] = convert(from[i]);
        }
    }
}
