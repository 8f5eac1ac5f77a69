using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace MlOps.Drift;

/// <summary>The standard normal law.</summary>
internal static class NormalLaw
{
    /// <summary>P(Z &gt; z), with its digits in both tails.</summary>
    internal static double Survival(double z) => 0.5 * SpecialFunctions.Erfc(z / Math.Sqrt(2));

    /// <summary>The z with P(Z ≤ z) = p.</summary>
    internal static double Quantile(double p) => Normal.InvCDF(0, 1, p);

    /// <summary>The p-value of a standardised difference, reference − current.</summary>
    internal static double PValue(double z, Alternative alternative) => alternative switch
    {
        Alternative.TwoSided => Math.Min(1, 2 * Survival(Math.Abs(z))),
        Alternative.Less => Survival(-z),
        Alternative.Greater => Survival(z),
        _ => throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "Unknown alternative."),
    };
}
