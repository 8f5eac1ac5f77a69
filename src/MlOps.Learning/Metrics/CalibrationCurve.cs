using MlOps.Charts;

namespace MlOps.Learning.Metrics;

/// <summary>Reliability diagram: of the rows that were given about 70 %, do 70 % come true?</summary>
/// <param name="Bins">The bins that hold rows, rising.</param>
/// <param name="Count">n.</param>
/// <remarks>
/// A bin is <c>(lower, upper]</c>, the first with its lower edge. Bins, mean and fraction are those of scikit-learn's <c>calibration_curve</c>; empty bins are left out.
/// <para>Source: M. P. Naeini, G. F. Cooper, M. Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI 2015 (ECE, MCE).</para>
/// </remarks>
public sealed record CalibrationCurve(IReadOnlyList<CalibrationBin> Bins, int Count)
{
    /// <summary>Below this many rows a fraction is uncertain enough to be drawn with its error.</summary>
    private const int SmallSample = 1000;

    /// <summary>The 97.5 % quantile of the standard normal law.</summary>
    private const double NormalQuantile = 1.959964;

    /// <summary>Gets the expected calibration error: <c>Σ (n_b / n) · gap_b</c>, in [0, 1]; 0 is calibrated over these bins.</summary>
    /// <remarks>Depends on the bins, and is above 0 by chance alone when bins are small.</remarks>
    public double ExpectedCalibrationError => Bins.Sum(bin => (double)bin.Count / Count * bin.Gap);

    /// <summary>Gets the maximum calibration error: the largest gap of any bin, in [0, 1].</summary>
    public double MaximumCalibrationError => Bins.Max(bin => bin.Gap);

    /// <summary>Computes the curve of n rows.</summary>
    /// <param name="truth">What happened: n ≥ 1 rows.</param>
    /// <param name="probabilities">The probability given to <c>true</c>, in [0, 1].</param>
    /// <param name="bins">The number of bins, ≥ 1.</param>
    /// <param name="binning">Bins of equal width or of equally many rows.</param>
    /// <exception cref="ArgumentException">No row, unequal lengths, or a value that is no probability.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is below 1.</exception>
    public static CalibrationCurve Of(
        ReadOnlySpan<bool> truth, ReadOnlySpan<double> probabilities, int bins = 10, CalibrationBinning binning = CalibrationBinning.Uniform)
    {
        int n = MetricInputs.Rows(truth.Length, probabilities.Length, nameof(probabilities));
        MetricInputs.Probabilities(probabilities, nameof(probabilities));
        double[] edges = Edges(probabilities, Guard.AtLeast(bins, 1), binning);
        var counts = new int[bins];
        var said = new double[bins];
        var came = new int[bins];
        for (int i = 0; i < n; i++)
        {
            int bin = BinOf(edges, probabilities[i]);
            counts[bin]++;
            said[bin] += probabilities[i];
            came[bin] += truth[i] ? 1 : 0;
        }

        return new CalibrationCurve(
            [.. Enumerable.Range(0, bins).Where(b => counts[b] > 0).Select(b => new CalibrationBin(edges[b], edges[b + 1], counts[b], said[b] / counts[b], (double)came[b] / counts[b]))],
            n);
    }

    /// <summary>Draws what came true over what was said, beside the diagonal of perfect calibration; with 95 % errors where a bin is small.</summary>
    public Figure Chart()
    {
        double[] said = [.. Bins.Select(bin => bin.MeanPredicted)];
        double[] came = [.. Bins.Select(bin => bin.FractionPositive)];
        Figure points = MlOps.Charts.Chart.Line(said, came, "model", Role.Current, markers: true);
        if (Bins.Any(bin => bin.Count < SmallSample))
        {
            (double Below, double Above)[] errors = [.. Bins.Select(Wilson)];
            points = points.WithErrors((double[])[.. errors.Select(e => e.Below)], (double[])[.. errors.Select(e => e.Above)]);
        }

        double ece = ExpectedCalibrationError;
        return points
            .Add(MlOps.Charts.Chart.Line([0, 1], [0, 1], "calibrated", Role.Reference, markers: false))
            .Titled(FormattableString.Invariant($"What is said and what happens differ by {ece:0.0 %} on average"), FormattableString.Invariant($"n = {Count:#,0} in {Bins.Count} bins; ECE {ece:0.0000}, MCE {MaximumCalibrationError:0.0000}"))
            .XAxis("mean predicted probability", min: 0, max: 1)
            .YAxis("share that came true", min: 0, max: 1);
    }

    /// <summary>Wilson's 95 % interval around a fraction: unlike the normal one it has a width where nothing or everything came true.</summary>
    /// <remarks>Source: E. B. Wilson, J. Am. Statist. Assoc. 22 (1927) 209–212.</remarks>
    private static (double Below, double Above) Wilson(CalibrationBin bin)
    {
        double f = bin.FractionPositive;
        double squared = NormalQuantile * NormalQuantile / bin.Count;
        double centre = (f + (squared / 2)) / (1 + squared);
        double half = Math.Sqrt((f * (1 - f) * squared) + (squared * squared / 4)) / (1 + squared);
        return (Math.Max(0, f - centre + half), Math.Max(0, centre + half - f));
    }

    private static double[] Edges(ReadOnlySpan<double> probabilities, int bins, CalibrationBinning binning)
    {
        double step = 1.0 / bins;
        double[] edges = [.. Enumerable.Range(0, bins).Select(i => i * step), 1];
        if (binning == CalibrationBinning.Uniform)
        {
            return edges;
        }

        if (binning != CalibrationBinning.Quantile)
        {
            throw new ArgumentOutOfRangeException(nameof(binning), binning, "Unknown binning.");
        }

        double[] sorted = probabilities.ToArray();
        RadixSort.Sort(sorted);
        return Array.ConvertAll(edges, q => SortedQuantile.Linear(sorted, q * 100 / 100)); // NumPy takes per cent: the same rounding, the same edge
    }

    private static int BinOf(double[] edges, double probability)
    {
        int low = 1, high = edges.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = edges[middle] < probability ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}
