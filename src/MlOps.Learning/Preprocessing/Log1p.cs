namespace MlOps.Learning.Preprocessing;

/// <summary>Takes the logarithm of skewed columns: <c>ln(1 + x)</c>, which keeps 0 at 0. For values above −1.</summary>
/// <remarks>Missing values stay missing. Learns nothing.</remarks>
public sealed class Log1p : Step
{
    internal override FittedStep Fit(Feature[] features) => new FittedLog1p();
}
