using System.Globalization;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Sql;

/// <summary>The steps of a report inside a database: describe, profile, measure each column, judge all together.</summary>
internal sealed class SqlComparison(
    SqlSession session, SqlSource reference, SqlSource current, DriftOptions options, SqlDriftOptions sqlOptions, IProgress<double>? progress)
{
    private readonly List<SkippedColumn> _skipped = [];
    private int _stepsDone;
    private int _steps;

    internal async Task<DriftReport> RunAsync(CancellationToken cancellationToken)
    {
        SqlColumnPair[] described = await new Description(session, reference, current).PairsAsync(options.Columns, cancellationToken).ConfigureAwait(false);
        SqlColumnPair[] all = await new Profiles(session, reference, current).OfAsync(described, cancellationToken).ConfigureAwait(false);
        SqlColumnPair[] columns = [.. all.Where(IsComparable)];
        SqlColumnPair[] numbers = [.. columns.Where(column => !column.IsEmpty && column.Kind == ColumnKind.Number)];
        _steps = columns.Length + 2; // the profile before, the counts of all numeric columns after
        Step();

        Dictionary<string, ColumnSummary> summaries = await NumbersAsync(numbers, cancellationToken).ConfigureAwait(false);
        foreach (SqlColumnPair column in columns.Where(column => column.Kind != ColumnKind.Number && !column.IsEmpty))
        {
            if (await LevelsAsync(column, cancellationToken).ConfigureAwait(false) is { } summary)
            {
                summaries.Add(column.Name, summary);
            }

            Step();
        }

        foreach (SqlColumnPair column in columns.Where(column => column.IsEmpty))
        {
            summaries.Add(column.Name, column.Summary());
            Step();
        }

        ColumnSummary[] kept = [.. columns.Where(column => summaries.ContainsKey(column.Name)).Select(column => summaries[column.Name])];
        Step();
        var rows = new RowCounts(all[0].ReferenceProfile.Rows, all[0].CurrentProfile.Rows);
        return kept.Length > 0
            ? DriftReport.FromSummaries(rows, kept, _skipped, options)
            : throw new ArgumentException($"No column can be compared. {string.Join(" ", _skipped.Select(s => $"'{s.Name}': {s.Reason}."))}");
    }

    private void Step() => progress?.Report((double)++_stepsDone / _steps);

    private bool IsComparable(SqlColumnPair column)
    {
        (ColumnProfile before, ColumnProfile now) = (column.ReferenceProfile, column.CurrentProfile);
        if (before.IsEmpty && now.IsEmpty)
        {
            _skipped.Add(new SkippedColumn(column.Name, "no value on either side"));
            return false;
        }

        if (column.IsEmpty)
        {
            return true; // an empty column has no type to speak of
        }

        if (before.Kind != now.Kind)
        {
            throw new ArgumentException(
                $"Column '{column.Name}' is {Word(before)} in the reference ({reference}) but {Word(now)} in the current rows ({current}). " +
                "Cast it in a query, or name the columns to compare without it (DriftOptions.Columns; --columns).");
        }

        NotInfinite(column.Name, "reference", before.Infinite);
        NotInfinite(column.Name, "current", now.Infinite);
        if (column.Kind == ColumnKind.Time)
        {
            _skipped.Add(new SkippedColumn(column.Name, "times always move on; compare something derived from them, such as the weekday"));
            return false;
        }

        return true;
    }

    private static void NotInfinite(string name, string side, long infinite)
    {
        if (infinite > 0)
        {
            throw new ArgumentException(
                $"Column '{name}' of the {side} table holds {infinite} infinite values; a drift test needs finite numbers. " +
                "Leave them out with a condition, or name the columns to compare without it (DriftOptions.Columns; --columns).",
                side);
        }
    }

    private static string Word(ColumnProfile profile) => (profile.Kind, profile.Mixture.Numbers) switch
    {
        (ColumnKind.Number, _) => "numeric",
        (ColumnKind.Truth, _) => "true/false",
        (ColumnKind.Time, _) => "a time",
        (_, > 0) => $"a mixture of {profile.Mixture.Numbers} numbers and {profile.Mixture.Texts} texts",
        _ => "text",
    };

    private async Task<Dictionary<string, ColumnSummary>> NumbersAsync(SqlColumnPair[] columns, CancellationToken cancellationToken)
    {
        var shapes = sqlOptions.HistogramCells is { } cells
            ? await new CellHistograms(session, reference, current, cells).OfAsync(columns, Step, cancellationToken).ConfigureAwait(false)
            : await new ExactShapes(session, reference, current, options).OfAsync(columns, Step, cancellationToken).ConfigureAwait(false);
        CountedColumn[] counted = await new EdgeCounts(session, reference, current)
            .OfAsync([.. columns.Select((column, i) => EdgeRequest.Of(column, shapes[i], options.Binning))], cancellationToken).ConfigureAwait(false);
        return columns.Select((column, i) => column.Summary() with
        {
            Bins = counted[i].Bins,
            Histogram = counted[i].Histogram,
            ReferenceDeviation = counted[i].ReferenceDeviation,
            Ks = shapes[i].Ks,
            Wasserstein = shapes[i].Wasserstein,
            Notes = [.. column.Notes(), .. shapes[i].Notes],
        }).ToDictionary(summary => summary.Name, StringComparer.Ordinal);
    }

    private async Task<ColumnSummary?> LevelsAsync(SqlColumnPair column, CancellationToken cancellationToken)
    {
        long present = column.ReferenceCount + column.CurrentCount;
        long? most = column.Kind == ColumnKind.Text ? Math.Max(Comparison.FewTexts, (long)Math.Floor(options.IdentifierShare * present)) : null;
        LevelTable levels = await new LevelTables(session, reference, current, sqlOptions.MaxLevels).OfAsync(column, most, cancellationToken).ConfigureAwait(false);
        if (levels.Counts is not { } counts)
        {
            _skipped.Add(new SkippedColumn(column.Name, string.Create(
                CultureInfo.InvariantCulture, $"an identifier or free text: {levels.Distinct} distinct texts in {present} rows")));
            return null;
        }

        ColumnSummary summary = column.Summary();
        return summary with { Levels = counts, Notes = [.. summary.Notes, .. levels.Notes] };
    }
}
