namespace MlOps.Data.Internals;

/// <summary>Summary statistics of values that are there. Plain loops, so that the last bit is the same on every processor.</summary>
internal static class Summary
{
    /// <summary>Neumaier's compensated sum: the error does not grow with n. 0 when empty.</summary>
    internal static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        double lost = 0;
        foreach (double value in values)
        {
            double next = sum + value;
            lost += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
            sum = next;
        }

        return double.IsFinite(sum) ? sum + lost : sum; // ∞ − ∞ in the correction would turn an infinite sum into NaN
    }

    /// <summary>NaN when empty.</summary>
    internal static double Mean(ReadOnlySpan<double> values) => values.IsEmpty ? double.NaN : Sum(values) / values.Length;

    /// <summary>Sample standard deviation, divisor n − 1, in two passes. NaN below two values.</summary>
    internal static double StandardDeviation(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
        {
            return double.NaN;
        }

        double mean = Mean(values);
        double[] squares = new double[values.Length];
        for (int i = 0; i < squares.Length; i++)
        {
            double distance = values[i] - mean;
            squares[i] = distance * distance;
        }

        return Math.Sqrt(Sum(squares) / (values.Length - 1));
    }

    /// <summary>NaN when empty.</summary>
    internal static double Min(ReadOnlySpan<double> values)
    {
        double min = values.IsEmpty ? double.NaN : values[0];
        foreach (double value in values)
        {
            min = value < min ? value : min;
        }

        return min;
    }

    /// <summary>NaN when empty.</summary>
    internal static double Max(ReadOnlySpan<double> values)
    {
        double max = values.IsEmpty ? double.NaN : values[0];
        foreach (double value in values)
        {
            max = value > max ? value : max;
        }

        return max;
    }

    /// <summary>The quantile of sorted values by linear interpolation at (n − 1)·q (Hyndman and Fan's type 7, the default of NumPy, pandas and R). NaN when empty.</summary>
    internal static double Quantile(ReadOnlySpan<double> sorted, double q) => sorted.IsEmpty ? double.NaN : SortedQuantile.Linear(sorted, q);
}
