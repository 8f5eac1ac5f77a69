namespace MlOps.Drift;

/// <summary>A sample of finite numbers in ascending order: sorted once, then used by as many statistics as one likes.</summary>
/// <remarks>Immutable, so it may be shared between threads. Sorting takes time linear in the number of values.</remarks>
public sealed class SortedSample
{
    private readonly double[] _values;
    private readonly Lazy<(double Mean, double StandardDeviation)> _moments;

    private SortedSample(double[] sorted)
    {
        _values = sorted;
        _moments = new Lazy<(double, double)>(Moments);
    }

    /// <summary>Gets the number of values, at least 1.</summary>
    public int Count => _values.Length;

    /// <summary>Gets the values in ascending order.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Gets the smallest value.</summary>
    public double Min => _values[0];

    /// <summary>Gets the largest value.</summary>
    public double Max => _values[^1];

    /// <summary>Gets the arithmetic mean, in the unit of the values.</summary>
    public double Mean => _moments.Value.Mean;

    /// <summary>Gets the standard deviation with divisor n (not n − 1), in the unit of the values; 0 for a constant sample.</summary>
    public double StandardDeviation => _moments.Value.StandardDeviation;

    /// <summary>Copies and sorts a sample.</summary>
    /// <param name="values">At least one value, all finite. Leave missing values out first.</param>
    /// <exception cref="ArgumentException">There is no value, or some are NaN or infinite; the message says how many.</exception>
    public static SortedSample Of(ReadOnlySpan<double> values) => Of(values, nameof(values));

    /// <summary>Returns the number of values ≤ <paramref name="x"/>. O(log n).</summary>
    public int CountAtMost(double x) => FirstIndex(x, orEqual: true);

    /// <summary>Returns the number of values &lt; <paramref name="x"/>. O(log n).</summary>
    public int CountBelow(double x) => FirstIndex(x, orEqual: false);

    /// <summary>Returns a quantile, interpolated linearly between neighbours: position <c>(n − 1) · p</c>, counted from 0.</summary>
    /// <remarks>The default of NumPy and R. Source: R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages",
    /// The American Statistician 50 (1996), definition 7.</remarks>
    /// <param name="p">The share of the sample below the quantile, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is outside [0, 1] or NaN.</exception>
    public double Quantile(double p) => SortedQuantile.Linear(_values, Guard.Share(p));

    /// <summary>As <see cref="Of(ReadOnlySpan{double})"/>, naming the caller's argument when it is refused.</summary>
    internal static SortedSample Of(ReadOnlySpan<double> values, string name)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException($"{name} needs at least one value; it has none.", name);
        }

        double[] sorted = GC.AllocateUninitializedArray<double>(values.Length);
        values.CopyTo(sorted);
        return FromOwned(sorted, name);
    }

    /// <summary>Sorts an array in place and keeps it: the caller must not use it afterwards.</summary>
    internal static SortedSample FromOwned(double[] values, string name)
    {
        RadixSort.Sort(values);

        // Whatever is not finite has been sorted to one of the ends.
        if (!double.IsFinite(values[0]) || !double.IsFinite(values[^1]))
        {
            throw NotFinite(values, name);
        }

        return new SortedSample(values);
    }

    private static ArgumentException NotFinite(ReadOnlySpan<double> values, string name)
    {
        int nan = 0;
        int infinite = 0;
        foreach (double value in values)
        {
            nan += double.IsNaN(value) ? 1 : 0;
            infinite += double.IsInfinity(value) ? 1 : 0;
        }

        return new ArgumentException(
            $"{name} needs finite numbers; of its {values.Length} values {nan} are NaN and {infinite} infinite. Leave missing values out first.",
            name);
    }

    private int FirstIndex(double x, bool orEqual)
    {
        int low = 0;
        int high = _values.Length;
        while (low < high)
        {
            int middle = (int)(((uint)low + (uint)high) >> 1);
            bool below = orEqual ? _values[middle] <= x : _values[middle] < x;
            if (below)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private (double Mean, double StandardDeviation) Moments()
    {
        // Two passes around a first guess of the centre: no large squares that cancel.
        double centre = _values[_values.Length / 2];
        double shift = 0;
        foreach (double value in _values)
        {
            shift += value - centre;
        }

        double mean = centre + (shift / Count);
        double squares = 0;
        double rest = 0; // 0 but for the rounding of the mean, which far from 0 is no small thing
        foreach (double value in _values)
        {
            double deviation = value - mean;
            squares += deviation * deviation;
            rest += deviation;
        }

        double excess = rest * rest / Count;
        return (mean, Min == Max ? 0 : Math.Sqrt((excess < squares ? squares - excess : squares) / Count)); // near 1e308 both are infinite
    }
}
