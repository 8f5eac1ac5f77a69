using MlOps.Onnx;

namespace MlOps.Quantization.Reading;

/// <summary>The batch that a model was made for.</summary>
internal static class FixedBatch
{
    /// <summary>The largest first dimension that is written into the file; 0 if the model takes any number of rows.</summary>
    internal static int Of(IReadOnlyList<OnnxValue> inputs) =>
        (int)inputs.Select(input => input.Dims is { Count: > 0 } dims ? Math.Max(0, dims[0]) : 0).DefaultIfEmpty(0).Max();
}
