using System.Runtime.Intrinsics;

namespace MlOps.Learning.Trees;

/// <summary>A split of a leaf of a boosted tree; a feature of −1 is none.</summary>
internal readonly record struct BoostingSplit(int Feature, int Bin, float Threshold, bool MissingGoesLeft, double Gain, Vector128<long> Left)
{
    // A gain that is a smaller share of the score before the split is what rounding has left of none.
    private const double Rounding = 1e-12;

    // Below this the denominators of the scores mean nothing.
    private const double MinHessian = 1e-3;

    internal static BoostingSplit None => new(Tree.Leaf, 0, 0, false, 0, default);

    /// <summary>The best split of one feature: of all edges between bins, with missing values on either side.</summary>
    /// <param name="feature">Which.</param>
    /// <param name="histogram">Its 256 bins in the leaf.</param>
    /// <param name="total">Their sum.</param>
    /// <param name="edges">Between the bins.</param>
    /// <param name="hasMissing">Whether values were missing in training.</param>
    /// <param name="scale">Of the sums.</param>
    /// <param name="minSamplesLeaf">Cases on either side.</param>
    /// <param name="l2">λ, added to the second derivatives.</param>
    internal static BoostingSplit Find(
        int feature, ReadOnlySpan<Vector128<long>> histogram, Vector128<long> total, float[] edges, bool hasMissing, GradientScale scale, int minSamplesLeaf, double l2)
    {
        BoostingSplit best = Scan(feature, histogram, default, total, edges, hasMissing, false, scale, minSamplesLeaf, l2);
        if (hasMissing)
        {
            BoostingSplit missingLeft = Scan(feature, histogram, histogram[FeatureBins.Missing], total, edges, false, true, scale, minSamplesLeaf, l2);
            return missingLeft.Gain > best.Gain ? missingLeft : best;
        }

        // Nothing was missing in training: later, missing values go where most cases went.
        return best with { MissingGoesLeft = 2 * scale.Count(best.Left) > scale.Count(total) };
    }

    private static BoostingSplit Scan(
        int feature,
        ReadOnlySpan<Vector128<long>> histogram,
        Vector128<long> left,
        Vector128<long> total,
        float[] edges,
        bool alsoAllFinite,
        bool missingLeft,
        GradientScale scale,
        int minSamplesLeaf,
        double l2)
    {
        // In units of the scale, so that a bin costs no multiplication.
        int countBits = scale.CountBits;
        long countMask = (1L << countBits) - 1;
        double minHessian = MinHessian / scale.HessianUnit;
        double lambda = l2 / scale.HessianUnit;
        double g = total.GetElement(0);
        double h = total.GetElement(1) >> countBits;
        long count = total.GetElement(1) & countMask;
        double before = g * g / (h + lambda);
        double threshold = before * (1 + Rounding);
        double bestScore = threshold;
        int bestBin = -1;
        Vector128<long> bestLeft = default;
        int bins = edges.Length + (alsoAllFinite ? 1 : 0); // with a last one that parts finite from missing
        for (int b = 0; b < bins; b++)
        {
            Vector128<long> cell = histogram[b];
            if (cell.GetElement(1) == 0)
            {
                continue; // an empty bin: the same two parts as before
            }

            left += cell;
            long leftCount = left.GetElement(1) & countMask;
            if (leftCount < minSamplesLeaf)
            {
                continue;
            }

            if (count - leftCount < minSamplesLeaf)
            {
                break;
            }

            double leftG = left.GetElement(0);
            double leftH = left.GetElement(1) >> countBits;
            double rightG = g - leftG;
            double rightH = h - leftH;
            double score = (leftG * leftG / (leftH + lambda)) + (rightG * rightG / (rightH + lambda));
            if (score > bestScore && leftH >= minHessian && rightH >= minHessian)
            {
                bestScore = score;
                bestBin = b;
                bestLeft = left;
            }
        }

        if (bestBin < 0)
        {
            return None;
        }

        double unit = scale.GradientUnit * scale.GradientUnit / scale.HessianUnit;
        float edge = bestBin < edges.Length ? edges[bestBin] : float.MaxValue;
        return new BoostingSplit(feature, bestBin, edge, missingLeft, (bestScore - before) * unit, bestLeft);
    }
}
