namespace MlOps.Drift;

/// <summary>The tests a drift report can run; combine them with <c>|</c>.</summary>
[Flags]
public enum DriftTests
{
    /// <summary>No test.</summary>
    None = 0,

    /// <summary>Population stability index, <c>psi</c>: every column. It decides a column's level and cannot be left out.</summary>
    Psi = 1,

    /// <summary>Two-sample Kolmogorov–Smirnov test, <c>ks</c>: numeric columns.</summary>
    KolmogorovSmirnov = 2,

    /// <summary>Wasserstein-1 distance, <c>wasserstein</c>: numeric columns.</summary>
    Wasserstein = 4,

    /// <summary>Jensen–Shannon distance, <c>jensen-shannon</c>: every column.</summary>
    JensenShannon = 8,

    /// <summary>Kullback–Leibler divergence, <c>kl</c>: every column.</summary>
    KullbackLeibler = 16,

    /// <summary>Chi-square test, <c>chi2</c>: categorical columns.</summary>
    ChiSquare = 32,

    /// <summary>Every test that fits the column.</summary>
    All = Psi | KolmogorovSmirnov | Wasserstein | JensenShannon | KullbackLeibler | ChiSquare,
}
