namespace MlOps.Learning.Trees;

/// <summary>Learns numbers by gradient boosting over histograms: each round adds a small tree that corrects the sum of those before.</summary>
/// <remarks>As <see cref="GradientBoostingClassifier"/>, with another loss. For the absolute error and the pinball loss, whose second derivative
/// is 0, a leaf adds η times the median or quantile of what is left to explain in it.</remarks>
/// <param name="loss">What is minimised.</param>
/// <param name="quantile">q in (0, 1), for <see cref="RegressionLoss.Quantile"/> only.</param>
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
public sealed class GradientBoostingRegressor(
    RegressionLoss loss = RegressionLoss.SquaredError,
    double quantile = 0.5,
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
    int seed = 0) : IRegressorEstimator
{
    private readonly BoostingSettings _settings = BoostingSettings.Of(
        rounds, learningRate, maxLeaves, maxDepth, minSamplesLeaf, l2, maxBins, subsample, columnSample, earlyStopping, seed);

    private readonly double _quantile = quantile is > 0 and < 1
        ? quantile
        : throw new ArgumentOutOfRangeException(nameof(quantile), FormattableString.Invariant($"quantile must lie between 0 and 1, both excluded; got {quantile}."));

    /// <summary>Gets how many threads take part; the number of processors unless set. The model does not depend on it.</summary>
    public int MaxDegreeOfParallelism { get; init => field = Guard.AtLeast(value, 1); } = Environment.ProcessorCount;

    /// <inheritdoc cref="IRegressorEstimator.Fit"/>
    /// <exception cref="ArgumentException">The lengths differ, a value is infinite, the Poisson loss got a negative target or only zeros, or early
    /// stopping would keep no case aside.</exception>
    public GradientBoostingRegressorModel Fit(Matrix x, double[] y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Fit(x, y, weights);
        using FitNotice notice = FitNotice.Begin(this, x, () =>
        [
            ("loss", loss), ("quantile", _quantile),
            ("rounds", rounds), ("learningRate", learningRate), ("maxLeaves", maxLeaves), ("maxDepth", maxDepth), ("minSamplesLeaf", minSamplesLeaf), ("l2", l2), ("maxBins", maxBins),
            ("subsample", subsample), ("columnSample", columnSample), ("patience", earlyStopping?.Patience), ("validationShare", earlyStopping?.ValidationShare), ("seed", seed),
        ]);
        if (loss == RegressionLoss.Poisson)
        {
            Counts(y);
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        BoostingData data = BoostingData.Of(x, y, weights, classes: 0, _settings, options);
        BoostingLoss minimised = loss switch
        {
            RegressionLoss.AbsoluteError => new QuantileLoss(data.Targets, data.Weights, 0.5, 2),
            RegressionLoss.Quantile => new QuantileLoss(data.Targets, data.Weights, _quantile, 1),
            RegressionLoss.Poisson => new PoissonLoss(data.Targets, data.Weights),
            _ => new SquaredLoss(data.Targets, data.Weights),
        };
        BoostingFit fit = new BoostingRun(data.Columns, data.Training, data.Weights, minimised, _settings, options).Run(progress);
        notice.Rounds(fit.TrainingLoss, fit.ValidationLoss);
        return notice.Fitted(new GradientBoostingRegressorModel(fit, x.ColumnNames, loss), x, y);
    }

    IRegressor IRegressorEstimator.Fit(Matrix x, double[] y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);

    private static void Counts(double[] y)
    {
        int negative = Array.FindIndex(y, target => target < 0);
        if (negative >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"Target {negative} is {y[negative]}; the Poisson loss needs targets ≥ 0."), nameof(y));
        }

        if (Array.TrueForAll(y, target => target == 0))
        {
            throw new ArgumentException("All targets are 0; the Poisson loss needs one that is not.", nameof(y));
        }
    }
}
