namespace MlOps.Quantization.Pruning;

/// <summary>How the weights of a unit become one number.</summary>
public enum UnitNorm
{
    /// <summary><c>Σ|w|</c>.</summary>
    L1,

    /// <summary><c>√Σw²</c>.</summary>
    L2,
}
