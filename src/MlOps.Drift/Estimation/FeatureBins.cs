namespace MlOps.Drift.Estimation;

/// <summary>Columns cut at their quantiles: bin 0 holds missing values, bin b ≥ 1 what is ≤ edge b − 1.</summary>
internal sealed class FeatureBins
{
    internal const int MostBins = 65;

    private FeatureBins(byte[][] bins, double[][] edges) => (Bins, Edges) = (bins, edges);

    /// <summary>Gets the bin of every row, column by column.</summary>
    internal byte[][] Bins { get; }

    /// <summary>Gets the upper ends of the bins of every column, ascending; the last bin has none.</summary>
    internal double[][] Edges { get; }

    internal static FeatureBins Of(ReadOnlySpan<double> rows, int columns)
    {
        int n = rows.Length / columns;
        byte[][] bins = new byte[columns][];
        double[][] edges = new double[columns][];
        double[] values = new double[n];
        for (int c = 0; c < columns; c++)
        {
            for (int i = 0; i < n; i++)
            {
                values[i] = rows[(i * columns) + c];
                if (double.IsInfinity(values[i]))
                {
                    throw new ArgumentException($"rows needs finite numbers or NaN for missing; row {i}, column {c} is infinite.", nameof(rows));
                }
            }

            edges[c] = Quantiles([.. values.Where(value => !double.IsNaN(value))]);
            bins[c] = new byte[n];
            for (int i = 0; i < n; i++)
            {
                int at = Array.BinarySearch(edges[c], values[i]);
                bins[c][i] = (byte)(double.IsNaN(values[i]) ? 0 : 1 + (at >= 0 ? at : ~at));
            }
        }

        return new FeatureBins(bins, edges);
    }

    private static double[] Quantiles(double[] present)
    {
        RadixSort.Sort(present);
        var edges = new List<double>();
        for (int k = 1; k < MostBins - 1 && present.Length > 0; k++)
        {
            double edge = present[(int)((long)k * (present.Length - 1) / (MostBins - 1))];
            if (edge < present[^1] && (edges.Count == 0 || edge > edges[^1]))
            {
                edges.Add(edge);
            }
        }

        return [.. edges];
    }
}
