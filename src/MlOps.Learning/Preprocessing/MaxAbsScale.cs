namespace MlOps.Learning.Preprocessing;

/// <summary>Divides each column by the largest absolute training value, so that 0 stays 0: <c>x / max|x|</c>.</summary>
/// <remarks>Missing values are ignored when learning and stay missing. A column of zeros stays as it is. Numbers as scikit-learn's MaxAbsScaler.</remarks>
public sealed class MaxAbsScale : Step
{
    internal override FittedStep Fit(Feature[] features) => FittedScale.Fit(features, nameof(MaxAbsScale), feature =>
    {
        double[] values = feature.Present();
        if (values.Length == 0)
        {
            throw Quantiles.Empty(feature, nameof(MaxAbsScale));
        }

        double largest = 0;
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return (0, FittedScale.OrOne(largest));
    });
}
