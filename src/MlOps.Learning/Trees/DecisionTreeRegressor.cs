namespace MlOps.Learning.Trees;

/// <summary>Learns a decision tree that predicts a number (CART), by the squared error.</summary>
/// <remarks>
/// As <see cref="DecisionTreeClassifier"/>, with the variance of the targets in a node for its impurity; a leaf predicts their mean.
/// <para>Source: L. Breiman, J. Friedman, R. Olshen, C. Stone, "Classification and Regression Trees" (1984).</para>
/// </remarks>
/// <param name="maxDepth">Decisions on the longest way, ≥ 1; no limit when null.</param>
/// <param name="minSamplesSplit">A node with fewer cases stays a leaf; ≥ 2.</param>
/// <param name="minSamplesLeaf">No split leaves fewer cases on a side; ≥ 1.</param>
/// <param name="minImpurityDecrease">By how much a split must lower the mean squared error of all cases, ≥ 0.</param>
/// <param name="maxFeatures">Features tried at a node, drawn afresh there, ≥ 1; all when null.</param>
/// <param name="ccpAlpha">α ≥ 0 of cost-complexity pruning: a leaf must earn this much of the mean squared error; 0 does not prune.</param>
/// <param name="seed">For <paramref name="maxFeatures"/>.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
public sealed class DecisionTreeRegressor(
    int? maxDepth = null,
    int minSamplesSplit = 2,
    int minSamplesLeaf = 1,
    double minImpurityDecrease = 0,
    int? maxFeatures = null,
    double ccpAlpha = 0,
    int seed = 0) : IRegressorEstimator
{
    private readonly GrowthLimits _limits = GrowthLimits.Of(maxDepth, minSamplesSplit, minSamplesLeaf, minImpurityDecrease, maxFeatures);
    private readonly double _ccpAlpha = Guard.NonNegative(ccpAlpha);

    /// <inheritdoc cref="IRegressorEstimator.Fit"/>
    public DecisionTreeRegressorModel Fit(Matrix x, double[] y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Fit(x, y, weights);
        using FitNotice notice = FitNotice.Begin(this, x, () =>
        [
            ("maxDepth", maxDepth), ("minSamplesSplit", minSamplesSplit), ("minSamplesLeaf", minSamplesLeaf), ("minImpurityDecrease", minImpurityDecrease), ("maxFeatures", maxFeatures),
            ("ccpAlpha", _ccpAlpha), ("seed", seed),
        ]);
        Inputs.Finite(x);
        float[][] columns = FloatColumns.Of(x, missing: false, new ParallelOptions { CancellationToken = cancellationToken });
        Case[] cases = Case.Of(y, weights);
        var criterion = new SquaredErrorCriterion(Case.MeanTarget(cases));
        Tree tree = new ExactGrower<SquaredErrorCriterion>(criterion, columns, _limits).Grow(cases, Seeds.Generator(seed, 0), _ccpAlpha, cancellationToken);
        progress?.Report(1);
        return notice.Fitted(new DecisionTreeRegressorModel(tree, x.ColumnNames), x, y);
    }

    IRegressor IRegressorEstimator.Fit(Matrix x, double[] y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);
}
