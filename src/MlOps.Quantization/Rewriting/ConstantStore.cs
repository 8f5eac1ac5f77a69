using System.Globalization;
using System.Runtime.InteropServices;
using MlOps.Onnx;
using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Rewriting;

/// <summary>Adds quantized constants to a graph, each once however many nodes read it.</summary>
internal sealed class ConstantStore(OnnxGraph graph, Names names)
{
    // A scale that comes from the values is at most 1/64 of the largest: 7 bits on both sides of 0.
    private const float WidestShare = 16;

    private readonly Dictionary<string, string> _made = new(StringComparer.Ordinal);

    /// <summary>Sentences about constants that 8 bits hold badly.</summary>
    internal List<string> Notices { get; } = [];

    /// <summary>Adds codes as a constant.</summary>
    /// <param name="tensor">Name of the float tensor.</param>
    /// <param name="use">What else decides the codes: scales, layout. Equal names and uses are one constant.</param>
    /// <param name="codes">The codes.</param>
    /// <returns>Names of the codes, their scale and their zero point.</returns>
    internal (string Codes, string Scale, string Zero) Add(string tensor, string use, WeightCodes codes)
    {
        QuantizationParameters first = codes.Parameters[0];
        string name = Once($"{tensor}|{use}|q", () => Named(tensor + "_q", OnnxTensor.OfBytes("", Element(first.Type), codes.Bytes, codes.Dims)));
        float[] scales = Array.ConvertAll(codes.Parameters, channel => channel.Scale);
        string scale = Once($"{tensor}|{use}|s", () => Named(tensor + "_s", OnnxTensor.Of("", scales, codes.Axis < 0 ? [] : [scales.Length])));
        return (name, scale, codes.Axis < 0 ? ZeroPoint(first) : ZeroPoints(first, scales.Length));
    }

    /// <summary>A scalar zero point; one constant serves all that are equal.</summary>
    internal string ZeroPoint(QuantizationParameters parameters) =>
        Once(FormattableString.Invariant($"zero|{parameters.Type}|{parameters.ZeroPoint}"), () => Named(Text(parameters), OnnxTensor.OfBytes("", Element(parameters.Type), [unchecked((byte)parameters.ZeroPoint)], [])));

    /// <summary>A scalar scale.</summary>
    internal string Scale(string stem, float scale) => Named(stem, OnnxTensor.Of("", [scale], []));

    /// <summary>Adds a bias as int32 codes.</summary>
    internal (string Codes, string Scale, string Zero) AddBias(string tensor, QuantizedBias bias)
    {
        int[] codes = [.. bias.Codes];
        float[] scales = [.. bias.Scales];
        long[] dims = scales.Length == 1 ? [] : [scales.Length];
        string zero = Once(FormattableString.Invariant($"zero|int32|{dims.Length}|{scales.Length}"), () => Named("zero_int32", OnnxTensor.OfBytes("", OnnxElementType.Int32, new byte[4 * scales.Length], dims)));
        return (Named(tensor + "_q", OnnxTensor.OfBytes("", OnnxElementType.Int32, MemoryMarshal.AsBytes(codes.AsSpan()), [codes.Length])), Named(tensor + "_s", OnnxTensor.Of("", scales, dims)), zero);
    }

    /// <summary>Float numbers of any shape.</summary>
    internal string Floats(string stem, string use, float[] values, params long[] dims) => Once($"{stem}|{use}|f", () => Named(stem, OnnxTensor.Of("", values, dims)));

    /// <summary>Says so if one large value has taken the codes of nearly all others.</summary>
    internal void Watch(string tensor, float[] values, WeightCodes codes)
    {
        if (_made.TryAdd($"{tensor}|watched", tensor) && codes.Axis < 0)
        {
            int zero = codes.Parameters[0].ZeroPoint;
            int lost = 0;
            int nonZero = 0;
            for (int i = 0; i < values.Length; i++)
            {
                int code = codes.Parameters[0].Type == IntegerType.Int8 ? (sbyte)codes.Bytes[i] : codes.Bytes[i];
                nonZero += values[i] != 0 ? 1 : 0;
                lost += values[i] != 0 && code == zero ? 1 : 0;
            }

            if (lost > 0.75 * nonZero)
            {
                float largest = values.Max(Math.Abs);
                Notices.Add(codes.Parameters[0].Scale > largest / WidestShare
                    ? string.Create(CultureInfo.InvariantCulture, $"Tensor '{tensor}': the bias beside it is so large that {lost} of {values.Length} values become 0: their steps are as wide as the bias needs to fit into 32 bits. Exclude the node that reads it if they matter.")
                    : string.Create(CultureInfo.InvariantCulture, $"Tensor '{tensor}': its largest value, {largest:G4}, takes the whole range; {lost} of {values.Length} values become 0. A scale per channel confines that to one channel; or exclude the node that reads it."));
            }
        }
    }

    private string ZeroPoints(QuantizationParameters parameters, int channels) =>
        Once(FormattableString.Invariant($"zero|{parameters.Type}|{parameters.ZeroPoint}|{channels}"), () =>
        {
            byte[] zeros = new byte[channels];
            Array.Fill(zeros, unchecked((byte)parameters.ZeroPoint));
            return Named(Text(parameters), OnnxTensor.OfBytes("", Element(parameters.Type), zeros, [channels]));
        });

    private string Once(string key, Func<string> make)
    {
        if (!_made.TryGetValue(key, out string? name))
        {
            name = make();
            _made.Add(key, name);
        }

        return name;
    }

    private string Named(string stem, OnnxTensor tensor)
    {
        tensor.Name = names.Fresh(stem);
        graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private static string Text(QuantizationParameters parameters) => FormattableString.Invariant($"zero_{(parameters.Type == IntegerType.Int8 ? "int8" : "uint8")}_{parameters.ZeroPoint & 0xFF}");

    private static OnnxElementType Element(IntegerType type) => type == IntegerType.Int8 ? OnnxElementType.Int8 : OnnxElementType.Uint8;
}
