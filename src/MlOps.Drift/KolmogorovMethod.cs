namespace MlOps.Drift;

/// <summary>How the p-value of the two-sample Kolmogorov–Smirnov test is computed.</summary>
public enum KolmogorovMethod
{
    /// <summary>Exact when neither sample has more than 10,000 values, otherwise asymptotic (as SciPy's default).</summary>
    Auto,

    /// <summary>The exact permutation law for these two sample sizes. O(n · m) time when the sizes differ, O(n) when they are equal.</summary>
    Exact,

    /// <summary>The one-sample law at the effective size n · m / (n + m), rounded; for one side Hodges' approximation. Fast for any
    /// size, and what SciPy means by <c>asymp</c>.</summary>
    Asymptotic,

    /// <summary>Kolmogorov's limit for n, m → ∞, as in textbooks and tables: <c>2 Σ (−1)^(k−1) · exp(−2·k²·z²)</c>, k ≥ 1,
    /// <c>z = D · √(n·m / (n + m))</c>; for one side <c>exp(−2·z²)</c>. SciPy's <c>kstwobign.sf(z)</c>. A little too large for small samples.</summary>
    Limit,
}
