using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Rewriting;

/// <summary>The codes of a constant tensor: one scale for all of it, or one for each place along an axis.</summary>
/// <param name="Bytes">A code a value, in the order of the values.</param>
/// <param name="Dims">Dimensions of the tensor.</param>
/// <param name="Parameters">One, or one a channel; all of one type and zero point.</param>
/// <param name="Axis">The channels' axis; −1 if there is one scale for all.</param>
internal sealed record WeightCodes(byte[] Bytes, long[] Dims, QuantizationParameters[] Parameters, int Axis)
{
    /// <summary>Chooses scales as ONNX Runtime's quantizer does: symmetric for a signed type and for channels, whose zero points must be equal; affine for an unsigned type.</summary>
    /// <param name="values">Finite values, row-major.</param>
    /// <param name="dims">Their dimensions.</param>
    /// <param name="axis">The channels' axis; −1 for one scale.</param>
    /// <param name="type">Int8 or UInt8.</param>
    /// <param name="reduceRange">Whether to leave one bit free.</param>
    internal static QuantizationParameters[] Choose(ReadOnlySpan<float> values, long[] dims, int axis, IntegerType type, bool reduceRange)
    {
        (int channels, int run) = Layout(dims, axis);
        float[] min = new float[channels];
        float[] max = new float[channels];
        for (int start = 0, place = 0; start < values.Length; start += run, place++)
        {
            int channel = place % channels;
            ReadOnlySpan<float> part = values.Slice(start, run);
            min[channel] = Math.Min(min[channel], run == 1 ? part[0] : TensorPrimitives.Min(part)); // 0 is in every range
            max[channel] = Math.Max(max[channel], run == 1 ? part[0] : TensorPrimitives.Max(part));
        }

        var parameters = new QuantizationParameters[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            var range = new RealRange(min[channel], max[channel]);
            parameters[channel] = type == IntegerType.Int8 || axis >= 0
                ? QuantizationParameters.Symmetric(range, type, reduceRange)
                : QuantizationParameters.Affine(range, type, reduceRange);
        }

        int middle = type == IntegerType.Int8 ? 0 : reduceRange ? 64 : 127;
        return axis < 0 ? parameters : Array.ConvertAll(parameters, channel => channel with { ZeroPoint = middle }); // a channel of zeros has the middle code too
    }

    internal static WeightCodes Of(ReadOnlySpan<float> values, long[] dims, int axis, QuantizationParameters[] parameters)
    {
        (int channels, int run) = Layout(dims, axis);
        byte[] codes = new byte[values.Length];
        for (int start = 0, place = 0; start < values.Length; start += run, place++)
        {
            QuantizationParameters channel = parameters[place % channels];
            if (run == 1)
            {
                codes[start] = unchecked((byte)channel.Quantize(values[start]));
            }
            else if (channel.Type == IntegerType.Int8)
            {
                channel.Quantize(values.Slice(start, run), MemoryMarshal.Cast<byte, sbyte>(codes.AsSpan(start, run)));
            }
            else
            {
                channel.Quantize(values.Slice(start, run), codes.AsSpan(start, run));
            }
        }

        return new WeightCodes(codes, dims, parameters, axis);
    }

    /// <summary>How many channels there are, and how many values in a row belong to one.</summary>
    private static (int Channels, int Run) Layout(long[] dims, int axis)
    {
        long run = 1;
        for (int i = axis + 1; i < dims.Length; i++)
        {
            run *= dims[i];
        }

        return (axis < 0 ? 1 : (int)dims[axis], (int)run);
    }
}
