using MlOps.Data;
using MlOps.Drift.Streaming;

namespace MlOps.Drift.Simulation;

/// <summary>Measures detectors and reports on made data, where the truth is known: false alarms where nothing changed, delay and misses where something did.</summary>
/// <remarks>Every run has its own seeded random numbers, so results are equal for every number of threads.</remarks>
public static class DriftSimulation
{
    /// <summary>Feeds a detector with streams that change once.</summary>
    /// <param name="detector">Makes a fresh detector for each run.</param>
    /// <param name="before">Draws one value from the law before the change.</param>
    /// <param name="after">Draws one value from the law after it. Give <paramref name="before"/> again to measure false alarms only: "delays" are then those of chance.</param>
    /// <param name="options">Runs, lengths and seed; the defaults if null.</param>
    /// <param name="progress">Receives the share of finished runs, rising to 1.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    /// <example><code>
    /// StreamSimulation ddm = DriftSimulation.Stream(
    ///     () => new Ddm(),
    ///     random => random.NextDouble() &lt; 0.10 ? 1 : 0,
    ///     random => random.NextDouble() &lt; 0.25 ? 1 : 0);
    /// </code></example>
    public static StreamSimulation Stream(
        Func<IDriftDetector> detector,
        Func<Random, double> before,
        Func<Random, double> after,
        SimulationOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        options ??= new SimulationOptions();
        long[] falseAlarms = new long[options.Runs];
        double[] delays = new double[options.Runs];
        ForEachRun(options.Runs, run =>
        {
            IDriftDetector watched = detector();
            Random random = options.RandomOf(run);
            for (int i = 0; i < options.ValuesBefore; i++)
            {
                falseAlarms[run] += watched.Update(before(random)) ? 1 : 0;
            }

            delays[run] = double.PositiveInfinity;
            for (int i = 1; i <= options.ValuesAfter; i++)
            {
                if (watched.Update(after(random)))
                {
                    delays[run] = i;
                    break;
                }
            }
        }, progress, cancellationToken);
        return new StreamSimulation(options.Runs, (long)options.Runs * options.ValuesBefore, falseAlarms.Sum(), delays);
    }

    /// <summary>Draws a two-sample statistic again and again from one law, or from two.</summary>
    /// <param name="statistic">Any function of a reference and a current sample, such as <c>(r, c) => Wasserstein.Measure(r, c).Distance</c>.</param>
    /// <param name="reference">Draws one value of the reference.</param>
    /// <param name="current">Draws one value of the current sample; the same function for quiet data.</param>
    /// <param name="rows">The sizes of both samples, at least 1 each.</param>
    /// <param name="options">Runs and seed; the lengths are not used. The defaults if null.</param>
    /// <param name="progress">Receives the share of finished runs, rising to 1.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    /// <returns>The statistic of each run, in the order of the runs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public static double[] Statistic(
        Func<double[], double[], double> statistic,
        Func<Random, double> reference,
        Func<Random, double> current,
        RowCounts rows,
        SimulationOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        Guard.AtLeast(rows.Reference, 1L, "rows.Reference");
        Guard.AtLeast(rows.Current, 1L, "rows.Current");
        options ??= new SimulationOptions();
        double[] drawn = new double[options.Runs];
        ForEachRun(options.Runs, run =>
        {
            Random random = options.RandomOf(run);
            double[] before = Draw(reference, rows.Reference, random);
            drawn[run] = statistic(before, Draw(current, rows.Current, random));
        }, progress, cancellationToken);
        return drawn;
    }

    /// <summary>Compares rows of one table with other rows of the same table, again and again: every alarm is a false one.</summary>
    /// <param name="table">Data in which nothing changed, such as the training table. Rows are drawn with replacement.</param>
    /// <param name="rows">The sizes of both samples, at least 1 each.</param>
    /// <param name="drift">Columns, tests and thresholds; the defaults if null.</param>
    /// <param name="change">What happens to the current rows, to measure how often a planted drift is seen; null for quiet data.</param>
    /// <param name="options">Runs and seed; the lengths are not used. The defaults if null.</param>
    /// <param name="progress">Receives the share of finished runs, rising to 1.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    /// <exception cref="ArgumentException">The table has no rows, or a comparison is refused as in <see cref="DriftReport.Compare"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public static ReportSimulation Reports(
        Table table,
        RowCounts rows,
        DriftOptions? drift = null,
        Func<Table, Random, Table>? change = null,
        SimulationOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        Guard.AtLeast(rows.Reference, 1L, "rows.Reference");
        Guard.AtLeast(rows.Current, 1L, "rows.Current");
        if (table.RowCount == 0)
        {
            throw new ArgumentException("The table has no rows to draw from.", nameof(table));
        }

        options ??= new SimulationOptions();
        drift = (drift ?? new DriftOptions()) with { MaxDegreeOfParallelism = 1 }; // the runs are parallel already
        var reports = new DriftReport[options.Runs];
        ForEachRun(options.Runs, run =>
        {
            Random random = options.RandomOf(run);
            Table reference = Draw(table, rows.Reference, random);
            Table current = Draw(table, rows.Current, random);
            reports[run] = DriftReport.Compare(reference, change is null ? current : change(current, random), drift);
        }, progress, cancellationToken);
        return new ReportSimulation(reports);
    }

    private static double[] Draw(Func<Random, double> law, long count, Random random)
    {
        double[] values = new double[count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = law(random);
        }

        return values;
    }

    private static Table Draw(Table table, long count, Random random)
    {
        int[] rows = new int[count];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = random.Next(table.RowCount);
        }

        return table.Take(rows);
    }

    private static void ForEachRun(int runs, Action<int> run, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var counter = new Lock();
        int done = 0;
        try
        {
            Parallel.For(0, runs, new ParallelOptions { CancellationToken = cancellationToken }, i =>
            {
                run(i);
                lock (counter)
                {
                    done++;
                    progress?.Report((double)done / runs);
                }
            });
        }
        catch (AggregateException e)
        {
            throw e.InnerExceptions[0]; // what a run of its own would have thrown
        }
    }
}
