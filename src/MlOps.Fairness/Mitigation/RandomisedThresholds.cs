namespace MlOps.Fairness.Mitigation;

/// <summary>Lots between two thresholds a group: the first best point of a grid over the common rate.</summary>
internal static class RandomisedThresholds
{
    internal static ThresholdRule[] Search(ThresholdProblem problem, int gridSize)
    {
        double step = 1.0 / gridSize;
        double[] grid = [.. Enumerable.Range(0, gridSize + 1).Select(i => i == gridSize ? 1 : i * step)];
        return problem.Constraint == ParityConstraint.EqualizedOdds ? BothRates(problem, grid) : OneRate(problem, grid);
    }

    private static ThresholdRule[] OneRate(ThresholdProblem problem, double[] grid)
    {
        (double Y, double FirstShare, int First, int Second)[][] heights = [.. problem.Curves.Select((curve, g) =>
            new ThresholdHull(curve.Thresholds.Length, k => problem.Rate(g, k), k => problem.GroupMetric(g, k)).At(grid))];
        double n = problem.Positives + problem.Negatives;
        var total = new double[grid.Length];
        for (int g = 0; g < heights.Length; g++)
        {
            double weight = problem.Curves[g].Total / n;
            for (int i = 0; i < total.Length; i++)
            {
                total[i] += weight * heights[g][i].Y;
            }
        }

        int best = FirstLargest(total);
        return [.. heights.Select(h => new ThresholdRule(h[best].First, h[best].Second, h[best].FirstShare, 0, 0))];
    }

    private static ThresholdRule[] BothRates(ThresholdProblem problem, double[] grid)
    {
        (double Y, double FirstShare, int First, int Second)[][] hulls = [.. problem.Curves.Select((curve, g) =>
            new ThresholdHull(curve.Thresholds.Length, k => problem.Rate(g, k), k => problem.TruePositiveRate(g, k)).At(grid))];
        double positives = problem.Positives;
        double negatives = problem.Negatives;
        double[] least = [.. grid.Select((_, i) => hulls.Min(hull => hull[i].Y))];
        double[] total = [.. grid.Select((x, i) => problem.Objective == ThresholdObjective.Accuracy
            ? ((positives * least[i]) + (negatives - (negatives * x))) / (positives + negatives)
            : (0.5 * (positives * least[i]) / positives) + (0.5 * (negatives - (negatives * x)) / negatives))];
        int best = FirstLargest(total);
        return [.. hulls.Select(hull =>
        {
            (double y, double share, int first, int second) = hull[best];
            double ignore = y == grid[best] ? 0 : (y - least[best]) / (y - grid[best]); // down towards the diagonal, where the score plays no part
            return new ThresholdRule(first, second, share, ignore, grid[best]);
        })];
    }

    private static int FirstLargest(double[] values) => Array.IndexOf(values, values.Max());
}
