namespace MlOps.Drift;

/// <summary>The tests a drift report can run; combine them with <c>|</c>.</summary>
/// <remarks>A test that does not fit a column is left out there: <c>fisher</c> and <c>z</c> need exactly two levels, <c>welch</c> and
/// <c>cramer-von-mises</c> two values a side (and welch squares that do not overflow), <c>anderson-darling</c> two distinct values among at least four.</remarks>
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

    /// <summary>Anderson–Darling test, <c>anderson-darling</c>: numeric columns. Its p-value ends at 0.001: with a level corrected to
    /// below that it cannot say drift.</summary>
    AndersonDarling = 64,

    /// <summary>Cramér–von Mises test, <c>cramer-von-mises</c>: numeric columns.</summary>
    CramerVonMises = 128,

    /// <summary>Mann–Whitney U test, <c>mann-whitney</c>: numeric columns.</summary>
    MannWhitney = 256,

    /// <summary>Welch's t test, <c>welch</c>: numeric columns.</summary>
    Welch = 512,

    /// <summary>Energy distance, <c>energy</c>: numeric columns.</summary>
    Energy = 1024,

    /// <summary>Hellinger distance, <c>hellinger</c>: every column.</summary>
    Hellinger = 2048,

    /// <summary>Total variation distance, <c>total-variation</c>: every column.</summary>
    TotalVariation = 4096,

    /// <summary>G test, <c>g</c>: categorical columns.</summary>
    G = 8192,

    /// <summary>Fisher's exact test, <c>fisher</c>: categorical columns with two levels.</summary>
    Fisher = 16384,

    /// <summary>Z test of two proportions, <c>z</c>: categorical columns with two levels.</summary>
    ProportionsZ = 32768,

    /// <summary>What a report runs unless told otherwise: psi, ks, wasserstein, jensen-shannon, kl, chi2.</summary>
    Default = Psi | KolmogorovSmirnov | Wasserstein | JensenShannon | KullbackLeibler | ChiSquare,

    /// <summary>Every test that fits the column.</summary>
    All = Default | AndersonDarling | CramerVonMises | MannWhitney | Welch | Energy | Hellinger | TotalVariation | G | Fisher | ProportionsZ,
}
