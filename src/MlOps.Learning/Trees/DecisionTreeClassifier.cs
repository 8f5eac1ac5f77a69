namespace MlOps.Learning.Trees;

/// <summary>Learns a decision tree that tells classes apart (CART).</summary>
/// <remarks>
/// At each node, every threshold halfway between two neighbouring values of every feature is tried, and the split is taken that lowers
/// <c>impurity × weight</c> of the two parts most; on a tie the feature that comes first, then the lower threshold. O(d · n · depth) after
/// sorting each column once. A column that does not vary is never asked for. Features are compared in single precision.
/// <para>Source: L. Breiman, J. Friedman, R. Olshen, C. Stone, "Classification and Regression Trees" (1984).</para>
/// </remarks>
/// <param name="criterion">What a split must lower.</param>
/// <param name="maxDepth">Decisions on the longest way, ≥ 1; no limit when null.</param>
/// <param name="minSamplesSplit">A node with fewer cases stays a leaf; ≥ 2.</param>
/// <param name="minSamplesLeaf">No split leaves fewer cases on a side; ≥ 1.</param>
/// <param name="minImpurityDecrease">By how much a split must lower the mean impurity of all cases, ≥ 0.</param>
/// <param name="maxFeatures">Features tried at a node, drawn afresh there, ≥ 1; all when null.</param>
/// <param name="ccpAlpha">α ≥ 0 of cost-complexity pruning: a leaf must earn this much of the mean impurity; 0 does not prune.</param>
/// <param name="seed">For <paramref name="maxFeatures"/>.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
public sealed class DecisionTreeClassifier(
    SplitCriterion criterion = SplitCriterion.Gini,
    int? maxDepth = null,
    int minSamplesSplit = 2,
    int minSamplesLeaf = 1,
    double minImpurityDecrease = 0,
    int? maxFeatures = null,
    double ccpAlpha = 0,
    int seed = 0) : IClassifierEstimator
{
    private readonly GrowthLimits _limits = GrowthLimits.Of(maxDepth, minSamplesSplit, minSamplesLeaf, minImpurityDecrease, maxFeatures);
    private readonly double _ccpAlpha = Guard.NonNegative(ccpAlpha);

    /// <inheritdoc cref="IClassifierEstimator.Fit"/>
    public DecisionTreeClassifierModel Fit(Matrix x, Labels y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Fit(x, y, weights);
        using FitNotice notice = FitNotice.Begin(this, x, () =>
        [
            ("criterion", criterion), ("maxDepth", maxDepth), ("minSamplesSplit", minSamplesSplit), ("minSamplesLeaf", minSamplesLeaf), ("minImpurityDecrease", minImpurityDecrease), ("maxFeatures", maxFeatures),
            ("ccpAlpha", _ccpAlpha), ("seed", seed),
        ]);
        Inputs.Finite(x);
        float[][] columns = FloatColumns.Of(x, missing: false, new ParallelOptions { CancellationToken = cancellationToken });
        Case[] cases = Case.Of(Case.Codes(y), weights);
        Random random = Seeds.Generator(seed, 0);
        Tree tree = criterion == SplitCriterion.Entropy
            ? new ExactGrower<EntropyCriterion>(new EntropyCriterion(y.Classes.Count), columns, _limits).Grow(cases, random, _ccpAlpha, cancellationToken)
            : new ExactGrower<GiniCriterion>(new GiniCriterion(y.Classes.Count), columns, _limits).Grow(cases, random, _ccpAlpha, cancellationToken);
        progress?.Report(1);
        return notice.Fitted(new DecisionTreeClassifierModel(tree, x.ColumnNames, y.Classes), x, y);
    }

    IClassifier IClassifierEstimator.Fit(Matrix x, Labels y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);
}
