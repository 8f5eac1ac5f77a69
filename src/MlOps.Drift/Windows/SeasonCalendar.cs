using MlOps.Data;

namespace MlOps.Drift.Windows;

/// <summary>The seasons that are known, year by year: festivals move through the calendar, so each year's dates are stated.</summary>
public sealed class SeasonCalendar
{
    private readonly Season[] _seasons;

    /// <summary>Makes a calendar.</summary>
    /// <param name="seasons">In any order; at least one. No two of them overlap.</param>
    /// <exception cref="ArgumentException">There is no season, or two overlap; the message names them.</exception>
    public SeasonCalendar(params IEnumerable<Season> seasons)
    {
        _seasons = [.. seasons.OrderBy(season => season.Period.From)];
        if (_seasons.Length == 0)
        {
            throw new ArgumentException("A season calendar needs at least one season.", nameof(seasons));
        }

        for (int i = 1; i < _seasons.Length; i++)
        {
            if (_seasons[i].Period.From < _seasons[i - 1].Period.To)
            {
                throw new ArgumentException(
                    $"Seasons must not overlap: {_seasons[i - 1].Name} ({_seasons[i - 1].Period}) and {_seasons[i].Name} ({_seasons[i].Period}).", nameof(seasons));
            }
        }
    }

    /// <summary>Gets the seasons by date.</summary>
    public IReadOnlyList<Season> Seasons => _seasons;

    /// <summary>Reads the seasons off a table that marks their rows.</summary>
    /// <param name="table">Rows in any order.</param>
    /// <param name="timeColumn">When a row happened.</param>
    /// <param name="flagColumn">True in the season.</param>
    /// <param name="name">The name that all of them get.</param>
    /// <remarks>Marked days that follow each other with at most a week between them are one season; it lasts from the first to the last of them, both whole days.</remarks>
    /// <exception cref="ArgumentException">No row is marked, or an unmarked row lies inside a season, so that the column marks something else.</exception>
    public static SeasonCalendar FromFlags(Table table, string timeColumn, string flagColumn, string name)
    {
        ArgumentNullException.ThrowIfNull(table);
        Column<DateTime> times = table.Times(timeColumn);
        Column<bool> flags = table.Bools(flagColumn);
        DateTime[] marked = [.. Enumerable.Range(0, table.RowCount).Where(i => flags[i] == true && times[i] is not null).Select(i => times[i]!.Value.Date).Distinct().Order()];
        if (marked.Length == 0)
        {
            throw new ArgumentException($"Column '{flagColumn}' marks no row with a time, so there is no season to read off.", nameof(flagColumn));
        }

        var seasons = new List<Season>();
        DateTime from = marked[0];
        for (int i = 1; i <= marked.Length; i++)
        {
            if (i == marked.Length || marked[i] - marked[i - 1] > TimeSpan.FromDays(7))
            {
                seasons.Add(new Season(name, new Period(from, marked[i - 1].AddDays(1))));
                from = i < marked.Length ? marked[i] : from;
            }
        }

        var calendar = new SeasonCalendar(seasons);
        int stray = Enumerable.Range(0, table.RowCount).Count(i => flags[i] == false && times[i] is { } time && calendar.At(time) is not null);
        return stray == 0
            ? calendar
            : throw new ArgumentException($"Column '{flagColumn}' leaves {stray} rows unmarked that lie between marked days: it does not mark a season.", nameof(flagColumn));
    }

    /// <summary>Returns the season that a moment lies in; null outside all of them.</summary>
    public Season? At(DateTime moment) => Array.Find(_seasons, season => season.Period.Contains(moment));

    /// <summary>Returns the season of the same name before this one; null if none is known.</summary>
    public Season? Before(Season season) =>
        Array.FindLast(_seasons, other => other.Name == season.Name && other.Period.To <= season.Period.From);

    /// <summary>Cuts a period at the borders of seasons, so that each part lies in one season or in none.</summary>
    internal IEnumerable<(Period Period, Season? Season)> Cut(Period period)
    {
        DateTime from = period.From;
        foreach (Season season in _seasons)
        {
            if (season.Period.Intersect(period) is { } shared)
            {
                if (shared.From > from)
                {
                    yield return (new Period(from, shared.From), null);
                }

                yield return (shared, season);
                from = shared.To;
            }
        }

        if (from < period.To)
        {
            yield return (new Period(from, period.To), null);
        }
    }
}
