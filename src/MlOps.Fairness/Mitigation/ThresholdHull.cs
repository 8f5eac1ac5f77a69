namespace MlOps.Fairness.Mitigation;

/// <summary>The best that lots between two thresholds of one group reach: the upper convex hull of (rate to be equal, objective).</summary>
internal sealed class ThresholdHull
{
    private readonly List<(double X, double Y, int Index)> _points = [];

    /// <summary>Builds the hull of a curve.</summary>
    /// <param name="count">How many thresholds the curve has.</param>
    /// <param name="x">The rate to be equal, not falling along the curve, from 0 to 1.</param>
    /// <param name="y">The objective along the curve.</param>
    internal ThresholdHull(int count, Func<int, double> x, Func<int, double> y)
    {
        int i = 0;
        while (i < count)
        {
            double at = x(i);
            (double X, double Y, int Index) best = (at, y(i), i);
            for (i++; i < count && x(i) == at; i++)
            {
                best = y(i) > best.Y ? (at, y(i), i) : best;
            }

            while (_points.Count >= 2 && IsBelow(_points[^1], _points[^2], best))
            {
                _points.RemoveAt(_points.Count - 1);
            }

            _points.Add(best);
        }
    }

    /// <summary>The hull at ascending places between 0 and 1: its height, the two thresholds around it and the share of the first.</summary>
    internal (double Y, double FirstShare, int First, int Second)[] At(ReadOnlySpan<double> grid)
    {
        var values = new (double Y, double FirstShare, int First, int Second)[grid.Length];
        int k = 0;
        for (int i = 0; i < grid.Length; i++)
        {
            while (k < _points.Count - 2 && grid[i] > _points[k + 1].X)
            {
                k++;
            }

            (double x0, double y0, int first) = _points[k];
            (double x1, double y1, int second) = _points[k + 1];
            double share = (x1 - grid[i]) / (x1 - x0);
            values[i] = ((share * y0) + ((1 - share) * y1), share, first, second);
        }

        return values;
    }

    /// <summary>Whether the middle point lies on or below the line between its neighbours.</summary>
    private static bool IsBelow((double X, double Y, int Index) middle, (double X, double Y, int Index) left, (double X, double Y, int Index) right) =>
        (middle.Y - left.Y) * (right.X - left.X) <= (right.Y - left.Y) * (middle.X - left.X);
}
