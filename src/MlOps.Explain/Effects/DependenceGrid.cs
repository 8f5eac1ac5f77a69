using MlOps.Learning;

namespace MlOps.Explain.Effects;

/// <summary>Where the curve of one feature is evaluated.</summary>
internal static class DependenceGrid
{
    /// <summary>Every value where there are few, else even steps between two quantiles; texts the most frequent first.</summary>
    /// <exception cref="ArgumentException">The feature has no value, or an infinite one.</exception>
    internal static double[] Of(ExplainedModel model, Matrix x, int feature, DependenceOptions options)
    {
        double[] column = x.Column(feature);
        if (Array.Exists(column, double.IsInfinity))
        {
            throw new ArgumentException($"Feature '{model.FeatureNames[feature]}' holds an infinite number.", nameof(x));
        }

        if (model.IsText(feature))
        {
            return [.. column.GroupBy(code => code).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Take(options.GridPoints).Select(group => group.Key)];
        }

        double[] sorted = [.. column.Where(value => !double.IsNaN(value)).Order()];
        double[] distinct = [.. sorted.Distinct()];
        if (distinct.Length == 0)
        {
            throw new ArgumentException($"Feature '{model.FeatureNames[feature]}' has no value in the rows.", nameof(x));
        }

        if (distinct.Length < options.GridPoints)
        {
            return distinct;
        }

        double low = Quantiles.Cunnane(sorted, options.LowQuantile);
        double high = Quantiles.Cunnane(sorted, options.HighQuantile);
        if (low == high) // nearly all rows have one value: the rest is all there is to see
        {
            (low, high) = (sorted[0], sorted[^1]);
        }

        int last = options.GridPoints - 1;
        return [.. Enumerable.Range(0, options.GridPoints).Select(k => k == last ? high : low + (k * ((high - low) / last)))];
    }
}
