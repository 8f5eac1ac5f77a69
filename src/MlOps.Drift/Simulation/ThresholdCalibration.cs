using MathNet.Numerics.Distributions;
using MlOps.Data;
using MlOps.Drift.Streaming;

namespace MlOps.Drift.Simulation;

/// <summary>Chooses thresholds for a budget of false alarms, by simulation on data of your own kind instead of by a rule of thumb.</summary>
public static class ThresholdCalibration
{
    private const double Tail = 0.025;

    /// <summary>Chooses a streaming detector's threshold.</summary>
    /// <param name="detector">Makes a fresh detector with a threshold, such as <c>limit => new PageHinkley(threshold: limit)</c>.</param>
    /// <param name="thresholds">What to try, at least one.</param>
    /// <param name="before">Draws one value of the quiet stream.</param>
    /// <param name="after">Draws one value after the change that must be seen.</param>
    /// <param name="budget">Affordable false alarms per value, in (0, 1): 0.001 is one in a thousand values.</param>
    /// <param name="options">Runs, lengths and seed; the defaults if null.</param>
    /// <param name="progress">Receives the share of finished thresholds, rising to 1.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    /// <remarks>A candidate is within the budget when the <i>upper end</i> of the 95 % interval of its false-alarm rate is: not by the luck of one
    /// seed. Simulate enough quiet values for that: no false alarm in n values bounds the rate by 3.7 / n.</remarks>
    /// <exception cref="ArgumentException">There is no threshold, or the simulation is too short to show that a rate within the budget is within the budget.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="budget"/> is not above 0 and below 1.</exception>
    public static DetectorChoice ForStream(
        Func<double, IDriftDetector> detector,
        IEnumerable<double> thresholds,
        Func<Random, double> before,
        Func<Random, double> after,
        double budget,
        SimulationOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(thresholds);
        Between0And1(budget);
        options ??= new SimulationOptions();
        double[] tried = [.. thresholds.Distinct().Order()];
        if (tried.Length == 0)
        {
            throw new ArgumentException("Give at least one threshold to try.", nameof(thresholds));
        }

        double smallestBound = new StreamSimulation(options.Runs, (long)options.Runs * options.ValuesBefore, 0, []).FalseAlarmInterval.High;
        if (smallestBound > budget)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{options.Runs} runs of {options.ValuesBefore} quiet values cannot show a rate below {smallestBound:G2}, but the budget is {budget:G2}: simulate more runs or longer ones."),
                nameof(options));
        }

        var candidates = new List<DetectorCandidate>();
        foreach (double threshold in tried)
        {
            candidates.Add(new DetectorCandidate(
                threshold, DriftSimulation.Stream(() => detector(threshold), before, after, options, cancellationToken: cancellationToken)));
            progress?.Report((double)candidates.Count / tried.Length);
        }

        return new DetectorChoice(
            candidates, budget, candidates.Where(c => c.Simulation.FalseAlarmInterval.High <= budget).OrderBy(c => c.Simulation.MedianDelay).FirstOrDefault());
    }

    /// <summary>Chooses the threshold of any two-sample statistic that is larger the more the samples differ.</summary>
    /// <param name="statistic">The statistic.</param>
    /// <param name="law">Draws one value of the quiet law; both samples come from it.</param>
    /// <param name="rows">The sizes of both samples.</param>
    /// <param name="budget">The share of quiet comparisons that may alarm, in (0, 1).</param>
    /// <param name="options">Runs and seed; the defaults if null.</param>
    /// <param name="progress">Receives the share of finished runs, rising to 1.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    /// <returns>The (1 − budget) quantile of the simulated statistics with its distribution-free interval.</returns>
    /// <exception cref="ArgumentException">Too few runs for the budget: fewer than 1 / budget.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="budget"/> is not above 0 and below 1, or a size is below 1.</exception>
    public static ThresholdChoice ForStatistic(
        Func<double[], double[], double> statistic,
        Func<Random, double> law,
        RowCounts rows,
        double budget,
        SimulationOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Enough(options ??= new SimulationOptions(), budget);
        return Choose(DriftSimulation.Statistic(statistic, law, law, rows, options, progress, cancellationToken), budget);
    }

    /// <summary>Chooses <see cref="DriftOptions.PsiModerate"/> so that a whole report on quiet data alarms only as often as agreed.</summary>
    /// <param name="table">Quiet data; rows are drawn with replacement.</param>
    /// <param name="rows">The sizes of both samples.</param>
    /// <param name="budget">The share of quiet reports that may alarm, in (0, 1).</param>
    /// <param name="drift">Columns and bins; the defaults if null.</param>
    /// <param name="options">Runs and seed; the defaults if null.</param>
    /// <param name="progress">Receives the share of finished runs, rising to 1.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    /// <remarks>The threshold is the (1 − budget) quantile of the largest PSI of any column. A report also asks for a small p-value, so it alarms no
    /// more often than this.</remarks>
    /// <exception cref="ArgumentException">Too few runs for the budget: fewer than 1 / budget.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="budget"/> is not above 0 and below 1, or a size is below 1.</exception>
    public static ThresholdChoice ForReport(
        Table table,
        RowCounts rows,
        double budget,
        DriftOptions? drift = null,
        SimulationOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Enough(options ??= new SimulationOptions(), budget);
        drift = (drift ?? new DriftOptions()) with { Tests = DriftTests.Psi };
        ReportSimulation quiet = DriftSimulation.Reports(table, rows, drift, null, options, progress, cancellationToken);
        return Choose([.. quiet.Reports.Select(report => report.Columns.Where(c => c.Tests.Count > 0).Max(c => c["psi"].Statistic))], budget);
    }

    /// <summary>The (1 − budget) quantile and its interval by order statistics: the ranks are binomial, whatever the law.</summary>
    /// <remarks>Source: W. J. Conover, Practical Nonparametric Statistics, 3rd ed. (1999), section 3.2.</remarks>
    internal static ThresholdChoice Choose(double[] statistics, double budget)
    {
        int n = statistics.Length;
        double[] sorted = [.. statistics.Order()];
        double p = 1 - budget;
        int rank = (int)Math.Ceiling(n * p); // counted from 1: a share of at most the budget lies above it
        int low = Math.Max(1, Quantile(n, p, Tail));
        int high = Quantile(n, p, 1 - Tail) + 1;
        return new ThresholdChoice(sorted[rank - 1], sorted[low - 1], high <= n ? sorted[high - 1] : double.PositiveInfinity, budget, n);
    }

    /// <summary>The smallest k with P(Binomial(n, p) ≤ k) ≥ share.</summary>
    private static int Quantile(int n, double p, double share)
    {
        int k = 0;
        while (Binomial.CDF(p, n, k) < share)
        {
            k++;
        }

        return k;
    }

    private static void Enough(SimulationOptions options, double budget)
    {
        Between0And1(budget);
        if (options.Runs * budget < 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{options.Runs} runs cannot show what happens in {100 * budget:G3} % of the cases; make at least {Math.Ceiling(1 / budget)}, better ten times as many."),
                nameof(options));
        }
    }

    private static void Between0And1(double budget)
    {
        if (!(budget is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(budget), FormattableString.Invariant($"budget must be above 0 and below 1; got {budget}."));
        }
    }
}
