namespace MlOps.Learning.Clustering;

/// <summary>k-means: puts rows into k groups so that they lie near the mean of their group.</summary>
/// <remarks>
/// Minimises the inertia <c>Σᵢ wᵢ · |xᵢ − c(i)|²</c> by Lloyd's iterations from k-means++ centres, several times; the best result is kept. Scale the
/// features first: distances mix their units. A group that loses all rows gets the row that is farthest from its centre. O(n·k·d) an iteration.
/// Equal seeds give equal bytes for every number of threads.
/// <para>Source: S. Lloyd, "Least Squares Quantization in PCM" (1957/1982); D. Arthur, S. Vassilvitskii, "k-means++" (2007).</para>
/// </remarks>
/// <param name="clusters">k ≥ 1.</param>
/// <param name="restarts">How often to begin anew, ≥ 1.</param>
/// <param name="maxIterations">The most iterations of each start, ≥ 1.</param>
/// <param name="tolerance">Stops when the centres together move by less than this share of the features' mean variance (squared); 0 goes on until no row changes its group.</param>
/// <param name="seed">Of the random starts.</param>
public sealed class KMeans(int clusters = 8, int restarts = 10, int maxIterations = 300, double tolerance = 1e-4, int seed = 0)
{
    private readonly int _clusters = Guard.AtLeast(clusters, 1);
    private readonly int _restarts = Guard.AtLeast(restarts, 1);
    private readonly int _maxIterations = Guard.AtLeast(maxIterations, 1);
    private readonly double _tolerance = Guard.NonNegative(tolerance);

    /// <summary>Finds the groups.</summary>
    /// <param name="x">n × d features, finite, at least k different rows.</param>
    /// <param name="weights">How much each row counts, n values ≥ 0 and not all 0; all 1 when null.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="ArgumentException">A value is not finite or so large that its square is not, the lengths differ, or there are fewer than k different rows.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public KMeansModel Fit(Matrix x, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Unlabelled(x, weights);
        Inputs.Finite(x);
        if (x.RowCount < _clusters)
        {
            throw new ArgumentException($"{_clusters} clusters need at least as many rows; x has {x.RowCount}.", nameof(x));
        }

        double stillness = _tolerance * Spread.MeanVariance(x);
        LloydRun? best = null;
        for (int restart = 0; restart < _restarts; restart++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] centers = CenterSeeding.PlusPlus(x, weights, _clusters, Seeds.Generator(seed, restart));
            var run = new LloydRun(x, weights, centers);
            run.Iterate(_maxIterations, stillness, cancellationToken);
            best = best is null || run.Inertia < best.Inertia ? run : best;
            progress?.Report((restart + 1.0) / _restarts);
        }

        return double.IsFinite(best!.Inertia)
            ? new KMeansModel(new Matrix(_clusters, x.ColumnCount, best.Centers, x.ColumnNames), best.Nearest, best.Inertia, best.Iterations, best.Converged)
            : throw new ArgumentException("The features are so large that their squares are not finite; scale them first.", nameof(x));
    }
}
