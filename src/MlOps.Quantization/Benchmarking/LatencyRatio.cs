using System.Globalization;
using MathNet.Numerics.Statistics;
using MlOps.Learning.Metrics;

namespace MlOps.Quantization.Benchmarking;

/// <summary>How much longer a model runs than another: median of its times / median of the other's.</summary>
/// <param name="Model">The model.</param>
/// <param name="Baseline">The model it is compared with.</param>
/// <param name="Batch">Rows of one run.</param>
/// <param name="Threads">Threads of a run; 0 is every core.</param>
/// <param name="Ratio">The ratio with its interval: 0.5 is half the time, 1 equal, 2 twice as long.</param>
public sealed record LatencyRatio(string Model, string Baseline, int Batch, int Threads, BootstrapInterval Ratio)
{
    private const int Resamples = 1000;
    private const double Negligible = 0.03;

    /// <summary>Gets whether the whole interval lies below 1.</summary>
    public bool IsFaster => Ratio.High < 1;

    /// <summary>Gets whether the whole interval lies above 1.</summary>
    public bool IsSlower => Ratio.Low > 1;

    /// <summary>Gets whether the interval holds 1, or the ratio is within 3 % of it: what the layout of memory alone can do, so that it is no reason to choose.</summary>
    public bool IsAlike => !(IsFaster || IsSlower) || Math.Abs(Ratio.Estimate - 1) <= Negligible;

    /// <summary>Compares run times that were measured in turn.</summary>
    /// <param name="model">Times of a model.</param>
    /// <param name="baseline">Times of the other in the same setting and the same rounds.</param>
    /// <param name="seed">Of the bootstrap.</param>
    /// <remarks>A 95 % percentile bootstrap of 1,000 resamples. It draws rounds, so that what hit both models in a round stays together.</remarks>
    /// <exception cref="ArgumentException">The settings or the numbers of runs differ.</exception>
    public static LatencyRatio Of(ModelLatency model, ModelLatency baseline, int seed = 7)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(baseline);
        if ((model.Batch, model.Threads, model.Milliseconds.Count) != (baseline.Batch, baseline.Threads, baseline.Milliseconds.Count))
        {
            throw new ArgumentException($"'{model.Model}' and '{baseline.Model}' were not measured in the same setting and as often.", nameof(model));
        }

        double[] ours = [.. model.Milliseconds];
        double[] theirs = [.. baseline.Milliseconds];
        double Medians(int[] rounds) => Median(ours, rounds) / Median(theirs, rounds);
        return new LatencyRatio(model.Model, baseline.Model, model.Batch, model.Threads, Bootstrap.Interval(ours.Length, Medians, Resamples, seed: seed));
    }

    /// <summary>Returns a sentence: <c>int8.onnx is 1.8× slower than float.onnx [1.7, 1.9] (batch 1, 2 threads)</c>.</summary>
    public override string ToString()
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        string setting = string.Create(culture, $"batch {Batch}, {(Threads == 0 ? "every core" : Threads == 1 ? "1 thread" : $"{Threads} threads")}");
        return IsAlike ? string.Create(culture, $"{Model} takes about as long as {Baseline}, {Ratio.Estimate:0.00}× the time [{Ratio.Low:0.00}, {Ratio.High:0.00}] ({setting})")
            : IsFaster ? string.Create(culture, $"{Model} is {1 / Ratio.Estimate:0.0#}× faster than {Baseline} [{1 / Ratio.High:0.0#}, {1 / Ratio.Low:0.0#}] ({setting})")
            : string.Create(culture, $"{Model} is {Ratio.Estimate:0.0#}× slower than {Baseline} [{Ratio.Low:0.0#}, {Ratio.High:0.0#}] ({setting})");
    }

    private static double Median(double[] times, int[] rounds) => ArrayStatistics.MedianInplace(Array.ConvertAll(rounds, round => times[round]));
}
