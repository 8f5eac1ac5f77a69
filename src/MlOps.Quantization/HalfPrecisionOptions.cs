namespace MlOps.Quantization;

/// <summary>How <see cref="HalfPrecision"/> converts a model.</summary>
public sealed record HalfPrecisionOptions
{
    /// <summary>Gets a value indicating whether inputs and outputs keep their types, so that callers change nothing; otherwise float32 ones become float16. Default: they keep them.</summary>
    public bool KeepInputsAndOutputs { get; init; } = true;

    /// <summary>
    /// Gets a value indicating whether Gemm and MatMul with constant weights compute in float32, from weights that are stored in float16. Default: yes, because ONNX Runtime's float16 products
    /// are 5 to 200 times slower on x64. Say no for a GPU, and for processors with 16-bit arithmetic.
    /// </summary>
    public bool ProductsInFloat32 { get; init; } = true;

    /// <summary>Gets the names of nodes that stay in float32; a node without a name is known by its first output.</summary>
    public IReadOnlyList<string> ExcludedNodes { get; init; } = [];

    /// <summary>Gets operators whose nodes all stay in float32, such as <c>Softmax</c>.</summary>
    public IReadOnlyList<string> ExcludedOperators { get; init; } = [];

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(ExcludedNodes);
        ArgumentNullException.ThrowIfNull(ExcludedOperators);
    }
}
