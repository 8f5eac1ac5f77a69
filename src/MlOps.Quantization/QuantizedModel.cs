using MlOps.Onnx;

namespace MlOps.Quantization;

/// <summary>A model with fewer bits, and what was done to which node.</summary>
/// <param name="File">The new model. The old one was not changed.</param>
/// <param name="Method">What was done: <c>dynamic</c>, <c>static</c>, <c>fp16</c> or <c>int4</c>.</param>
/// <param name="BytesBefore">Size of the old file in bytes, values in other files included.</param>
/// <param name="Quantized">Names of the nodes that compute or store with fewer bits, in the order of the graph.</param>
/// <param name="Kept">Nodes that did not change, each with the reason; those that have nothing to quantize are not listed.</param>
public sealed partial record QuantizedModel(OnnxFile File, string Method, long BytesBefore, IReadOnlyList<string> Quantized, IReadOnlyList<KeptNode> Kept)
{
    /// <summary>Gets the size of the new file in bytes.</summary>
    public long BytesAfter => File.CalculateSize();

    /// <summary>Gets <see cref="BytesAfter"/> / <see cref="BytesBefore"/>: 0.25 is a quarter of the size.</summary>
    public double Ratio => (double)BytesAfter / BytesBefore;

    /// <summary>Gets sentences for people: too little calibration data, outliers that eat the codes, nested graphs that stay. Empty if all is well.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Gets what was rewritten before the numbers were touched, a sentence each: normalization folded into layers, an old operator set raised. Empty if the model was tidy.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];
}
