using System.Runtime.ExceptionServices;
using MathNet.Numerics.Distributions;

namespace MlOps.Learning.Metrics;

/// <summary>Confidence intervals for any metric, by drawing the rows again with replacement.</summary>
/// <remarks>
/// Semantics of <c>scipy.stats.bootstrap</c>: the interval is read from quantiles (linear, type 7) of the metric on the resamples. With
/// strata each one is drawn from by itself, and the acceleration of BCa adds up over strata. Deterministic: resample b depends on the seed
/// and b alone, whatever the number of threads. It tells how much the metric would vary with other test rows; not with other training rows.
/// <para>Source: B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 and 14 (equations 14.9, 14.10, 14.14, 14.15).</para>
/// </remarks>
public static class Bootstrap
{
    /// <summary>Computes an interval.</summary>
    /// <param name="rows">n ≥ 2, the rows of the test set.</param>
    /// <param name="metric">Measures the rows it is given, indices that may repeat: <c>rows => RocAuc.Compute(…)</c>. Called from several threads at once; the
    /// array is used again after the call. NaN means undefined.</param>
    /// <param name="resamples">How often to draw, ≥ 2; 1,000 for a 95 % interval, 10,000 for a quiet third digit.</param>
    /// <param name="level">The confidence, in (0, 1).</param>
    /// <param name="seed">Equal seeds give equal intervals.</param>
    /// <param name="method">Percentile or BCa.</param>
    /// <param name="strata">Groups that keep their sizes in every resample, such as the true classes; none draws from all rows.</param>
    /// <param name="progress">Receives the share of finished evaluations, rising to 1.</param>
    /// <param name="cancellationToken">Stops the work between two evaluations.</param>
    /// <exception cref="ArgumentException">There is not one stratum label a row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <remarks>An exception of the metric ends the work and is passed on.</remarks>
    public static BootstrapInterval Interval(
        int rows,
        Func<int[], double> metric,
        int resamples = 1000,
        double level = 0.95,
        int seed = 7,
        BootstrapMethod method = BootstrapMethod.Percentile,
        Labels? strata = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(metric);
        Guard.AtLeast(rows, 2);
        Guard.AtLeast(resamples, 2);
        if (Guard.Share(level) is 0 or 1)
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "level must lie between 0 and 1; an interval of no or of all confidence says nothing.");
        }

        int[][] groups = Groups(rows, strata);
        double estimate = metric([.. Enumerable.Range(0, rows)]);
        int evaluations = resamples + (method == BootstrapMethod.Bca ? rows : 0);
        var values = new double[evaluations];
        var failures = new Exception?[evaluations];
        var counter = new Lock();
        int done = 0;
        int step = Math.Max(1, evaluations / 100);
        Parallel.For(
            0,
            evaluations,
            new ParallelOptions { CancellationToken = cancellationToken },
            () => (Drawn: new int[rows], Others: new int[rows - 1]),
            (i, state, buffers) =>
            {
                try
                {
                    values[i] = i < resamples ? metric(Draw(groups, seed, i, buffers.Drawn)) : metric(Without(i - resamples, buffers.Others));
                }
                catch (Exception failure)
                {
                    failures[i] = failure; // thrown below: the first one, whatever thread was faster
                    state.Break();
                }

                lock (counter)
                {
                    if (++done % step == 0 || done == evaluations)
                    {
                        progress?.Report((double)done / evaluations);
                    }
                }

                return buffers;
            },
            _ => { });
        if (Array.Find(failures, failure => failure is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        double[] drawn = [.. values.Take(resamples).Where(double.IsFinite)];
        double[] jackknife = values[resamples..];
        return Read(estimate, drawn, resamples - drawn.Length, level, method, [.. groups.Select(group => Array.ConvertAll(method == BootstrapMethod.Bca ? group : [], row => jackknife[row]))]);
    }

    /// <summary>Reads the interval from resampled values, and from those without one row each, a list a stratum.</summary>
    internal static BootstrapInterval Read(double estimate, double[] drawn, int undefined, double level, BootstrapMethod method, double[][] jackknife)
    {
        double tail = (1 - level) / 2;
        (double low, double high) = method switch
        {
            BootstrapMethod.Percentile => (tail, 1 - tail),
            BootstrapMethod.Bca => Corrected(estimate, drawn, tail, jackknife),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Unknown method."),
        };
        double[] sorted = [.. drawn.Order()];
        return new BootstrapInterval(estimate, Quantile(sorted, low), Quantile(sorted, high), level, method, undefined, drawn);
    }

    private static double Quantile(double[] sorted, double q) => sorted.Length == 0 || double.IsNaN(q) ? double.NaN : SortedQuantile.Linear(sorted, q);

    /// <summary>α₁ and α₂ of BCa.</summary>
    private static (double Low, double High) Corrected(double estimate, double[] drawn, double tail, double[][] jackknife)
    {
        double below = (drawn.Count(value => value < estimate) + drawn.Count(value => value <= estimate)) / (2.0 * drawn.Length);
        if (below is not (> 0 and < 1))
        {
            return (double.NaN, double.NaN); // the estimate lies outside of all resamples: no correction exists
        }

        double cubes = 0, squares = 0;
        foreach (double[] values in jackknife)
        {
            double n = values.Length;
            double mean = RowMean.Sum(values) / n;
            double groupCubes = 0, groupSquares = 0;
            foreach (double value in values)
            {
                double influence = (n - 1) * (mean - value);
                groupCubes += influence * influence * influence;
                groupSquares += influence * influence;
            }

            cubes += groupCubes / (n * n * n);
            squares += groupSquares / (n * n);
        }

        double z0 = Normal.InvCDF(0, 1, below);
        double acceleration = cubes / (6 * Math.Pow(squares, 1.5));
        return (Shifted(z0, acceleration, Normal.InvCDF(0, 1, tail)), Shifted(z0, acceleration, -Normal.InvCDF(0, 1, tail)));
    }

    private static double Shifted(double z0, double acceleration, double z) => Normal.CDF(0, 1, z0 + ((z0 + z) / (1 - (acceleration * (z0 + z)))));

    private static int[][] Groups(int rows, Labels? strata)
    {
        if (strata is null)
        {
            return [[.. Enumerable.Range(0, rows)]];
        }

        return strata.Count == rows
            ? [.. Enumerable.Range(0, rows).GroupBy(row => strata.Codes[row]).OrderBy(group => group.Key).Select(group => group.ToArray())]
            : throw new ArgumentException($"Each row needs one stratum: there are {rows} rows, strata has {strata.Count}.", nameof(strata));
    }

    private static int[] Draw(int[][] groups, int seed, int index, int[] drawn)
    {
        Random random = Seeds.Generator(seed, index);
        int next = 0;
        foreach (int[] group in groups)
        {
            for (int i = 0; i < group.Length; i++)
            {
                drawn[next++] = group[random.Next(group.Length)];
            }
        }

        return drawn;
    }

    private static int[] Without(int row, int[] rest)
    {
        for (int i = 0; i < rest.Length; i++)
        {
            rest[i] = i < row ? i : i + 1;
        }

        return rest;
    }
}
