using MlOps.Charts;

namespace MlOps.Quantization.Arithmetic;

/// <summary>Pictures of what quantization does to numbers.</summary>
public static class QuantizationCharts
{
    private const int Points = 1200;

    /// <summary>Draws which value comes back for each value that goes in: a staircase along the diagonal, flat where codes saturate; below it the error with its band of ± half a step.</summary>
    /// <param name="parameters">Scale, zero point and type.</param>
    /// <param name="from">The smallest value.</param>
    /// <param name="to">The largest value, above <paramref name="from"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is not finite, or they are in the wrong order.</exception>
    public static Figure Staircase(QuantizationParameters parameters, double from, double to)
    {
        Guard.Finite(from);
        Guard.Finite(to);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        double[] x = [.. Enumerable.Range(0, Points).Select(i => from + ((to - from) * i / (Points - 1)))];
        double[] back = [.. x.Select(value => (double)parameters.Dequantize(parameters.Quantize((float)value)))];
        double[] error = [.. back.Zip(x, (after, before) => after - before)];
        double half = parameters.Scale / 2;
        string what = FormattableString.Invariant($"{parameters.Type}, scale {parameters.Scale:G4}, zero point {parameters.ZeroPoint}");
        string finding = Math.Max(-error.Min(), error.Max()) > 1.01 * half
            ? "Inside its range a code is off by half a step; outside, by ever more"
            : "A code is off by half a step at most";

        Figure stairs = Chart.Line(x, x, "value", Role.Reference, markers: false).Add(Chart.Line(x, back, "after quantization", Role.Current, markers: false))
            .Titled("What comes back").XAxis("value that goes in").YAxis("value that comes back");
        Figure errors = Chart.Line(x, error, "error", Role.Current, markers: false).Band(-half, half, "± half a step")
            .Titled("The error").XAxis("value that goes in").YAxis("came back − went in");
        return Chart.Grid(1, stairs, errors).Titled(finding, what);
    }

    /// <summary>Draws how many values get each code. A few tall bars mean that most codes are wasted on values that hardly occur.</summary>
    /// <param name="values">n ≥ 1 values.</param>
    /// <param name="parameters">Scale, zero point and a type of at most 8 bits.</param>
    /// <exception cref="ArgumentException">There is no value, or codes have 16 bits.</exception>
    public static Figure CodeHistogram(ReadOnlySpan<float> values, QuantizationParameters parameters)
    {
        if (values.IsEmpty || parameters.Type.Bits() > 8)
        {
            throw new ArgumentException($"The chart needs a value and codes of at most 8 bits; got {values.Length} values and {parameters.Type}.", nameof(values));
        }

        var codes = new int[values.Length];
        parameters.Quantize(values, codes);
        int first = parameters.Type.Minimum();
        var counts = new double[parameters.Type.Maximum() - first + 1];
        foreach (int code in codes)
        {
            counts[code - first]++;
        }

        int used = counts.Count(count => count > 0);
        double zero = counts[parameters.ZeroPoint - first] / values.Length;
        return Chart.Bar(Enumerable.Range(first, counts.Length).ToArray(), counts, "values", Role.Current)
            .Titled(FormattableString.Invariant($"{used} of {counts.Length} codes are used; {100 * zero:0.#} % of the values become 0"), FormattableString.Invariant($"n = {values.Length:#,0}, {parameters.Type}, scale {parameters.Scale:G4}, zero point {parameters.ZeroPoint}"))
            .XAxis("code")
            .YAxis("values");
    }
}
