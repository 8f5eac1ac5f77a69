namespace MlOps.Learning.Preprocessing;

/// <summary>Scales each column to mean 0 and standard deviation 1: <c>(x − mean) / σ</c>, σ with divisor n.</summary>
/// <remarks>Missing values are ignored when learning and stay missing. A constant column becomes 0. Numbers as scikit-learn's StandardScaler.</remarks>
/// <param name="center">Whether the mean is taken off.</param>
/// <param name="scale">Whether to divide by σ.</param>
public sealed class StandardScale(bool center = true, bool scale = true) : Step
{
    private const double Epsilon = 2.220446049250313e-16;

    internal override FittedStep Fit(Feature[] features) => FittedScale.Fit(features, nameof(StandardScale), feature =>
    {
        Moments moments = Moments.Of(feature.Present());
        if (moments.Count == 0)
        {
            throw Quantiles.Empty(feature, nameof(StandardScale));
        }

        // What rounding alone makes of the variance of n equal numbers: an upper bound, as in scikit-learn.
        double rounding = (moments.Count * Epsilon * moments.Variance) + Math.Pow(moments.Count * moments.Mean * Epsilon, 2);
        double deviation = moments.Variance <= rounding ? 1 : FittedScale.OrOne(Math.Sqrt(moments.Variance));
        return (center ? moments.Mean : 0, scale ? deviation : 1);
    });
}
