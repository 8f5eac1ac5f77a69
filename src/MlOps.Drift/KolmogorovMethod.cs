namespace MlOps.Drift;

/// <summary>How the p-value of the two-sample Kolmogorov–Smirnov test is computed.</summary>
public enum KolmogorovMethod
{
    /// <summary>Exact when neither sample has more than 10,000 values, otherwise asymptotic (as SciPy's default).</summary>
    Auto,

    /// <summary>The exact permutation law for these two sample sizes. O(n · m) time when the sizes differ, O(n) when they are equal.</summary>
    Exact,

    /// <summary>The one-sample law at the effective size n · m / (n + m), rounded. Fast for any size.</summary>
    Asymptotic,
}
