using System.Globalization;
using MlOps.Data;

namespace MlOps.Drift.Reporting;

/// <summary>The work behind <see cref="DriftReport.Compare"/>: pair the columns, gather evidence in parallel, then judge all columns together.</summary>
internal sealed class Comparison(DriftOptions options)
{
    /// <summary>A text column with so few distinct texts is no identifier, however few rows it has.</summary>
    private const int FewTexts = 20;

    private readonly List<SkippedColumn> _skipped = [];

    internal IReadOnlyList<SkippedColumn> Skipped => _skipped;

    internal IReadOnlyList<ColumnDrift> Run(ColumnPair[] pairs, IProgress<double>? progress, CancellationToken cancellation)
    {
        ColumnPair[] tested = [.. pairs.Where(IsComparable)];
        Finding[] findings = Gather(tested, progress, cancellation);
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
        return [.. kept.Select(finding => finding.Evidence is { } evidence ? Judge(finding.Pair, evidence, verdicts) : WithoutValues(finding.Pair))];
    }

    private static bool IsEmpty(Column column) => column.MissingCount == column.Count;

    private static bool IsNumeric(Column column) => column is Column<double> or Column<long>;

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

        bool sameType = reference.ValueType == current.ValueType || (IsNumeric(reference) && IsNumeric(current));
        if (!sameType)
        {
            throw new ArgumentException(
                $"Column '{pair.Name}' is {TypeName(reference)} in the reference table but {TypeName(current)} in the current one. " +
                "Read both with the same type, or name the columns to compare without it (DriftOptions.Columns; --columns).");
        }

        if (reference is Column<DateTime>)
        {
            _skipped.Add(new SkippedColumn(pair.Name, "times always move on; compare something derived from them, such as the weekday"));
            return false;
        }

        return true;
    }

    private Finding[] Gather(ColumnPair[] pairs, IProgress<double>? progress, CancellationToken cancellation)
    {
        var findings = new Finding[pairs.Length];
        var problems = new ArgumentException?[pairs.Length];
        var counter = new Lock();
        int done = 0;
        Parallel.For(
            0,
            pairs.Length,
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellation },
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
            return new Finding(pair, null, null);
        }

        if (IsNumeric(pair.Reference))
        {
            return new Finding(pair, Evidence.OfNumbers(pair, options), null);
        }

        LevelCounts levels = LevelTally.Of(pair);
        int present = pair.Reference.Count + pair.Current.Count - pair.Missing.Reference - pair.Missing.Current;
        bool isIdentifier = pair.Reference is StringColumn
            && levels.Levels.Count > FewTexts
            && levels.Levels.Count > options.IdentifierShare * present;
        return isIdentifier
            ? new Finding(pair, null, string.Create(CultureInfo.InvariantCulture, $"an identifier or free text: {levels.Levels.Count} distinct texts in {present} rows"))
            : new Finding(pair, Evidence.OfLevels(levels, options), null);
    }

    private ColumnDrift Judge(ColumnPair pair, Evidence evidence, Verdicts verdicts) =>
        new(pair.Name, evidence.Type, verdicts.Tests(evidence), verdicts.Level(evidence), pair.Missing, [.. MissingNotes(pair), .. evidence.Notes])
        {
            PsiChanceThreshold = evidence.Psi.ChanceThreshold,
            Bins = evidence.Bins,
            Histogram = evidence.Histogram,
            Levels = evidence.Levels,
        };

    /// <summary>A column that lost all its values, or had none before: nothing to test, and everything to report.</summary>
    private static ColumnDrift WithoutValues(ColumnPair pair)
    {
        (Column empty, Column filled) = IsEmpty(pair.Current) ? (pair.Current, pair.Reference) : (pair.Reference, pair.Current);
        string side = ReferenceEquals(empty, pair.Current) ? "current" : "reference";
        DriftColumnType type = IsNumeric(filled) ? DriftColumnType.Numeric : DriftColumnType.Categorical;
        return new ColumnDrift(pair.Name, type, [], DriftLevel.Significant, pair.Missing, [$"every {side} value is missing: nothing to test"]);
    }

    private IEnumerable<string> MissingNotes(ColumnPair pair)
    {
        double before = (double)pair.Missing.Reference / pair.Reference.Count;
        double now = (double)pair.Missing.Current / pair.Current.Count;
        if (now - before >= options.MissingRise && now > before)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"missing values rose from {100 * before:0.#} % to {100 * now:0.#} %");
        }
    }

    private static string TypeName(Column column) => column switch
    {
        Column<double> or Column<long> => "numeric",
        Column<bool> => "true/false",
        Column<DateTime> => "a time",
        _ => "text",
    };

    private sealed record Finding(ColumnPair Pair, Evidence? Evidence, string? SkipReason);
}
