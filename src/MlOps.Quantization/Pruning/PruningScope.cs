namespace MlOps.Quantization.Pruning;

/// <summary>Among which weights, or units, the smallest are looked for.</summary>
public enum PruningScope
{
    /// <summary>Every layer loses the same share.</summary>
    Layer,

    /// <summary>All layers together lose the share: a layer of small weights loses more of them, one of large weights fewer.</summary>
    Global,
}
