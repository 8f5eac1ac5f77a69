namespace MlOps.Drift;

/// <summary>How a rank test computes its p-value.</summary>
public enum PValueMethod
{
    /// <summary>Exact for small samples, otherwise asymptotic; each test states its limits, which are SciPy's.</summary>
    Auto,

    /// <summary>The exact law over all orders in which the values can appear.</summary>
    Exact,

    /// <summary>The limit law for large samples.</summary>
    Asymptotic,
}
