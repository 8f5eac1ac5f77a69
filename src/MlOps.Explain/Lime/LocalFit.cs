namespace MlOps.Explain.Lime;

/// <summary>A linear model of what a prediction does when parts of its input are taken away.</summary>
/// <param name="Intercept">The prediction without any part, as the linear model sees it.</param>
/// <param name="Coefficients">What each of the M parts adds by being there; 0 for parts that were not chosen.</param>
/// <param name="Features">The chosen parts, in the order of the choice.</param>
/// <param name="RSquared">The weighted R² over the samples; null where all outputs are equal, for then there is nothing to explain.</param>
internal sealed record LocalFit(double Intercept, double[] Coefficients, IReadOnlyList<int> Features, double? RSquared)
{
    /// <summary>Gets the linear model's prediction with every part there.</summary>
    internal double LocalPrediction => Intercept + Coefficients.Sum();
}
