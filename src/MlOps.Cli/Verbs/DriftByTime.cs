using System.CommandLine;
using System.Globalization;
using MlOps.Data;
using MlOps.Drift;
using MlOps.Drift.Windows;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops drift FILE --by-time COLUMN</c>: one file, window by window, each compared with a past that the user chooses.</summary>
internal sealed class DriftByTime(DriftSettings settings, DriftOutput output) : DriftMode
{
    /// <summary>More windows than this come from a wrong time, such as the year 9999, or a window that is far too short.</summary>
    private const int MostWindows = 10_000;

    private readonly Option<string?> _byTime = new("--by-time") { HelpName = "column", Description = "Compare the windows of one file with its past, by the times in this column." };
    private readonly Option<string> _window = new("--window") { HelpName = "length", Description = "How long a window is: month, week (from Monday), or a number of days such as 10d.", DefaultValueFactory = _ => "month" };
    private readonly Option<string?> _reference = new("--reference")
    {
        HelpName = "past",
        Description = "The past of a window: first:9 (windows), rolling:90d, expanding, or season:COLUMN (true in a season, which is compared with the last one).",
    };

    internal override string Name => "--by-time";

    internal override string Nature => "which reads one CSV file into memory and says which windows drifted";

    internal override IReadOnlyList<Option> Own => [_byTime, _window, _reference];

    internal override IReadOnlyList<Option> Shared => [.. settings.OfComparison, settings.Infinities, output.Json, output.FailOn];

    internal override bool TakesTwo => false;

    internal override bool IsMeant(ParseResult parsed, IReadOnlyList<string> sources) => Given(parsed, _byTime);

    internal override Task<int> RunAsync(ParseResult parsed, IReadOnlyList<string> sources, CancellationToken cancellation)
    {
        string path = sources[0];
        string column = parsed.GetRequiredValue(_byTime)!;
        DriftOutput.Wanted wanted = output.Read(parsed, sources);
        Cut cut = CutOf(parsed.GetRequiredValue(_window));
        Past past = PastOf(parsed.GetValue(_reference), column);
        DriftOptions options = settings.Read(parsed);

        var types = new Dictionary<string, Type> { [column] = typeof(DateTime) }; // a value that is no time is told with its line
        if (past.SeasonColumn is { } season)
        {
            types[season] = typeof(bool);
        }

        Table table = Checked(Table.ReadCsv(path, new CsvOptions { Types = types }, cancellationToken: cancellation), path, options.Columns);
        options = options with { Columns = options.Columns ?? [.. table.Columns.Select(c => c.Name).Where(name => !types.ContainsKey(name))] };
        DriftOverTime history;
        try
        {
            IReadOnlyList<Period> windows = Windows(table.Times(column), cut);
            using var progress = new TerminalProgress("Comparing");
            history = DriftOverTime.Compare(table, column, windows, past.Of(table, windows), options, progress: progress, cancellationToken: cancellation);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"{path}: {Program.Sentence(e)}", e);
        }

        if (history.RowsWithoutTime > 0)
        {
            Console.Error.WriteLine(FormattableString.Invariant($"{path}: {history.RowsWithoutTime:N0} of {table.RowCount:N0} rows have no time in column '{column}'; they are in no window."));
        }

        return history.Windows.Any(window => window.Report is not null)
            ? Task.FromResult(wanted.Finish(history.ToString, () => history.ToJson(), history.Windows.Max(window => window.Level)))
            : throw new ArgumentException($"{path}: no window could be compared. {history.Windows[^1].Label}: {history.Windows[^1].SkipReason}.");
    }

    private static IReadOnlyList<Period> Windows(Column<DateTime> times, Cut cut)
    {
        DateTime[] known = [.. Enumerable.Range(0, times.Count).Where(row => times[row] is not null).Select(row => times[row]!.Value)];
        if (known.Length == 0)
        {
            throw new ArgumentException($"column '{times.Name}' holds no time.");
        }

        (DateTime first, DateTime last) = (known.Min(), known.Max());
        return (last - first).TotalDays <= (double)MostWindows * cut.Days
            ? cut.Between(first, last)
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"its times go from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}, more than {MostWindows:N0} windows. Mend the wrong times, or give a longer --window."));
    }

    private static Cut CutOf(string window) => window switch
    {
        "month" => new Cut(31, Period.Months),
        "week" => new Cut(7, (first, last) => Period.Every(TimeSpan.FromDays(7), first.Date.AddDays(-(((int)first.DayOfWeek + 6) % 7)), last)),
        _ when Days(window) is { } days => new Cut(days, (first, last) => Period.Every(TimeSpan.FromDays(days), first.Date, last)),
        _ => throw new ArgumentException($"--window is month, week or a number of days such as 10d; got '{window}'."),
    };

    private static Past PastOf(string? reference, string timeColumn) => (reference ?? "").Split(':', 2) switch
    {
        ["expanding"] => new Past(null, (_, windows) => ReferenceWindow.Expanding(windows[0].From)),
        ["first", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 => new Past(null, (_, windows) => First(count, windows)),
        ["rolling", var text] when Days(text) is { } days => new Past(null, (_, _) => ReferenceWindow.Rolling(TimeSpan.FromDays(days))),
        ["season", { Length: > 0 } column] => new Past(
            column,
            (table, windows) => ReferenceWindow.SameSeasonLastYear(SeasonCalendar.FromFlags(table, timeColumn, column, column), ReferenceWindow.Expanding(windows[0].From))),
        _ => throw new ArgumentException(
            $"--by-time needs a --reference: first:9 (windows), rolling:90d, expanding or season:COLUMN; got {(reference is null ? "none" : $"'{reference}'")}."),
    };

    private static ReferenceWindow First(int count, IReadOnlyList<Period> windows) => count < windows.Count
        ? ReferenceWindow.Fixed(new Period(windows[0].From, windows[count - 1].To))
        : throw new ArgumentException($"--reference first:{count} leaves no window to judge; there are {windows.Count}.");

    /// <summary>The days of a text such as <c>90d</c>, from 1 to a hundred years; null if it is none.</summary>
    private static int? Days(string text) =>
        text.EndsWith('d') && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int days) && days is > 0 and <= 36_525 ? days : null;

    /// <summary>How the time between the first and the last row is cut.</summary>
    /// <param name="Days">The most days of a window.</param>
    /// <param name="Between">The windows.</param>
    private sealed record Cut(int Days, Func<DateTime, DateTime, IReadOnlyList<Period>> Between);

    /// <summary>Which past a window is compared with.</summary>
    /// <param name="SeasonColumn">The column that marks a season; null if there is none.</param>
    /// <param name="Of">The choice for a table and its windows.</param>
    private sealed record Past(string? SeasonColumn, Func<Table, IReadOnlyList<Period>, ReferenceWindow> Of);
}
