namespace MlOps.Learning.Preprocessing;

/// <summary>Scales each column by quantiles, which outliers hardly move: <c>(x − median) / (Q_upper − Q_lower)</c>.</summary>
/// <remarks>
/// Quantiles are interpolated linearly. Missing values are ignored when learning and stay missing. Where the two quantiles are equal the column
/// is shifted only. Numbers as scikit-learn's RobustScaler.
/// </remarks>
/// <param name="lower">The lower quantile, in [0, 1].</param>
/// <param name="upper">The upper quantile, in [0, 1] and above <paramref name="lower"/>.</param>
public sealed class RobustScale(double lower = 0.25, double upper = 0.75) : Step
{
    private readonly double _lower = Guard.Share(lower);
    private readonly double _upper = Guard.Share(upper) > lower ? upper : throw new ArgumentOutOfRangeException(nameof(upper), upper, "The upper quantile must be above the lower.");

    internal override FittedStep Fit(Feature[] features) => FittedScale.Fit(features, nameof(RobustScale), feature =>
    {
        double[] sorted = Quantiles.Sorted(feature, nameof(RobustScale));
        return (Quantiles.At(sorted, 0.5), FittedScale.OrOne(Quantiles.At(sorted, _upper) - Quantiles.At(sorted, _lower)));
    });
}
