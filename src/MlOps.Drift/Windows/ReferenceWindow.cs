namespace MlOps.Drift.Windows;

/// <summary>Says which past a window is compared with. A reference is a choice: it decides what counts as normal.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><see cref="Fixed"/>: the training period. Sees every departure from what the model learned; gets old.</item>
/// <item><see cref="Rolling"/>: the recent past. Sees sudden change; a slow one walks past it.</item>
/// <item><see cref="Expanding"/>: everything so far. Steady; the older it gets, the slower it notices.</item>
/// <item><see cref="SameSeasonLastYear"/>: like with like. A festival is compared with the last one of its name, other days with other days.</item>
/// </list>
/// </remarks>
public abstract record ReferenceWindow
{
    private protected ReferenceWindow()
    {
    }

    /// <summary>Gets the choice in words.</summary>
    public abstract string Description { get; }

    /// <summary>Gets the seasons at whose borders windows are cut; null if the choice knows none.</summary>
    internal virtual SeasonCalendar? Seasons => null;

    /// <summary>Always the same period, such as that of the training data.</summary>
    public static ReferenceWindow Fixed(Period period)
    {
        ArgumentNullException.ThrowIfNull(period);
        return new FixedWindow(period);
    }

    /// <summary>The stretch just before the window.</summary>
    /// <param name="length">How long it is; more than zero.</param>
    /// <param name="gap">How long before the window it ends; zero or more. A gap lets a slow change show.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is not above zero, or <paramref name="gap"/> is negative.</exception>
    public static ReferenceWindow Rolling(TimeSpan length, TimeSpan gap = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(gap, TimeSpan.Zero);
        return new RollingWindow(length, gap);
    }

    /// <summary>Everything from a start up to the window.</summary>
    /// <param name="from">Where the reference begins.</param>
    /// <param name="gap">How long before the window it ends; zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gap"/> is negative.</exception>
    public static ReferenceWindow Expanding(DateTime from, TimeSpan gap = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(gap, TimeSpan.Zero);
        return new ExpandingWindow(from, gap);
    }

    /// <summary>In a season the last season of the same name; outside all seasons another choice, from which the days of every season are left out.</summary>
    /// <param name="seasons">The seasons; windows are cut at their borders.</param>
    /// <param name="outside">The reference of days outside a season.</param>
    /// <exception cref="ArgumentException"><paramref name="outside"/> is itself seasonal.</exception>
    public static ReferenceWindow SameSeasonLastYear(SeasonCalendar seasons, ReferenceWindow outside)
    {
        ArgumentNullException.ThrowIfNull(seasons);
        ArgumentNullException.ThrowIfNull(outside);
        return outside.Seasons is null
            ? new SeasonalWindow(seasons, outside)
            : throw new ArgumentException("The reference outside the seasons must not be seasonal itself.", nameof(outside));
    }

    /// <summary>The period to compare a window with; null, and why, if there is none.</summary>
    internal abstract (Period? Period, string? Reason) For(Period window, Season? season);

    private static (Period? Period, string? Reason) Between(DateTime from, DateTime to) =>
        to > from ? (new Period(from, to), null) : (null, "the reference would be empty");

    private sealed record FixedWindow(Period Period) : ReferenceWindow
    {
        public override string Description => $"fixed: {Period}";

        internal override (Period? Period, string? Reason) For(Period window, Season? season) =>
            Period.Intersect(window) is null ? (Period, null) : (null, "it overlaps the reference");
    }

    private sealed record RollingWindow(TimeSpan Length, TimeSpan Gap) : ReferenceWindow
    {
        public override string Description => FormattableString.Invariant($"rolling: the {Length.TotalDays:0.##} days") +
            (Gap > TimeSpan.Zero ? FormattableString.Invariant($" that end {Gap.TotalDays:0.##} days before the window") : " before the window");

        internal override (Period? Period, string? Reason) For(Period window, Season? season) =>
            Between(window.From - Gap - Length, window.From - Gap);
    }

    private sealed record ExpandingWindow(DateTime From, TimeSpan Gap) : ReferenceWindow
    {
        public override string Description => FormattableString.Invariant($"expanding: everything since {From:yyyy-MM-dd}");

        internal override (Period? Period, string? Reason) For(Period window, Season? season) => Between(From, window.From - Gap);
    }

    private sealed record SeasonalWindow(SeasonCalendar Calendar, ReferenceWindow Outside) : ReferenceWindow
    {
        public override string Description => $"same season last year; outside a season {Outside.Description}, without the days of seasons";

        internal override SeasonCalendar? Seasons => Calendar;

        internal override (Period? Period, string? Reason) For(Period window, Season? season)
        {
            if (season is null)
            {
                return Outside.For(window, null);
            }

            return Calendar.Before(season) is { } last
                ? (last.Period, null)
                : (null, $"no earlier {season.Name} to compare with");
        }
    }
}
