using System.Globalization;

namespace MlOps.Drift.Sketches;

public sealed partial class QuantileSketch
{
    /// <summary>Of the error: the probability that a rank is further off.</summary>
    private const double ErrorProbability = 0.01;

    /// <summary>Gets ε: one rank is off by at most ε·n with probability 0.99; 0 while the sketch is exact.</summary>
    public double RankError => IsExact ? 0 : RankErrorOf(Accuracy);

    /// <summary>Gets the error of all ranks at once, as a share of n, with probability 0.99; 0 while the sketch is exact.</summary>
    public double RankErrorEverywhere => IsExact ? 0 : EverywhereOf(Accuracy, 1);

    /// <summary>Returns ε of a sketch that is not exact: <c>√(ln 200) / k</c>.</summary>
    /// <param name="accuracy">k ≥ 16.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="accuracy"/> is below 16.</exception>
    public static double RankErrorOf(int accuracy) => Math.Sqrt(Math.Log(2 / ErrorProbability)) / Guard.AtLeast(accuracy, SmallestAccuracy);

    /// <summary>Returns a quantile, with the rank error of the sketch; interpolated linearly between neighbours as NumPy and R do.</summary>
    /// <param name="p">The share of the values below the quantile, in [0, 1]; 0 gives the exact smallest and 1 the exact largest value.</param>
    /// <exception cref="InvalidOperationException">The sketch has no value.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is outside [0, 1] or NaN.</exception>
    public double Quantile(double p) => RequireValues().Quantile(Guard.Share(p));

    /// <summary>Returns the number of values &lt; <paramref name="x"/>, with the rank error of the sketch; 0 for NaN.</summary>
    public long CountBelow(double x) => View.CountBelow(x);

    /// <summary>Returns the number of values ≤ <paramref name="x"/>, with the rank error of the sketch; 0 for NaN.</summary>
    public long CountAtMost(double x) => View.CountAtMost(x);

    /// <summary>Returns F(x), the share of the values ≤ <paramref name="x"/>, in [0, 1], with the rank error of the sketch.</summary>
    /// <exception cref="InvalidOperationException">The sketch has no value.</exception>
    public double Cdf(double x) => (double)RequireValues().CountAtMost(x) / Count;

    /// <inheritdoc/>
    public override string ToString() => Count == 0
        ? string.Create(CultureInfo.InvariantCulture, $"no values, {Missing:N0} missing, {Infinite:N0} infinite")
        : string.Create(CultureInfo.InvariantCulture, $"{Count:N0} values, {Missing:N0} missing, {Infinite:N0} infinite; {Min:G6} – {Quantile(0.5):G6} – {Max:G6}, ranks ± {100 * RankError:0.##} %");

    /// <summary>The error of the difference of two distribution functions everywhere at once.</summary>
    internal static double GapError(QuantileSketch a, QuantileSketch b) => (a.IsExact, b.IsExact) switch
    {
        (true, true) => 0,
        (false, false) when a.Accuracy == b.Accuracy => EverywhereOf(a.Accuracy, 2),
        _ => a.RankErrorEverywhere + b.RankErrorEverywhere,
    };

    /// <summary>The values as a sample: all of them, or evenly spaced quantiles in their place.</summary>
    /// <remarks>The rules that cut bins and histograms ask samples. 25,200 is divisible by every customary number of bins, so that their edges
    /// are quantiles of the sketch itself.</remarks>
    internal SortedSample ToSample()
    {
        const int Steps = 25_200;
        QuantileView view = RequireValues();
        if (IsExact)
        {
            return SortedSample.Of(_input.AsSpan(0, _inputCount));
        }

        double[] quantiles = new double[Steps + 1];
        for (int i = 0; i <= Steps; i++)
        {
            quantiles[i] = view.Quantile((double)i / Steps);
        }

        return SortedSample.Of(quantiles);
    }

    /// <summary>The largest gap of two distribution functions, where it lies, and the area between them.</summary>
    internal static (double Gap, double Location, double Area) Compare(QuantileSketch reference, QuantileSketch current) =>
        QuantileView.Compare(reference.RequireValues(), current.RequireValues());

    /// <summary>A grid of k ranks a sketch, each with the values below and up to it: 2k ranks that are at most so far off, and 1/k between them.</summary>
    private static double EverywhereOf(int accuracy, int sketches) =>
        (Math.Sqrt(sketches * Math.Log(2 * 2 * sketches * accuracy / ErrorProbability)) + sketches) / accuracy;

    private QuantileView RequireValues() =>
        Count > 0 ? View : throw new InvalidOperationException($"The sketch has no finite value ({Missing} missing, {Infinite} infinite), so it has no quantiles.");

    private QuantileView MakeView()
    {
        ReadOnlySpan<double> waiting = _input.AsSpan(0, _inputCount);
        double[] values = new double[Retained];
        long[] weights = new long[values.Length];
        waiting.CopyTo(values);
        weights.AsSpan(0, waiting.Length).Fill(1);
        int next = waiting.Length;
        for (int h = 0; h < _runs.Count; h++)
        {
            if (_runs[h] is { } run)
            {
                run.CopyTo(values, next);
                weights.AsSpan(next, run.Length).Fill((long)InputRatio << h);
                next += run.Length;
            }
        }

        return new QuantileView(_settled.With(Moments.Of(waiting)), values, weights);
    }
}
