using System.Globalization;
using MlOps.Data;

namespace MlOps.Drift.Estimation;

/// <summary>Rows cut into periods, by count or by the calendar.</summary>
/// <remarks>
/// Calendar periods between the first and the last time are all there, empty ones too: a month without rows is news. Rows need not be in
/// order of time; they are counted into the period they belong to, and how many came after a later one is told. Immutable.
/// </remarks>
public sealed class Chunks
{
    /// <summary>More periods than this between two times mean that one of them is wrong.</summary>
    private const int MostPeriods = 10_000;

    private Chunks(IReadOnlyList<Chunk> items, int rowCount) => (Items, RowCount) = (items, rowCount);

    /// <summary>Gets the chunks in order.</summary>
    public IReadOnlyList<Chunk> Items { get; }

    /// <summary>Gets the number of rows that were cut, those without a time included.</summary>
    public int RowCount { get; }

    /// <summary>Gets how many rows have an earlier time than a row before them.</summary>
    public int OutOfOrder { get; private init; }

    /// <summary>Gets how many rows lie in the future of the clock that was given; 0 if none was. They stay in their period.</summary>
    public int InFuture { get; private init; }

    /// <summary>Gets how many rows have no time; they are in no chunk.</summary>
    public int MissingTimes { get; private init; }

    /// <summary>Cuts after every <paramref name="size"/> rows; the last chunk holds what is left.</summary>
    /// <param name="rowCount">Rows, ≥ 0.</param>
    /// <param name="size">Rows a chunk, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public static Chunks ByCount(int rowCount, int size)
    {
        Guard.AtLeast(rowCount, 0);
        Guard.AtLeast(size, 1);
        var items = new List<Chunk>();
        for (int start = 0; start < rowCount; start += size)
        {
            items.Add(Range(start, Math.Min(size, rowCount - start)));
        }

        return new Chunks(items, rowCount);
    }

    /// <summary>All rows in one chunk, even if there are none.</summary>
    /// <param name="rowCount">Rows, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rowCount"/> is negative.</exception>
    public static Chunks All(int rowCount) => new([Range(0, Guard.AtLeast(rowCount, 0)) with { Label = "all rows" }], rowCount);

    /// <summary>Cuts into a number of chunks whose sizes differ by one row at most.</summary>
    /// <param name="rowCount">Rows, at least as many as chunks.</param>
    /// <param name="number">Chunks, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer rows than chunks, or no chunk is asked for.</exception>
    public static Chunks ByNumber(int rowCount, int number)
    {
        Guard.AtLeast(number, 1);
        Guard.AtLeast(rowCount, number);
        var items = new Chunk[number];
        for (int i = 0; i < number; i++)
        {
            int start = (int)((long)rowCount * i / number);
            items[i] = Range(start, (int)((long)rowCount * (i + 1) / number) - start);
        }

        return new Chunks(items, rowCount);
    }

    /// <summary>Cuts by the calendar, taking every time as written: no time zone, no clock change.</summary>
    /// <param name="times">A time for every row.</param>
    /// <param name="period">The period.</param>
    /// <param name="clock">Tells which rows lie in the future of its local time; null asks nothing.</param>
    /// <exception cref="ArgumentException">The times span more than 10,000 periods; the message names the first and the last.</exception>
    public static Chunks ByTime(ReadOnlySpan<DateTime> times, ChunkPeriod period, TimeProvider? clock = null)
    {
        DateTime now = clock?.GetLocalNow().DateTime ?? DateTime.MaxValue;
        var all = new DateTime?[times.Length];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = times[i];
        }

        return Cut(all, all, period, now);
    }

    /// <summary>Cuts by the calendar of a time zone.</summary>
    /// <remarks>An instant belongs to the day that the zone's clock showed. Both passes through a repeated hour belong to the same day, and
    /// order and future are judged by instants, so a clock change puts no row out of order.</remarks>
    /// <param name="times">A time for every row.</param>
    /// <param name="period">The period.</param>
    /// <param name="zone">Whose calendar; UTC if null.</param>
    /// <param name="clock">Tells which rows lie in the future; null asks nothing.</param>
    /// <exception cref="ArgumentException">The times span more than 10,000 periods; the message names the first and the last.</exception>
    public static Chunks ByTime(ReadOnlySpan<DateTimeOffset> times, ChunkPeriod period, TimeZoneInfo? zone = null, TimeProvider? clock = null)
    {
        var local = new DateTime?[times.Length];
        var instants = new DateTime?[times.Length];
        for (int i = 0; i < local.Length; i++)
        {
            local[i] = TimeZoneInfo.ConvertTime(times[i], zone ?? TimeZoneInfo.Utc).DateTime;
            instants[i] = times[i].UtcDateTime;
        }

        return Cut(local, instants, period, clock?.GetUtcNow().UtcDateTime ?? DateTime.MaxValue);
    }

    /// <summary>Cuts a table by one of its time columns, taking every time as written.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="column">A column of times. Rows without one are in no chunk and counted in <see cref="MissingTimes"/>.</param>
    /// <param name="period">The period.</param>
    /// <param name="clock">Tells which rows lie in the future of its local time; null asks nothing.</param>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">The column holds no times: it may have changed its type.</exception>
    /// <exception cref="ArgumentException">The times span more than 10,000 periods.</exception>
    public static Chunks ByTime(Table table, string column, ChunkPeriod period, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        Column<DateTime> times = table.Times(column);
        DateTime?[] all = [.. Enumerable.Range(0, times.Count).Select(row => times[row])];
        return Cut(all, all, period, clock?.GetLocalNow().DateTime ?? DateTime.MaxValue);
    }

    /// <summary>What is odd about the times, in sentences; none if nothing is.</summary>
    internal IEnumerable<string> Notes()
    {
        if (MissingTimes > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{MissingTimes:N0} of {RowCount:N0} rows have no time and are in no period.");
        }

        if (OutOfOrder > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{OutOfOrder:N0} of {RowCount:N0} rows came out of the order of time.");
        }

        if (InFuture > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{InFuture:N0} of {RowCount:N0} rows lie in the future.");
        }
    }

    /// <summary>The first moment of the period that holds a time.</summary>
    internal static DateTime StartOf(DateTime time, ChunkPeriod period) => period switch
    {
        ChunkPeriod.Day => time.Date,
        ChunkPeriod.Week => time.Date.AddDays(-(((int)time.DayOfWeek + 6) % 7)),
        ChunkPeriod.Month => new DateTime(time.Year, time.Month, 1),
        ChunkPeriod.Quarter => new DateTime(time.Year, (3 * ((time.Month - 1) / 3)) + 1, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(period), period, "Unknown period."),
    };

    private static Chunk Range(int start, int count) => new(
        string.Create(CultureInfo.InvariantCulture, $"rows {start + 1:N0}–{start + count:N0}"), null, null, Enumerable.Range(start, count).ToArray());

    private static Chunks Cut(DateTime?[] local, DateTime?[] instants, ChunkPeriod period, DateTime now)
    {
        var rows = new SortedDictionary<DateTime, List<int>>();
        int missing = 0, disordered = 0, future = 0;
        DateTime latest = DateTime.MinValue;
        for (int i = 0; i < local.Length; i++)
        {
            if (local[i] is not { } time || instants[i] is not { } instant)
            {
                missing++;
                continue;
            }

            disordered += instant < latest ? 1 : 0;
            latest = instant > latest ? instant : latest;
            future += instant > now ? 1 : 0;
            DateTime start = StartOf(time, period);
            if (!rows.TryGetValue(start, out List<int>? members))
            {
                rows.Add(start, members = []);
            }

            members.Add(i);
        }

        return new Chunks(Filled(rows, period), local.Length) { MissingTimes = missing, OutOfOrder = disordered, InFuture = future };
    }

    private static List<Chunk> Filled(SortedDictionary<DateTime, List<int>> times, ChunkPeriod period)
    {
        var items = new List<Chunk>();
        if (times.Count == 0)
        {
            return items;
        }

        (DateTime first, DateTime last) = (times.Keys.First(), times.Keys.Last());
        for (DateTime start = first; start <= last;)
        {
            if (items.Count == MostPeriods)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"The times run from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}, more than {MostPeriods} periods; one of them is probably wrong."), nameof(times));
            }

            DateTime end = Next(start, period);
            items.Add(new Chunk(Label(start, period), start, end, times.TryGetValue(start, out List<int>? members) ? members.ToArray() : default));
            start = end;
        }

        return items;
    }

    private static DateTime Next(DateTime start, ChunkPeriod period) => period switch
    {
        ChunkPeriod.Day => start.AddDays(1),
        ChunkPeriod.Week => start.AddDays(7),
        ChunkPeriod.Month => start.AddMonths(1),
        _ => start.AddMonths(3),
    };

    private static string Label(DateTime start, ChunkPeriod period) => period switch
    {
        ChunkPeriod.Month => start.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        ChunkPeriod.Quarter => string.Create(CultureInfo.InvariantCulture, $"{start.Year:0000}-Q{(start.Month / 3) + 1}"),
        _ => start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}
