namespace MlOps.Drift.Estimation;

/// <summary>The mean of regression trees, each grown on rows drawn with replacement: the loss model that works without a library.</summary>
/// <remarks>
/// Every column is cut at its quantiles into at most 64 bins, one more holding missing values, below all others. A tree splits where the sum of squares falls most, to
/// depth 6 and no leaf below 20 rows. Trees are grown in parallel, each from a seed of its own: equal seeds, equal trees. Outside the range of the
/// rows it was grown on the prediction stays level. O(trees · depth · n · d). Immutable and thread-safe.
/// <para>Source: L. Breiman, "Bagging Predictors", Machine Learning 24 (1996) 123–140.</para>
/// </remarks>
public sealed class BaggedTrees : ILossModel
{
    private const int Trees = 40;

    private readonly LossTree[] _trees;

    private BaggedTrees(LossTree[] trees) => _trees = trees;

    /// <summary>Grows the trees. A <see cref="LossLearner"/>.</summary>
    /// <param name="rows">n rows × <paramref name="columns"/> values, NaN where missing.</param>
    /// <param name="columns">Columns, ≥ 1.</param>
    /// <param name="losses">A finite target for each row; at least one.</param>
    /// <param name="seed">Draws the rows of every tree.</param>
    /// <exception cref="ArgumentException">No row, lengths that do not fit, an infinite value, or a target that is not finite.</exception>
    public static BaggedTrees Fit(ReadOnlySpan<double> rows, int columns, ReadOnlySpan<double> losses, int seed)
    {
        Guard.AtLeast(columns, 1);
        EstimationInputs.NotEmpty(losses.Length, nameof(losses));
        EstimationInputs.Finite(losses, nameof(losses));
        EstimationInputs.SameLength(losses.Length * columns, rows.Length, "cells", nameof(rows));
        var bins = FeatureBins.Of(rows, columns);
        double[] targets = losses.ToArray();
        var trees = new LossTree[Trees];
        Parallel.For(0, Trees, t => trees[t] = LossTree.Grow(bins, targets, new Random(EstimationInputs.ReplicateSeed(seed, t))));
        return new BaggedTrees(trees);
    }

    /// <inheritdoc/>
    public double Predict(ReadOnlySpan<double> row)
    {
        double sum = 0;
        foreach (LossTree tree in _trees)
        {
            sum += tree.Predict(row);
        }

        return sum / Trees;
    }
}
