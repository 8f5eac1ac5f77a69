namespace MlOps.Quantization.Rewriting;

/// <summary>What computing in whole numbers asks of a node's neighbours.</summary>
internal enum UnitKind
{
    /// <summary>Conv, Gemm and MatMul: they hold the weights and do most of the work, and are quantized wherever they stand.</summary>
    Weighted,

    /// <summary>Add, Mul, pools and the like: worth it between nodes that compute in whole numbers.</summary>
    Between,

    /// <summary>They only move values, so input and outputs share one scale: Reshape, Transpose, MaxPool and the like.</summary>
    Moves,
}
