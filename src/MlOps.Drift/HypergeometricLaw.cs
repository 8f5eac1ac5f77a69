namespace MlOps.Drift;

/// <summary>The law of the upper left cell of a 2 × 2 table whose margins are given.</summary>
/// <remarks>Each probability follows from its neighbour by a ratio of whole numbers, starting at the mode; so they keep all their digits
/// relative to each other, and equal ones come out equal to about 1e−13, which the two-sided test needs.</remarks>
internal sealed class HypergeometricLaw
{
    /// <summary>Two probabilities closer than this, relatively, are the same number rounded twice.</summary>
    private const double Tie = 1e-11;

    private readonly double[] _weights;
    private readonly long _first;
    private readonly double _total;

    /// <param name="row">a + b, the first row's total.</param>
    /// <param name="otherRow">c + d.</param>
    /// <param name="column">a + c, the first column's total.</param>
    internal HypergeometricLaw(long row, long otherRow, long column)
    {
        (Smallest, Largest) = (Math.Max(0, column - otherRow), Math.Min(row, column));
        long mode = Math.Clamp((long)((Int128)(column + 1) * (row + 1) / (row + otherRow + 2)), Smallest, Largest);
        var below = new List<double>();
        double weight = 1;
        for (long x = mode; x > Smallest && weight > 0; x--)
        {
            weight /= Ratio(x - 1, row, otherRow, column);
            below.Add(weight);
        }

        var above = new List<double>();
        weight = 1;
        for (long x = mode; x < Largest && weight > 0; x++)
        {
            weight *= Ratio(x, row, otherRow, column);
            above.Add(weight);
        }

        below.Reverse();
        _first = mode - below.Count;
        _weights = [.. below, 1, .. above];
        _total = Sum(0, _weights.Length - 1);
    }

    /// <summary>The smallest value the cell can have.</summary>
    internal long Smallest { get; }

    /// <summary>The largest value the cell can have.</summary>
    internal long Largest { get; }

    /// <summary>P(x + 1) / P(x).</summary>
    internal static double Ratio(long x, long row, long otherRow, long column) =>
        (double)(row - x) / (x + 1) * ((double)(column - x) / (otherRow - column + x + 1));

    /// <summary>P(X ≤ x).</summary>
    internal double AtMost(long x) => Math.Min(1, Sum(0, x - _first) / _total);

    /// <summary>P(X ≥ x).</summary>
    internal double AtLeast(long x) => Math.Min(1, Sum(x - _first, _weights.Length - 1) / _total);

    /// <summary>The probability of all values that are no more probable than x.</summary>
    internal double NoMoreProbableThan(long x)
    {
        long at = x - _first;
        if (at < 0 || at >= _weights.Length)
        {
            return 0; // so far out that its probability underflows
        }

        double limit = _weights[at] * (1 + Tie);
        double sum = 0;
        foreach (double weight in _weights)
        {
            sum += weight <= limit ? weight : 0;
        }

        return Math.Min(1, sum / _total);
    }

    private double Sum(long from, long to)
    {
        double sum = 0;
        for (long i = Math.Max(0, from); i <= Math.Min(to, _weights.Length - 1); i++)
        {
            sum += _weights[i];
        }

        return sum;
    }
}
