namespace MlOps.Learning.Preprocessing;

/// <summary>Scales each column so that the training values run from <c>low</c> to <c>high</c>. Later values may lie outside.</summary>
/// <remarks>
/// <c>low + (x − min) · (high − low) / (max − min)</c>. Missing values are ignored when learning and stay missing. A constant column becomes
/// <c>low</c>. Numbers as scikit-learn's MinMaxScaler.
/// </remarks>
/// <param name="low">What the smallest training value becomes.</param>
/// <param name="high">What the largest becomes, above <paramref name="low"/>.</param>
public sealed class MinMaxScale(double low = 0, double high = 1) : Step
{
    private readonly double _low = Guard.Finite(low);
    private readonly double _range = Guard.Positive(high - low, nameof(high));

    internal override FittedStep Fit(Feature[] features) => FittedScale.Fit(features, nameof(MinMaxScale), feature =>
    {
        double[] values = feature.Present();
        if (values.Length == 0)
        {
            throw Quantiles.Empty(feature, nameof(MinMaxScale));
        }

        (double min, double max) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in values)
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        double scale = FittedScale.OrOne(max - min) / _range;
        return (min - (_low * scale), scale);
    });
}
