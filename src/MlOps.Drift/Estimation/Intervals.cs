namespace MlOps.Drift.Estimation;

/// <summary>From a value and its variances to an interval.</summary>
internal static class Intervals
{
    /// <summary>A normal interval; on the logit scale for shares strictly between 0 and 1, so that it cannot leave [0, 1] and leans as it should.</summary>
    internal static PerformanceEstimate Make(
        PerformanceMetric metric, double value, double samplingVariance, double referenceVariance, double z, double? realised)
    {
        double error = Math.Sqrt(samplingVariance + (double.IsNaN(referenceVariance) ? 0 : referenceVariance));
        double lower, upper;
        if (!MetricNames.IsLoss(metric) && value is > 0 and < 1)
        {
            double logit = Math.Log(value / (1 - value));
            double width = z * error / (value * (1 - value)); // the derivative of the logit
            lower = 1 / (1 + Math.Exp(width - logit));
            upper = 1 / (1 + Math.Exp(-width - logit));
        }
        else
        {
            lower = Math.Max(0, value - (z * error)); // Math.Max keeps NaN
            upper = Math.Min(MetricNames.Ceiling(metric), value + (z * error));
        }

        return new PerformanceEstimate(metric, value, lower, upper, realised)
        {
            SamplingError = Math.Sqrt(samplingVariance),
            ReferenceError = Math.Sqrt(referenceVariance),
        };
    }

    /// <summary>Wilson's interval for a share.</summary>
    /// <remarks>Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927) 209–212.</remarks>
    internal static (double Lower, double Upper) Wilson(double hits, double n, double z)
    {
        if (n == 0)
        {
            return (double.NaN, double.NaN);
        }

        double share = hits / n;
        double square = z * z / n;
        double centre = (share + (square / 2)) / (1 + square);
        double half = z / (1 + square) * Math.Sqrt((share * (1 - share) / n) + (square / (4 * n)));
        return (hits == 0 ? 0 : Math.Max(0, centre - half), hits == n ? 1 : Math.Min(1, centre + half));
    }
}
