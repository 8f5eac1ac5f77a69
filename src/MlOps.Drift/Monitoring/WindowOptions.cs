namespace MlOps.Drift.Monitoring;

/// <summary>How a stream of rows is cut into batches: by a number of rows, or by the time in a column.</summary>
/// <remarks>Exactly one of <see cref="Rows"/>, <see cref="Every"/> and <see cref="Monthly"/> is set. Windows of time begin at multiples of
/// their length since Monday, 3 January 2000, 00:00 UTC; months at the first of the month, UTC.</remarks>
public sealed record WindowOptions
{
    /// <summary>Gets the rows of a batch.</summary>
    public int? Rows { get; init => field = value is { } rows ? Guard.AtLeast(rows, 1, nameof(Rows)) : null; }

    /// <summary>Gets the length of a batch in time; needs <see cref="TimeColumn"/>.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Gets a value indicating whether batches are calendar months; needs <see cref="TimeColumn"/>.</summary>
    public bool Monthly { get; init; }

    /// <summary>Gets the column with the time of a row: ISO 8601, or Unix time in seconds or milliseconds. A time without an offset is UTC,
    /// so that no hour is there twice or missing when clocks change.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>Gets how long a window waits for rows that come late, measured by the newest row. Default: none.</summary>
    public TimeSpan Lateness { get; init; }

    /// <summary>Gets how far a row may lie ahead of the clock. Default 5 minutes.</summary>
    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets how long a stream that is followed must stand still until a window whose end has passed by the clock is closed without
    /// waiting for a newer row. Default 10 seconds.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(10);

    internal void Check()
    {
        int set = (Rows is null ? 0 : 1) + (Every is null ? 0 : 1) + (Monthly ? 1 : 0);
        if (set != 1)
        {
            throw new ArgumentException($"A window has either a number of rows, a length in time, or is a month; {set} of them are set.", nameof(Rows));
        }

        if (Rows is null && TimeColumn is null)
        {
            throw new ArgumentException("A window of time needs the column that holds the time of a row.", nameof(TimeColumn));
        }

        if (Every <= TimeSpan.Zero || Lateness < TimeSpan.Zero || FutureTolerance < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(Every), "The length of a window must be positive, and lateness and tolerance not negative.");
        }
    }

    /// <summary>The window a time falls into.</summary>
    internal (DateTimeOffset From, DateTimeOffset Until) WindowOf(DateTimeOffset time)
    {
        if (Monthly)
        {
            var month = new DateTimeOffset(time.UtcDateTime.Year, time.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
            return (month, month.AddMonths(1));
        }

        long length = Every!.Value.Ticks;
        long since = time.UtcTicks - s_origin.UtcTicks;
        long start = (since / length * length) - (since % length < 0 ? length : 0);
        DateTimeOffset from = s_origin.AddTicks(start);
        return (from, from + Every.Value);
    }

    private static readonly DateTimeOffset s_origin = new(2000, 1, 3, 0, 0, 0, TimeSpan.Zero); // a Monday: weeks begin there
}
