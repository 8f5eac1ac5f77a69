using System.Globalization;
using MlOps.Data;

namespace MlOps.Drift.Reporting;

/// <summary>The work behind <see cref="DriftReport.Compare"/>: pair the columns, gather evidence in parallel, then judge all columns together.</summary>
internal sealed class Comparison(DriftOptions options)
{
    /// <summary>A text column with so few distinct texts is no identifier, however few rows it has.</summary>
    internal const int FewTexts = 20;

    private readonly List<SkippedColumn> _skipped = [];

    internal IReadOnlyList<SkippedColumn> Skipped => _skipped;

    internal IReadOnlyList<ColumnDrift> Run(ColumnPair[] pairs, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ColumnPair[] tested = [.. pairs.Where(IsComparable)];
        Finding[] findings = Gather(tested, progress, cancellationToken);
        foreach (Finding finding in findings)
        {
            if (finding.SkipReason is { } reason)
            {
                _skipped.Add(new SkippedColumn(finding.Pair.Name, reason));
            }
        }

        Finding[] kept = [.. findings.Where(f => f.SkipReason is null)];
        if (kept.Length == 0)
        {
            throw new ArgumentException(
                $"No column can be compared. {string.Join(" ", _skipped.Select(s => $"'{s.Name}': {s.Reason}."))}");
        }

        var verdicts = new Verdicts(kept.Where(f => f.Evidence is not null).Select(f => f.Evidence!), options);
        return [.. kept.Select(finding => finding.Evidence is { } evidence
            ? Judge(finding.Pair.Name, finding.Pair.Rows, finding.Pair.Missing, evidence, verdicts, options)
            : finding.WithoutTest!)];
    }

    /// <summary>Judges columns whose evidence was gathered elsewhere. A column without any value on one side has neither bins nor levels.</summary>
    internal static IReadOnlyList<ColumnDrift> Judge(RowCounts rows, IReadOnlyList<ColumnSummary> columns, DriftOptions options)
    {
        Evidence?[] evidence = [.. columns.Select(column => column.Bins is null && column.Levels is null ? null : Evidence.OfSummary(column, options))];
        var verdicts = new Verdicts(evidence.Where(e => e is not null).Select(e => e!), options);
        return [.. columns.Select((column, i) => evidence[i] is { } known
            ? Judge(column.Name, rows, column.Missing, known, verdicts, options)
            : WithoutValues(column.Name, column.Type, column.Missing, column.Missing.Current == rows.Current))];
    }

    private static bool IsEmpty(Column column) => column.MissingCount == column.Count;

    private static bool IsNumeric(Column column) => column is Column<double> or Column<long>;

    private static bool HasChangedType(ColumnPair pair) =>
        pair.Reference.ValueType != pair.Current.ValueType && !(IsNumeric(pair.Reference) && IsNumeric(pair.Current));

    private bool IsComparable(ColumnPair pair)
    {
        (Column reference, Column current) = pair;
        if (IsEmpty(reference) && IsEmpty(current))
        {
            _skipped.Add(new SkippedColumn(pair.Name, "no value on either side"));
            return false;
        }

        if (IsEmpty(reference) || IsEmpty(current))
        {
            return true; // an empty column has no type to speak of
        }

        if (HasChangedType(pair))
        {
            return options.TypeChanges == TypeChangePolicy.Drift ? true : throw new ArgumentException(
                $"Column '{pair.Name}' is {TypeName(reference)} in the reference table but {TypeName(current)} in the current one. " +
                "Read both with the same type, call it drift (DriftOptions.TypeChanges; --type-changes drift), " +
                "or name the columns to compare without it (DriftOptions.Columns; --columns).");
        }

        if (reference is Column<DateTime>)
        {
            _skipped.Add(new SkippedColumn(pair.Name, "times always move on; compare something derived from them, such as the weekday"));
            return false;
        }

        return true;
    }

    private Finding[] Gather(ColumnPair[] pairs, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var findings = new Finding[pairs.Length];
        var problems = new ArgumentException?[pairs.Length];
        var counter = new Lock();
        int done = 0;
        Parallel.For(
            0,
            pairs.Length,
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken },
            i =>
            {
                try
                {
                    findings[i] = Find(pairs[i]);
                }
                catch (ArgumentException problem)
                {
                    problems[i] = problem; // thrown below, so that the first column is named whatever thread was faster
                }

                lock (counter)
                {
                    done++;
                    progress?.Report((double)done / pairs.Length);
                }
            });

        return problems.FirstOrDefault(p => p is not null) is { } first ? throw first : findings;
    }

    private Finding Find(ColumnPair pair)
    {
        if (IsEmpty(pair.Reference) || IsEmpty(pair.Current))
        {
            return new Finding(pair) { WithoutTest = WithoutValues(pair) };
        }

        if (HasChangedType(pair))
        {
            string note = $"was {TypeName(pair.Reference)} in the reference table and is {TypeName(pair.Current)} now: nothing to test";
            return new Finding(pair) { WithoutTest = new ColumnDrift(pair.Name, TypeOf(pair.Reference), [], DriftLevel.Significant, pair.Missing, [note]) };
        }

        if (IsNumeric(pair.Reference))
        {
            NumericPair? numbers = NumericPair.Of(pair, options, out RowCounts infinite);
            return numbers is null
                ? new Finding(pair) { WithoutTest = WithoutFinite(pair, infinite) }
                : new Finding(pair) { Evidence = Evidence.OfNumbers(numbers, options) };
        }

        LevelCounts levels = LevelTally.Of(pair);
        long present = pair.Reference.Count + pair.Current.Count - pair.Missing.Reference - pair.Missing.Current;
        bool isIdentifier = pair.Reference is StringColumn
            && levels.Levels.Count > FewTexts
            && levels.Levels.Count > options.IdentifierShare * present;
        return isIdentifier
            ? new Finding(pair) { SkipReason = string.Create(CultureInfo.InvariantCulture, $"an identifier or free text: {levels.Levels.Count} distinct texts in {present} rows") }
            : new Finding(pair) { Evidence = Evidence.OfLevels(levels, options) };
    }

    private static ColumnDrift Judge(string name, RowCounts rows, RowCounts missing, Evidence evidence, Verdicts verdicts, DriftOptions options) =>
        new(name, evidence.Type, verdicts.Tests(evidence), verdicts.Level(evidence), missing, [.. MissingNotes(rows, missing, options), .. InfinityNotes(evidence.Infinite), .. evidence.Notes])
        {
            Infinite = evidence.Infinite,
            DecidingTest = evidence.Decider?.Name,
            PsiChanceThreshold = evidence.Psi.ChanceThreshold,
            Bins = evidence.Bins,
            Histogram = evidence.Histogram,
            Levels = evidence.Levels,
        };

    /// <summary>A column that lost all its values, or had none before: nothing to test, and everything to report.</summary>
    private static ColumnDrift WithoutValues(ColumnPair pair)
    {
        (Column empty, Column filled) = IsEmpty(pair.Current) ? (pair.Current, pair.Reference) : (pair.Reference, pair.Current);
        return WithoutValues(pair.Name, TypeOf(filled), pair.Missing, ReferenceEquals(empty, pair.Current));
    }

    private static ColumnDrift WithoutFinite(ColumnPair pair, RowCounts infinite)
    {
        string side = infinite.Current == pair.Rows.Current - pair.Missing.Current ? "current" : "reference";
        string[] notes = [.. InfinityNotes(infinite), $"no {side} value is finite: nothing to test"];
        return new ColumnDrift(pair.Name, DriftColumnType.Numeric, [], DriftLevel.Significant, pair.Missing, notes) { Infinite = infinite };
    }

    private static DriftColumnType TypeOf(Column column) => IsNumeric(column) ? DriftColumnType.Numeric : DriftColumnType.Categorical;

    private static ColumnDrift WithoutValues(string name, DriftColumnType type, RowCounts missing, bool isCurrentEmpty) =>
        new(name, type, [], DriftLevel.Significant, missing, [$"every {(isCurrentEmpty ? "current" : "reference")} value is missing: nothing to test"]);

    private static IEnumerable<string> MissingNotes(RowCounts rows, RowCounts missing, DriftOptions options)
    {
        double before = (double)missing.Reference / rows.Reference;
        double now = (double)missing.Current / rows.Current;
        if (now - before >= options.MissingRise && now > before)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"missing values rose from {100 * before:0.#} % to {100 * now:0.#} %");
        }
    }

    private static IEnumerable<string> InfinityNotes(RowCounts infinite)
    {
        if (infinite != default)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"infinite values were left out of the tests: {infinite.Reference:N0} of the reference, {infinite.Current:N0} current");
        }
    }

    private static string TypeName(Column column) => column switch
    {
        Column<double> or Column<long> => "numeric",
        Column<bool> => "true/false",
        Column<DateTime> => "a time",
        _ => "text",
    };

    /// <summary>What became of one pair: evidence to judge, a verdict that needs none, or a reason to skip it.</summary>
    private sealed record Finding(ColumnPair Pair)
    {
        internal Evidence? Evidence { get; init; }

        internal ColumnDrift? WithoutTest { get; init; }

        internal string? SkipReason { get; init; }
    }
}
