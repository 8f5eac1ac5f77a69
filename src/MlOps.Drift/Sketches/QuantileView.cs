namespace MlOps.Drift.Sketches;

/// <summary>What a quantile sketch knows at one moment, in a form to be asked: rising values, each with the number of values up to it.</summary>
internal sealed class QuantileView
{
    private readonly double[] _values;
    private readonly long[] _atMost;

    /// <summary>Sorts weighted values in place, sets equal ones together and adds up.</summary>
    internal QuantileView(Moments moments, double[] values, long[] weights)
    {
        Moments = moments;
        Array.Sort(values, weights);
        int last = -1;
        long total = 0;
        for (int i = 0; i < values.Length; i++)
        {
            total += weights[i];
            if (last < 0 || values[i] != values[last])
            {
                last++;
            }

            values[last] = values[i];
            weights[last] = total;
        }

        _values = values[..(last + 1)];
        _atMost = weights[..(last + 1)];
    }

    internal Moments Moments { get; }

    internal long CountAtMost(double x)
    {
        int index = FirstAbove(x);
        return index == 0 ? 0 : _atMost[index - 1];
    }

    internal long CountBelow(double x)
    {
        int found = _values.AsSpan().BinarySearch(x);
        int index = found >= 0 ? found : ~found;
        return index == 0 ? 0 : _atMost[index - 1];
    }

    /// <summary>As <see cref="SortedSample.Quantile"/>, each value standing there as often as it weighs.</summary>
    internal double Quantile(double p)
    {
        double position = (Moments.Count - 1) * p;
        long below = (long)position;
        double weight = position - below;
        double low = ValueAt(below);
        return weight == 0 ? low : SortedQuantile.Between(low, ValueAt(below + 1), weight);
    }

    /// <summary>As <see cref="MergedWalk"/>, over weighted values.</summary>
    internal static (double Gap, double Location, double Area) Compare(QuantileView reference, QuantileView current)
    {
        (double[] a, double[] b) = (reference._values, current._values);
        (double n, double m) = (reference.Moments.Count, current.Moments.Count);
        double largest = 0;
        double location = Math.Min(a[0], b[0]);
        double previous = location;
        double area = 0;
        double gap = 0;
        int i = 0;
        int j = 0;
        while (i < a.Length || j < b.Length)
        {
            double next = j == b.Length || (i < a.Length && a[i] <= b[j]) ? a[i] : b[j];
            area += gap == 0 ? 0 : gap * (next - previous); // not 0 · ∞ where the step exceeds the range of double
            i += i < a.Length && a[i] == next ? 1 : 0;
            j += j < b.Length && b[j] == next ? 1 : 0;

            // Quotients of equal shares are equal to the last bit: equal laws have no gap at all.
            gap = Math.Abs((i == 0 ? 0 : reference._atMost[i - 1] / n) - (j == 0 ? 0 : current._atMost[j - 1] / m));
            if (gap > largest)
            {
                (largest, location) = (gap, next);
            }

            previous = next;
        }

        return (largest, location, area);
    }

    /// <summary>The value at a place of the sorted order, counted from 0. The ends are exact.</summary>
    private double ValueAt(long place)
    {
        if (place == 0 || place == Moments.Count - 1)
        {
            return place == 0 ? Moments.Min : Moments.Max;
        }

        int found = _atMost.AsSpan().BinarySearch(place);
        return _values[found >= 0 ? found + 1 : ~found]; // the first with more than `place` values up to it
    }

    private int FirstAbove(double x)
    {
        int found = _values.AsSpan().BinarySearch(x);
        return found >= 0 ? found + 1 : ~found;
    }
}
