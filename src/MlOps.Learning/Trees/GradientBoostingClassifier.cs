namespace MlOps.Learning.Trees;

/// <summary>Learns classes by gradient boosting over histograms: each round adds a small tree that corrects the sum of those before.</summary>
/// <remarks>
/// Features are put into at most 255 bins. A tree grows leaf by leaf, the split with the largest gain next:
/// <c>gain = G_L²/(H_L+λ) + G_R²/(H_R+λ) − G²/(H+λ)</c>, G and H the sums of the first and second derivatives of the log loss; a leaf adds
/// <c>−η·G/(H+λ)</c>. Two classes take one tree a round, K classes K trees. NaN is a missing value and allowed: each split learns on which
/// side missing values lower the loss more; where none were missing in training they go where most cases went. Equal seeds give equal
/// models for every number of threads, for the derivatives are summed as whole numbers.
/// <para>Sources: J. Friedman, "Greedy Function Approximation", Ann. Statist. 29 (2001); T. Chen, C. Guestrin, "XGBoost", KDD 2016;
/// G. Ke et al., "LightGBM", NIPS 2017.</para>
/// </remarks>
/// <param name="rounds">≥ 1.</param>
/// <param name="learningRate">η &gt; 0: how much of its correction a tree makes.</param>
/// <param name="maxLeaves">Of a tree, ≥ 2.</param>
/// <param name="maxDepth">Decisions on the longest way, ≥ 1; no limit when null.</param>
/// <param name="minSamplesLeaf">No split leaves fewer cases on a side; ≥ 1.</param>
/// <param name="l2">λ ≥ 0.</param>
/// <param name="maxBins">2 to 255, besides one for missing values.</param>
/// <param name="subsample">Share of the cases, drawn afresh, that a round learns from, in (0, 1].</param>
/// <param name="columnSample">Share of the features, drawn afresh, that a tree may ask for, in (0, 1].</param>
/// <param name="earlyStopping">Stops before the rounds are over; never when null.</param>
/// <param name="seed">Of the samples.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
public sealed class GradientBoostingClassifier(
    int rounds = 100,
    double learningRate = 0.1,
    int maxLeaves = 31,
    int? maxDepth = null,
    int minSamplesLeaf = 20,
    double l2 = 0,
    int maxBins = 255,
    double subsample = 1,
    double columnSample = 1,
    EarlyStoppingRule? earlyStopping = null,
    int seed = 0) : IClassifierEstimator
{
    private readonly BoostingSettings _settings = BoostingSettings.Of(
        rounds, learningRate, maxLeaves, maxDepth, minSamplesLeaf, l2, maxBins, subsample, columnSample, earlyStopping, seed);

    /// <summary>Gets how many threads take part; the number of processors unless set. The model does not depend on it.</summary>
    public int MaxDegreeOfParallelism { get; init => field = Guard.AtLeast(value, 1); } = Environment.ProcessorCount;

    /// <inheritdoc cref="IClassifierEstimator.Fit"/>
    /// <exception cref="ArgumentException">The lengths differ, a value is infinite, only one class has cases, or early stopping would keep no case aside.</exception>
    public GradientBoostingClassifierModel Fit(Matrix x, Labels y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Fit(x, y, weights);
        using FitNotice notice = FitNotice.Begin(this, x, () =>
        [
            ("rounds", rounds), ("learningRate", learningRate), ("maxLeaves", maxLeaves), ("maxDepth", maxDepth), ("minSamplesLeaf", minSamplesLeaf), ("l2", l2), ("maxBins", maxBins),
            ("subsample", subsample), ("columnSample", columnSample), ("patience", earlyStopping?.Patience), ("validationShare", earlyStopping?.ValidationShare), ("seed", seed),
        ]);
        int classes = y.Classes.Count;
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        BoostingData data = BoostingData.Of(x, Case.Codes(y), weights, classes, _settings, options);
        BoostingLoss loss = classes == 2 ? new LogisticLoss(data.Targets, data.Weights) : new SoftmaxLoss(data.Targets, data.Weights, classes);
        BoostingFit fit = new BoostingRun(data.Columns, data.Training, data.Weights, loss, _settings, options).Run(progress);
        notice.Rounds(fit.TrainingLoss, fit.ValidationLoss);
        return notice.Fitted(new GradientBoostingClassifierModel(fit, x.ColumnNames, y.Classes), x, y);
    }

    IClassifier IClassifierEstimator.Fit(Matrix x, Labels y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);
}
