namespace MlOps.Learning.Trees;

/// <summary>A table whose values are replaced by the numbers of their bins, column by column.</summary>
internal sealed class BinnedMatrix
{
    // Edges are quantiles; more values than this hardly move them (about 200 in a bin), and sorting is what takes time.
    private const int SampleSize = 50_000;

    private BinnedMatrix(byte[][] columns, float[][] edges, bool[] hasMissing) => (Columns, Edges, HasMissing) = (columns, edges, hasMissing);

    internal int ColumnCount => Columns.Length;

    /// <summary>The bin of every row, for every column.</summary>
    internal byte[][] Columns { get; }

    /// <summary>The edges between the bins of each column.</summary>
    internal float[][] Edges { get; }

    /// <summary>Whether a row that the bins were made of has no value in a column.</summary>
    internal bool[] HasMissing { get; }

    /// <summary>Bins every column.</summary>
    /// <param name="columns">Floats, NaN for missing.</param>
    /// <param name="maxBins">2 to 255, missing values not counted.</param>
    /// <param name="learnFrom">The bins are made of the first so many rows.</param>
    /// <param name="options">Threads and cancellation.</param>
    internal static BinnedMatrix Of(float[][] columns, int maxBins, int learnFrom, ParallelOptions options)
    {
        var binned = new byte[columns.Length][];
        var edges = new float[columns.Length][];
        var hasMissing = new bool[columns.Length];
        Parallel.For(0, columns.Length, options, () => Array.Empty<float>(), (f, _, scratch) =>
        {
            int stride = (learnFrom + SampleSize - 1) / SampleSize;
            if (scratch.Length == 0)
            {
                scratch = new float[(learnFrom + stride - 1) / stride];
            }

            ReadOnlySpan<float> learned = columns[f].AsSpan(0, learnFrom);
            int count = 0;
            for (int i = 0; i < learned.Length; i += stride)
            {
                scratch[count] = learned[i];
                count += float.IsNaN(learned[i]) ? 0 : 1;
            }

            Span<float> sorted = scratch.AsSpan(0, count);
            sorted.Sort();
            edges[f] = FeatureBins.Edges(sorted, maxBins);

            var bins = new byte[columns[f].Length];
            for (int i = 0; i < bins.Length; i++)
            {
                bins[i] = FeatureBins.BinOf(columns[f][i], edges[f]);
            }

            binned[f] = bins;
            hasMissing[f] = bins.AsSpan(0, learnFrom).Contains(FeatureBins.Missing);
            return scratch;
        }, _ => { });
        return new BinnedMatrix(binned, edges, hasMissing);
    }
}
