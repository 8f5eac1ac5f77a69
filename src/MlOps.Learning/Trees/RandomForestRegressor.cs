namespace MlOps.Learning.Trees;

/// <summary>Learns a random forest for numbers: many trees, each on a bootstrap sample; their predictions are averaged.</summary>
/// <remarks>
/// As <see cref="RandomForestClassifier"/>, by the squared error. A node may ask every feature unless <paramref name="maxFeatures"/> says less.
/// <para>Source: L. Breiman, "Random Forests", Machine Learning 45 (2001) 5–32.</para>
/// </remarks>
/// <param name="trees">≥ 1.</param>
/// <param name="maxDepth">Decisions on the longest way, ≥ 1; no limit when null.</param>
/// <param name="minSamplesSplit">A node with fewer different cases stays a leaf; ≥ 2.</param>
/// <param name="minSamplesLeaf">No split leaves fewer different cases on a side; ≥ 1.</param>
/// <param name="minImpurityDecrease">By how much a split must lower the mean squared error of all cases, ≥ 0.</param>
/// <param name="maxFeatures">Features tried at a node, of those that vary there, ≥ 1; all when null.</param>
/// <param name="bootstrap">Whether a tree learns from n cases drawn with replacement, or from all.</param>
/// <param name="outOfBag">Whether to score each case by the trees that have not seen it.</param>
/// <param name="maxBins">2 to 255.</param>
/// <param name="seed">Of the samples and the features.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
/// <exception cref="ArgumentException"><paramref name="outOfBag"/> without <paramref name="bootstrap"/>.</exception>
public sealed class RandomForestRegressor(
    int trees = 100,
    int? maxDepth = null,
    int minSamplesSplit = 2,
    int minSamplesLeaf = 1,
    double minImpurityDecrease = 0,
    int? maxFeatures = null,
    bool bootstrap = true,
    bool outOfBag = false,
    int maxBins = 255,
    int seed = 0) : IRegressorEstimator
{
    private readonly ForestFit.Settings _settings = ForestFit.Settings.Of(
        trees, GrowthLimits.Of(maxDepth, minSamplesSplit, minSamplesLeaf, minImpurityDecrease, maxFeatures), bootstrap, outOfBag, maxBins, seed, Environment.ProcessorCount);

    /// <summary>Gets how many threads grow trees; the number of processors unless set. The forest does not depend on it.</summary>
    public int MaxDegreeOfParallelism { get; init => field = Guard.AtLeast(value, 1); } = Environment.ProcessorCount;

    /// <inheritdoc cref="IRegressorEstimator.Fit"/>
    public RandomForestRegressorModel Fit(Matrix x, double[] y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Fit(x, y, weights);
        using FitNotice notice = FitNotice.Begin(this, x, () =>
        [
            ("trees", trees), ("maxDepth", maxDepth), ("minSamplesSplit", minSamplesSplit), ("minSamplesLeaf", minSamplesLeaf), ("minImpurityDecrease", minImpurityDecrease), ("maxFeatures", maxFeatures),
            ("bootstrap", bootstrap), ("outOfBag", outOfBag), ("maxBins", maxBins), ("seed", seed),
        ]);
        Inputs.Finite(x);
        Case[] cases = Case.Of(y, weights);
        ForestFit.Settings settings = _settings with { MaxDegreeOfParallelism = MaxDegreeOfParallelism };
        ForestFit fit = ForestFit.Run(new SquaredErrorCriterion(Case.MeanTarget(cases)), x, cases, settings, progress, cancellationToken);
        return notice.Fitted(new RandomForestRegressorModel(fit.Trees, x.ColumnNames, fit.OutOfBag, fit.OutOfBag is null ? null : RSquared(fit.OutOfBag, y)), x, y);
    }

    IRegressor IRegressorEstimator.Fit(Matrix x, double[] y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);

    private static double RSquared(double[] unseen, double[] y)
    {
        int[] scored = [.. Enumerable.Range(0, y.Length).Where(i => !double.IsNaN(unseen[i]))];
        double mean = scored.Length == 0 ? double.NaN : scored.Average(i => y[i]);
        double residual = scored.Sum(i => (y[i] - unseen[i]) * (y[i] - unseen[i]));
        double total = scored.Sum(i => (y[i] - mean) * (y[i] - mean));
        return total > 0 ? 1 - (residual / total) : double.NaN;
    }
}
