using System.Globalization;
using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>Reads a column of times as instants: ticks of UTC.</summary>
/// <remarks>
/// A time that says UTC or an offset is that instant. One that says neither is a local time of the zone. Where clocks are put back an hour occurs
/// twice: such a time is read as the earlier instant, and the later one is kept beside it. Where clocks are put forward an hour is skipped: a time
/// in it cannot be, and is told as such.
/// </remarks>
internal sealed class Instants(string? zoneName)
{
    /// <summary>In place of ticks: no value.</summary>
    internal const long Missing = long.MinValue;

    /// <summary>In place of ticks: a text that is no time, or a local time that the clock has skipped.</summary>
    internal const long Impossible = long.MinValue + 1;

    private static readonly string[] s_forms =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK"];

    private readonly TimeZoneInfo? _zone = zoneName is null ? null : Zone(zoneName);

    /// <summary>Finds a time zone by its name.</summary>
    /// <exception cref="ArgumentException">This machine knows no such zone.</exception>
    internal static TimeZoneInfo Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
        ? zone
        : throw new ArgumentException($"There is no time zone '{name}' on this machine; a name such as Asia/Kolkata or Europe/Berlin is needed.", nameof(name));

    /// <summary>Reads ISO 8601 with or without offset.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The time as it is written, without its offset.</param>
    /// <param name="offset">Its offset from UTC; null where it says none.</param>
    internal static bool TryRead(string text, out DateTime time, out TimeSpan? offset)
    {
        bool readable = DateTimeOffset.TryParseExact(text, s_forms, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal, out DateTimeOffset read);
        time = read.DateTime;
        string word = text.Trim();
        bool says = word.Length > 10 && (word[^1] == 'Z' || word.AsSpan(10).IndexOfAny('+', '-') >= 0);
        offset = says ? read.Offset : null;
        return readable;
    }

    /// <summary>One number of ticks a row, or <see cref="Missing"/>, or <see cref="Impossible"/>.</summary>
    /// <param name="column">Times, or text in ISO 8601.</param>
    /// <param name="later">The later instant of times that occur twice; null when there are none. Equal to the earlier one for all others.</param>
    internal long[] Read(Column column, out long[]? later)
    {
        long[] first = new long[column.Count];
        long[]? second = null;
        if (column is StringColumn texts)
        {
            (long First, long Second)[] levels = new (long, long)[texts.Levels.Length];
            for (int i = 0; i < levels.Length; i++)
            {
                levels[i] = !TryRead(texts.Levels[i], out DateTime time, out TimeSpan? offset) ? (Impossible, Impossible)
                    : offset is { } known ? (time.Ticks - known.Ticks, time.Ticks - known.Ticks)
                    : Local(time);
            }

            for (int row = 0; row < first.Length; row++)
            {
                int code = texts.Codes[row];
                Put(first, ref second, row, code < 0 ? (Missing, Missing) : levels[code]);
            }
        }
        else
        {
            var times = (Column<DateTime>)column;
            for (int row = 0; row < first.Length; row++)
            {
                DateTime time = times.Values[row];
                Put(first, ref second, row, times.IsMissing(row) ? (Missing, Missing) : time.Kind == DateTimeKind.Unspecified ? Local(time) : Same(time.ToUniversalTime().Ticks));
            }
        }

        later = second;
        return first;
    }

    private static (long First, long Second) Same(long ticks) => (ticks, ticks);

    private static void Put(long[] first, ref long[]? second, int row, (long First, long Second) instant)
    {
        if (instant.First != instant.Second && second is null)
        {
            second = new long[first.Length];
            first.AsSpan(0, row).CopyTo(second);
        }

        first[row] = instant.First;
        if (second is not null)
        {
            second[row] = instant.Second;
        }
    }

    private (long First, long Second) Local(DateTime time)
    {
        time = DateTime.SpecifyKind(time, DateTimeKind.Unspecified);
        if (_zone is null)
        {
            return Same(time.Ticks);
        }

        if (_zone.IsInvalidTime(time))
        {
            return Same(Impossible);
        }

        if (!_zone.IsAmbiguousTime(time))
        {
            return Same(time.Ticks - _zone.GetUtcOffset(time).Ticks);
        }

        TimeSpan[] offsets = _zone.GetAmbiguousTimeOffsets(time);
        return (time.Ticks - offsets.Max().Ticks, time.Ticks - offsets.Min().Ticks);
    }
}
