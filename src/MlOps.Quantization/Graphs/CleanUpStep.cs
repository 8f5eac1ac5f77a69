namespace MlOps.Quantization.Graphs;

/// <summary>Something that is tidied in a graph before its numbers are touched; what the model computes stays the same.</summary>
public enum CleanUpStep
{
    /// <summary>Constants that old files list as inputs too are constants only: nobody can feed another value in their place.</summary>
    ConstantInputs,

    /// <summary>Constant nodes become initializers.</summary>
    ConstantNodes,

    /// <summary>Nodes that hand on what they read go: Identity, Dropout outside training, Cast to the type that the value has, Concat and Sum of one value, Pad by nothing.</summary>
    HandingOn,

    /// <summary>Nodes that read constants only are computed once, by ONNX Runtime, unless the result is large and larger than what it is made from.</summary>
    Computable,

    /// <summary>Normalization, multiplication and addition of constants become part of the weights and the bias of the layer before or behind; MatMul with a bias becomes Gemm.</summary>
    Affine,

    /// <summary>Equal constants of 4 kB and more are kept once.</summary>
    Duplicates,

    /// <summary>Nodes and constants that no output depends on go.</summary>
    Unused,
}
