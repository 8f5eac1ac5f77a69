using System.Globalization;

namespace MlOps.Drift.Windows;

/// <summary>A stretch of time from <see cref="From"/>, which belongs to it, to <see cref="To"/>, which does not.</summary>
/// <remarks>Half-open, so that periods can follow each other without a gap and without a value that is counted twice. The clock is the
/// caller's: compare times of one kind, best UTC, as a local clock repeats an hour in autumn.</remarks>
public sealed record Period
{
    /// <summary>Makes a period.</summary>
    /// <param name="from">The first moment of the period.</param>
    /// <param name="to">The first moment after it; later than <paramref name="from"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="to"/> is not later than <paramref name="from"/>.</exception>
    public Period(DateTime from, DateTime to)
    {
        if (to <= from)
        {
            throw new ArgumentException($"A period ends after it begins; got {Text(from)} to {Text(to)}.", nameof(to));
        }

        (From, To) = (from, to);
    }

    /// <summary>Gets the first moment of the period.</summary>
    public DateTime From { get; }

    /// <summary>Gets the first moment after the period.</summary>
    public DateTime To { get; }

    /// <summary>Gets To − From.</summary>
    public TimeSpan Length => To - From;

    /// <summary>Returns whether a moment lies in the period.</summary>
    public bool Contains(DateTime moment) => moment >= From && moment < To;

    /// <summary>Returns the part that two periods have in common; null if they have none.</summary>
    public Period? Intersect(Period other)
    {
        ArgumentNullException.ThrowIfNull(other);
        DateTime from = From > other.From ? From : other.From;
        DateTime to = To < other.To ? To : other.To;
        return to > from ? new Period(from, to) : null;
    }

    /// <summary>Returns the calendar months that cover two moments, the first and the last month whole.</summary>
    /// <exception cref="ArgumentException"><paramref name="last"/> is before <paramref name="first"/>.</exception>
    public static IReadOnlyList<Period> Months(DateTime first, DateTime last)
    {
        NotBefore(first, last);
        var months = new List<Period>();
        for (var month = new DateTime(first.Year, first.Month, 1, 0, 0, 0, first.Kind); month <= last; month = month.AddMonths(1))
        {
            months.Add(new Period(month, month.AddMonths(1)));
        }

        return months;
    }

    /// <summary>Returns periods of equal length, one after the other, until <paramref name="last"/> lies in one.</summary>
    /// <param name="length">More than zero, such as <c>TimeSpan.FromDays(7)</c>.</param>
    /// <param name="first">Where the first period begins.</param>
    /// <param name="last">The last moment to cover.</param>
    /// <exception cref="ArgumentException"><paramref name="last"/> is before <paramref name="first"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is not above zero.</exception>
    public static IReadOnlyList<Period> Every(TimeSpan length, DateTime first, DateTime last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        NotBefore(first, last);
        var periods = new List<Period>();
        for (DateTime from = first; from <= last; from += length)
        {
            periods.Add(new Period(from, from + length));
        }

        return periods;
    }

    /// <summary>Returns the period as people write it: a month as <c>2025-10</c>, else first and last day, or the times if it has any.</summary>
    public override string ToString()
    {
        bool wholeDays = From.TimeOfDay == TimeSpan.Zero && To.TimeOfDay == TimeSpan.Zero;
        if (wholeDays && From.Day == 1 && To == From.AddMonths(1))
        {
            return From.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        }

        return wholeDays
            ? Length == TimeSpan.FromDays(1) ? Text(From) : $"{Text(From)} … {Text(To.AddDays(-1))}"
            : $"{Text(From)} … {Text(To)}";
    }

    private static string Text(DateTime time) =>
        time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static void NotBefore(DateTime first, DateTime last)
    {
        if (last < first)
        {
            throw new ArgumentException($"The last moment is before the first: {Text(last)} v. {Text(first)}.", nameof(last));
        }
    }
}
