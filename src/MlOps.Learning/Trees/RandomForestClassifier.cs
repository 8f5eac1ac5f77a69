namespace MlOps.Learning.Trees;

/// <summary>Learns a random forest for classes: many trees, each on a bootstrap sample, asking few features at a node; their probabilities are averaged.</summary>
/// <remarks>
/// Features are put into at most 255 bins of about equal numbers of cases first, and only the edges between bins are tried. With up to
/// 255 different values nothing is lost. Trees grow in parallel, and equal seeds give equal forests for every number of threads.
/// <para>Source: L. Breiman, "Random Forests", Machine Learning 45 (2001) 5–32.</para>
/// </remarks>
/// <param name="trees">≥ 1.</param>
/// <param name="criterion">What a split must lower.</param>
/// <param name="maxDepth">Decisions on the longest way, ≥ 1; no limit when null.</param>
/// <param name="minSamplesSplit">A node with fewer different cases stays a leaf; ≥ 2.</param>
/// <param name="minSamplesLeaf">No split leaves fewer different cases on a side; ≥ 1.</param>
/// <param name="minImpurityDecrease">By how much a split must lower the mean impurity of all cases, ≥ 0.</param>
/// <param name="maxFeatures">Features tried at a node, of those that vary there, ≥ 1; ⌊√d⌋ when null.</param>
/// <param name="bootstrap">Whether a tree learns from n cases drawn with replacement, or from all.</param>
/// <param name="outOfBag">Whether to score each case by the trees that have not seen it.</param>
/// <param name="maxBins">2 to 255.</param>
/// <param name="seed">Of the samples and the features.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
/// <exception cref="ArgumentException"><paramref name="outOfBag"/> without <paramref name="bootstrap"/>.</exception>
public sealed class RandomForestClassifier(
    int trees = 100,
    SplitCriterion criterion = SplitCriterion.Gini,
    int? maxDepth = null,
    int minSamplesSplit = 2,
    int minSamplesLeaf = 1,
    double minImpurityDecrease = 0,
    int? maxFeatures = null,
    bool bootstrap = true,
    bool outOfBag = false,
    int maxBins = 255,
    int seed = 0) : IClassifierEstimator
{
    private readonly ForestFit.Settings _settings = ForestFit.Settings.Of(
        trees, GrowthLimits.Of(maxDepth, minSamplesSplit, minSamplesLeaf, minImpurityDecrease, maxFeatures), bootstrap, outOfBag, maxBins, seed, Environment.ProcessorCount);

    /// <summary>Gets how many threads grow trees; the number of processors unless set. The forest does not depend on it.</summary>
    public int MaxDegreeOfParallelism { get; init => field = Guard.AtLeast(value, 1); } = Environment.ProcessorCount;

    /// <inheritdoc cref="IClassifierEstimator.Fit"/>
    public RandomForestClassifierModel Fit(Matrix x, Labels y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Fit(x, y, weights);
        using FitNotice notice = FitNotice.Begin(this, x, () =>
        [
            ("trees", trees), ("criterion", criterion), ("maxDepth", maxDepth), ("minSamplesSplit", minSamplesSplit), ("minSamplesLeaf", minSamplesLeaf), ("minImpurityDecrease", minImpurityDecrease), ("maxFeatures", maxFeatures),
            ("bootstrap", bootstrap), ("outOfBag", outOfBag), ("maxBins", maxBins), ("seed", seed),
        ]);
        Inputs.Finite(x);
        int classes = y.Classes.Count;
        Case[] cases = Case.Of(Case.Codes(y), weights);
        ForestFit.Settings settings = _settings with
        {
            Limits = _settings.Limits with { MaxFeatures = maxFeatures ?? Math.Max(1, (int)Math.Sqrt(x.ColumnCount)) },
            MaxDegreeOfParallelism = MaxDegreeOfParallelism,
        };
        ForestFit fit = criterion == SplitCriterion.Entropy
            ? ForestFit.Run(new EntropyCriterion(classes), x, cases, settings, progress, cancellationToken)
            : ForestFit.Run(new GiniCriterion(classes), x, cases, settings, progress, cancellationToken);
        Matrix? unseen = fit.OutOfBag is null ? null : new Matrix(x.RowCount, classes, fit.OutOfBag);
        return notice.Fitted(new RandomForestClassifierModel(fit.Trees, x.ColumnNames, y.Classes, unseen, unseen is null ? null : Accuracy(unseen, y)), x, y);
    }

    IClassifier IClassifierEstimator.Fit(Matrix x, Labels y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);

    private static double Accuracy(Matrix unseen, Labels y)
    {
        int[] predicted = Inputs.ArgMax(unseen);
        int scored = 0;
        int right = 0;
        for (int i = 0; i < predicted.Length; i++)
        {
            if (!double.IsNaN(unseen[i, 0]))
            {
                scored++;
                right += predicted[i] == y.Codes[i] ? 1 : 0;
            }
        }

        return scored == 0 ? double.NaN : right / (double)scored;
    }
}
