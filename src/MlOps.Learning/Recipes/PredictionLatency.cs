namespace MlOps.Learning.Recipes;

/// <summary>How long single predictions take, once the model is warm.</summary>
/// <param name="Calls">How many were timed.</param>
/// <param name="P50">The median, in milliseconds.</param>
/// <param name="P95">What 95 of 100 calls do not exceed, in milliseconds.</param>
/// <param name="Max">The slowest, in milliseconds.</param>
public sealed record PredictionLatency(int Calls, double P50, double P95, double Max)
{
    private const int WarmUp = 20;

    /// <summary>Times predictions one after the other; the first 20 warm up and do not count.</summary>
    /// <param name="predict">Predicts one row, given its number.</param>
    /// <param name="rows">Rows there are, ≥ 1; after the last comes the first again.</param>
    /// <param name="calls">How many to time, ≥ 1.</param>
    /// <param name="clock">What measures; the system's when null.</param>
    /// <param name="cancellationToken">Stops between two calls.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no row, or no call is asked for.</exception>
    public static PredictionLatency Measure(Action<int> predict, int rows, int calls = 300, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predict);
        Guard.AtLeast(rows, 1);
        clock ??= TimeProvider.System;
        double[] milliseconds = new double[Guard.AtLeast(calls, 1)];
        for (int i = -WarmUp; i < calls; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int row = (i + WarmUp) % rows;
            long start = clock.GetTimestamp();
            predict(row);
            if (i >= 0)
            {
                milliseconds[i] = clock.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        Array.Sort(milliseconds);
        return new PredictionLatency(calls, SortedQuantile.Linear(milliseconds, 0.5), SortedQuantile.Linear(milliseconds, 0.95), milliseconds[^1]);
    }
}
