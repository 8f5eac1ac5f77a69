using MlOps.Charts;
using MlOps.Onnx;

namespace MlOps.Quantization.Calibration;

/// <summary>Pictures of how ranges are chosen.</summary>
public static class CalibrationCharts
{
    private const int Bars = 100;

    /// <summary>Draws the distribution of one value inside a model, and below it the range that each method gives it.</summary>
    /// <param name="file">The model; it is not changed.</param>
    /// <param name="data">Rows to run it on.</param>
    /// <param name="value">Name of a value that holds 32-bit floats.</param>
    /// <param name="methods">The methods to compare; all four with their defaults when empty.</param>
    /// <exception cref="ArgumentException">There are no rows, or the value never changed, so that there is no distribution.</exception>
    /// <exception cref="OnnxException">As for <see cref="Calibrator.Ranges"/>.</exception>
    public static Figure Ranges(OnnxFile file, ModelData data, string value, params IReadOnlyList<RangeMethod> methods)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        ArgumentNullException.ThrowIfNull(methods);
        RangeMethod[] compared = methods.Count > 0 ? [.. methods] : [RangeMethod.MinMax, RangeMethod.Percentile, RangeMethod.Entropy, RangeMethod.MeanSquaredError];
        CalibratedValue[] found = [.. compared.Select(method => Calibrator.Ranges(file, data, [value], method).Values[value])];
        ActivationHistogram histogram = found.FirstOrDefault(one => one.Histogram is not null)?.Histogram
            ?? Calibrator.Ranges(file, data, [value], RangeMethod.Percentile).Values[value].Histogram
            ?? throw new ArgumentException($"'{value}' was the same number every time: there is no distribution to draw.", nameof(value));
        ActivationStatistics seen = found[0].Statistics;
        (double[] centres, double[] counts) = Bins(histogram, seen);
        double narrowest = found.Min(one => one.Range.Max - one.Range.Min);
        double widest = found.Max(one => one.Range.Max - one.Range.Min);
        string finding = narrowest < 0.95 * widest
            ? FormattableString.Invariant($"{compared[Array.FindIndex(found, one => one.Range.Max - one.Range.Min == narrowest)].Name} takes {100 * narrowest / widest:0} % of the widest range, so its steps are finer")
            : "All methods take nearly the same range";
        Figure distribution = Chart.Area(centres, counts, "numbers", Role.Current)
            .Titled("The distribution", FormattableString.Invariant($"{100 * seen.ShareOfZeros:0.#} % of the numbers are 0"))
            .XAxis("value").YAxis("lg (1 + numbers in the bin)");
        Figure ranges = Chart.Spans(
                compared.Select(method => method.Name).ToArray(), found.Select(one => one.Range.Min).ToArray(), found.Select(one => one.Range.Max).ToArray(),
                found.Select(one => FormattableString.Invariant($"{one.Range.Min:G3} to {one.Range.Max:G3}")).ToArray())
            .Titled("The range of each method", "what lies outside saturates").XAxis("value");
        return Chart.Grid(1, distribution, ranges).Titled(finding, FormattableString.Invariant($"{value}: {seen.Count:#,0} numbers from {data.RowCount:#,0} rows"));
    }

    /// <summary>The histogram between the extremes in fewer bins, on a logarithmic scale: tails are what the methods differ in.</summary>
    private static (double[] Centres, double[] Counts) Bins(ActivationHistogram histogram, ActivationStatistics seen)
    {
        double min = Math.Max(seen.Min, -histogram.Limit);
        double width = (Math.Min(seen.Max, histogram.Limit) - min) / Bars;
        var counts = new double[Bars];
        for (int i = 0; i < histogram.Counts.Count; i++)
        {
            int bar = (int)((((histogram.Edge(i) + histogram.Edge(i + 1)) / 2) - min) / width);
            counts[Math.Clamp(bar, 0, Bars - 1)] += histogram.Counts[i];
        }

        return ([.. Enumerable.Range(0, Bars).Select(i => min + ((i + 0.5) * width))], [.. counts.Select(count => Math.Log10(1 + count))]);
    }
}
