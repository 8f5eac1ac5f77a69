namespace MlOps.Drift.Quality;

/// <summary>One statistic of a column that arrives in parts. Not thread-safe.</summary>
/// <remarks>Mean and standard deviation join parts by their means and sums of squares and need no memory; a quantile keeps every value, 8 bytes each.
/// <para>Source: T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for Computing the Sample Variance", Am. Stat. 37 (1983), eq. 2.1.</para></remarks>
internal sealed class StatisticAccumulator(SummaryStatistic statistic, double q)
{
    private readonly List<double[]> _values = [];
    private double _mean;
    private double _squares;

    /// <summary>Gets the number of values, NaN left out.</summary>
    internal long Count { get; private set; }

    /// <summary>Gets the number of infinite values.</summary>
    internal long Infinite { get; private set; }

    internal void Add(ReadOnlySpan<double> values)
    {
        double sum = 0;
        int count = 0;
        int infinite = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                sum += value;
                count++;
                infinite += double.IsInfinity(value) ? 1 : 0;
            }
        }

        Infinite += infinite;
        if (count == 0)
        {
            return;
        }

        if (statistic is SummaryStatistic.Median or SummaryStatistic.Quantile)
        {
            Keep(values, count);
            Count += count;
            return;
        }

        double mean = sum / count;
        double squares = 0;
        double lost = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                double distance = value - mean;
                squares += distance * distance;
                lost += distance; // what rounding has left in the mean
            }
        }

        mean += double.IsFinite(lost) ? lost / count : 0;
        Join(count, mean, squares);
    }

    /// <summary>The statistic of all values; NaN where there are too few, or where infinite values leave it undefined.</summary>
    internal double Value()
    {
        switch (statistic)
        {
            case SummaryStatistic.Mean:
                return Count == 0 ? double.NaN : _mean;
            case SummaryStatistic.StandardDeviation:
                return Count < 2 || Infinite > 0 ? double.NaN : Math.Sqrt(_squares / (Count - 1));
            default:
                return Quantile();
        }
    }

    private void Join(int count, double mean, double squares)
    {
        double total = Count + count;
        double distance = mean - _mean;
        _squares += squares + (distance * distance * (Count * (count / total)));
        _mean = Count == 0 ? mean : _mean + (distance * (count / total));
        Count += count;
    }

    private void Keep(ReadOnlySpan<double> values, int count)
    {
        double[] kept = new double[count];
        int next = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                kept[next++] = value;
            }
        }

        _values.Add(kept);
    }

    private double Quantile()
    {
        if (Count == 0)
        {
            return double.NaN;
        }

        double[] all = _values.Count == 1 ? _values[0] : new double[checked((int)Count)];
        if (_values.Count > 1)
        {
            int start = 0;
            foreach (double[] part in _values)
            {
                part.CopyTo(all, start);
                start += part.Length;
            }

            _values.Clear();
            _values.Add(all);
        }

        RadixSort.Sort(all);
        return SortedQuantile.Linear(all, q);
    }
}

/// <summary>Compares one statistic of a column with a band.</summary>
internal sealed class StatisticTest(string column, string name, StatisticAccumulator statistic, Func<double, bool> holds, Func<double, string> observed, string expected) : ExpectationTest
{
    internal override void Add(PartView part, RowMask failing)
    {
        statistic.Add(part.Numbers(column));
        Evaluated = statistic.Count;
    }

    internal override TestVerdict Finish(long failing)
    {
        if (Evaluated == 0)
        {
            return TestVerdict.Nothing("There is nothing to evaluate: no value to judge.");
        }

        double value = statistic.Value();
        string infinite = statistic.Infinite == 0 ? "" : $" with {Wording.Count(statistic.Infinite, "infinite value")}";
        string text = double.IsNaN(value) ? $"undefined{infinite}" : observed(value) + infinite;
        bool passed = holds(value);
        return TestVerdict.Of(passed, text, $"The {name} of {Wording.Count(Evaluated, "value")} is {text}; {(passed ? "within" : "expected is")} {expected}.");
    }
}
