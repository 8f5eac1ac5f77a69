using System.Globalization;
using MathNet.Numerics.Distributions;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Simulation;

/// <summary>How a streaming detector behaved on made streams: how often it cried wolf, and how long it took to see a real change.</summary>
/// <param name="Runs">The number of streams.</param>
/// <param name="QuietValues">Values seen before the change, over all runs.</param>
/// <param name="FalseAlarms">Alarms among them. The detector starts afresh after each.</param>
/// <param name="Delays">One entry a run, in the order of the runs: values from the change to the first alarm, the alarming one included (1 is the
/// fastest possible); +∞ where the change was missed.</param>
public sealed record StreamSimulation(int Runs, long QuietValues, long FalseAlarms, IReadOnlyList<double> Delays)
{
    private const double Tail = 0.025;

    /// <summary>Gets the false alarms per value, in [0, 1].</summary>
    public double FalseAlarmRate => (double)FalseAlarms / QuietValues;

    /// <summary>Gets the 95 % interval of <see cref="FalseAlarmRate"/>, taking the alarms for a Poisson count.</summary>
    /// <remarks>Source: F. Garwood, "Fiducial Limits for the Poisson Distribution", Biometrika 28 (1936).</remarks>
    public (double Low, double High) FalseAlarmInterval => (
        FalseAlarms == 0 ? 0 : ChiSquared.InvCDF(2.0 * FalseAlarms, Tail) / 2 / QuietValues,
        ChiSquared.InvCDF((2.0 * FalseAlarms) + 2, 1 - Tail) / 2 / QuietValues);

    /// <summary>Gets the mean number of quiet values between false alarms; +∞ if there was none.</summary>
    public double ValuesBetweenFalseAlarms => FalseAlarms == 0 ? double.PositiveInfinity : (double)QuietValues / FalseAlarms;

    /// <summary>Gets the share of runs that did not see the change.</summary>
    public double MissedShare => Delays.Count(double.IsPositiveInfinity) / (double)Runs;

    /// <summary>Gets the delay that half of the runs stay below; +∞ if half of them missed the change.</summary>
    public double MedianDelay => DelayQuantile(0.5);

    /// <summary>Returns the delay that a share of the runs does not exceed: the ⌈p·runs⌉-th smallest, missed changes counting as +∞.</summary>
    /// <param name="p">The share, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is outside [0, 1] or NaN.</exception>
    public double DelayQuantile(double p)
    {
        double[] sorted = [.. Delays.Order()];
        return sorted[Math.Max(0, (int)Math.Ceiling(Guard.Share(p) * sorted.Length) - 1)];
    }

    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <summary>Returns the finding in one line.</summary>
    public override string ToString()
    {
        (double low, double high) = FalseAlarmInterval;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{1000 * FalseAlarmRate:0.###} false alarms per 1,000 values (95 %: {1000 * low:0.###} to {1000 * high:0.###}); change seen after {MedianDelay:0} values in half of {Runs} runs, {DelayQuantile(0.9):0} in nine of ten; {100 * MissedShare:0.#} % missed");
    }
}
