using MlOps.Learning;

namespace MlOps.Explain.Effects;

/// <summary>Means of curves and bootstrap bands around them.</summary>
internal static class CurveBand
{
    /// <summary>The mean of n curves at each of their K points.</summary>
    internal static double[] Means(Matrix curves)
    {
        var sums = new double[curves.ColumnCount];
        for (int i = 0; i < curves.RowCount; i++)
        {
            Add(curves.Row(i), sums);
        }

        return [.. sums.Select(sum => sum / curves.RowCount)];
    }

    /// <summary>The percentile band of the mean at each point, from rows drawn again.</summary>
    internal static (double[] Low, double[] High) OfMeans(Matrix curves, DependenceOptions options)
    {
        int n = curves.RowCount;
        var random = new Random(options.Seed);
        var resampled = new double[options.Resamples][];
        for (int b = 0; b < resampled.Length; b++)
        {
            var sums = new double[curves.ColumnCount];
            for (int i = 0; i < n; i++)
            {
                Add(curves.Row(random.Next(n)), sums);
            }

            resampled[b] = [.. sums.Select(sum => sum / n)];
        }

        return Ends(resampled, options.Level);
    }

    /// <summary>The quantiles of resampled curves, point by point.</summary>
    internal static (double[] Low, double[] High) Ends(double[][] resampled, double level)
    {
        int points = resampled[0].Length;
        var low = new double[points];
        var high = new double[points];
        for (int k = 0; k < points; k++)
        {
            double[] sorted = [.. resampled.Select(curve => curve[k]).Order()];
            low[k] = SortedQuantile.Linear(sorted, (1 - level) / 2);
            high[k] = SortedQuantile.Linear(sorted, (1 + level) / 2);
        }

        return (low, high);
    }

    private static void Add(ReadOnlySpan<double> curve, double[] sums)
    {
        for (int k = 0; k < sums.Length; k++)
        {
            sums[k] += curve[k];
        }
    }
}
