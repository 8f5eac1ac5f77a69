using MlOps.Data.Identifiers;
using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>A check at work: takes the parts of one table in order, then gives the report. Not thread-safe; uses all cores for each part.</summary>
internal sealed class QualityCheck
{
    /// <summary>Values looked at to tell whether a column holds personal data that must not be quoted.</summary>
    private const int LookedAt = 1000;

    private readonly Expectations _expectations;
    private readonly bool _keepsRows;
    private readonly List<ExpectationRun> _runs = [];
    private readonly string[] _names;
    private readonly ExpectedType[] _types;
    private readonly long[] _missing;
    private readonly long[] _infinite;
    private readonly SortedDictionary<string, PersonalDataKind> _personal = new(StringComparer.Ordinal);
    private readonly HashSet<string> _personalNames;
    private long _rows;

    internal QualityCheck(Expectations expectations, Table first, CheckContext context, bool keepsRows)
    {
        _expectations = expectations;
        _keepsRows = keepsRows;
        _names = [.. first.Columns.Select(column => column.Name)];
        _types = [.. first.Columns.Select(ExpectedTypes.Of)];
        _missing = new long[_names.Length];
        _infinite = new long[_names.Length];
        foreach (PersonalColumn column in PersonalData.Find(first.Head(LookedAt)))
        {
            _personal[column.Column] = column.Kind;
        }

        foreach ((string column, PersonalDataKind kind) in expectations.PersonalColumns)
        {
            _personal[column] = kind;
        }

        _personalNames = [.. _personal.Keys];
        Plan(first, context);
    }

    internal CheckedPart Add(Table part, CancellationToken cancellationToken)
    {
        if (part.Columns.Count != _names.Length || !part.Columns.Select((column, i) => column.Name == _names[i] && ExpectedTypes.Of(column) == _types[i]).All(same => same))
        {
            throw new ArgumentException(
                $"All parts need the columns of the first: it has {Schema(_names, _types)}; the part from row {Wording.Count(_rows)} on has {Schema(part.Columns.Select(column => column.Name), part.Columns.Select(ExpectedTypes.Of))}.", nameof(part));
        }

        var view = new PartView(part);
        long firstRow = _rows;
        Run(_runs.Count, i => _runs[i].Add(view, firstRow), cancellationToken);
        Run(_names.Length, i => Summarise(i, part.Columns[i]), cancellationToken);
        _rows += part.RowCount;
        return new CheckedPart(part, firstRow, [.. _runs.Where(run => run.Last.Count > 0).Select(run => (run.Rule, run.Last))], _personalNames);
    }

    internal QualityReport Finish()
    {
        ExpectationResult[] results = [.. _runs.Select(run => run.Finish())];
        bool isTold = results.Any(result => result.Expectation is RowCount && (result.Passed || result.Severity == QualitySeverity.Error)); // min: 0 allows it
        if (_rows == 0 && !isTold)
        {
            var someRows = new RowCount(min: 1) { Because = "a table without rows tells nothing" };
            results = [new ExpectationResult(someRows, ExpectationOutcome.Failed, "0", "The table has no rows: there is nothing to evaluate.", 0, 0, []), .. results];
        }

        ColumnQuality[] columns = [.. _names.Select((name, i) =>
        {
            ExpectationResult[] about = [.. results.Where(result => result.Expectation.Columns.Contains(name))];
            return new ColumnQuality(
                name,
                _types[i],
                _rows,
                _missing[i],
                _infinite[i],
                _personal.TryGetValue(name, out PersonalDataKind kind) ? kind : null,
                about.Count(result => result.Outcome == ExpectationOutcome.Failed),
                about.Count(result => result.Outcome != ExpectationOutcome.NotEvaluated));
        })];
        return new QualityReport(_expectations, _rows, results, columns, _personalNames, _keepsRows ? [.. _runs.Select(run => (run.Rule, run.Masks))] : null);
    }

    /// <summary>Does the same for every index, several at a time. A failure is thrown as it is, not wrapped.</summary>
    private static void Run(int count, Action<int> body, CancellationToken cancellationToken)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken }, body);
        }
        catch (AggregateException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    private static string Schema(IEnumerable<string> names, IEnumerable<ExpectedType> types) =>
        string.Join(", ", names.Zip(types, (name, type) => $"{name}: {ExpectedTypes.Name(type)}"));

    /// <summary>Decides which rules can be judged. A column that is not there, or has another type, is one finding of one rule.</summary>
    private void Plan(Table first, CheckContext context)
    {
        Dictionary<string, (Expectation Finder, bool IsMissing)> blocked = new(StringComparer.Ordinal);
        foreach (string column in _expectations.Rules.SelectMany(rule => rule.Columns).Distinct(StringComparer.Ordinal))
        {
            Expectation[] about = [.. _expectations.Rules.Where(rule => rule.Columns.Contains(column))];
            if (!first.HasColumn(column))
            {
                blocked[column] = (about.FirstOrDefault(rule => rule is ColumnExists) ?? about.FirstOrDefault(rule => rule is ColumnType) ?? about[0], true);
            }
            else if ((about.FirstOrDefault(rule => rule is ColumnType && !rule.Fits(first[column])) ?? about.FirstOrDefault(rule => !rule.Fits(first[column]))) is { } finder)
            {
                blocked[column] = (finder, false);
            }
        }

        foreach (Expectation rule in _expectations.Rules)
        {
            bool quotes = !rule.Columns.Any(_personalNames.Contains);
            _runs.Add(new ExpectationRun(rule, Test(rule, blocked, context), quotes, _keepsRows));
        }
    }

    private ExpectationTest Test(Expectation rule, Dictionary<string, (Expectation Finder, bool IsMissing)> blocked, CheckContext context)
    {
        foreach (string column in rule.Columns)
        {
            if (!blocked.TryGetValue(column, out (Expectation Finder, bool IsMissing) block))
            {
                continue;
            }

            if (ReferenceEquals(block.Finder, rule))
            {
                string there = _names.Length == 0 ? "The table has no columns" : $"There are: {Wording.List(_names, shown: 12)}{FieldReader.Suggestion(column, _names)}";
                return block.IsMissing
                    ? new SettledTest(TestVerdict.Of(passed: false, "missing", $"There is no column '{column}'. {there}."))
                    : new TypeTest(column, rule);
            }

            if (rule is not ColumnExists || block.IsMissing)
            {
                return new SettledTest(TestVerdict.Nothing(block.IsMissing ? $"Not evaluated: there is no column '{column}'." : $"Not evaluated: column '{column}' has another type than expected."));
            }
        }

        return rule.Begin(context);
    }

    private void Summarise(int index, Column column)
    {
        _missing[index] += column.MissingCount;
        if (column is Column<double> numbers)
        {
            var infinite = new RowMask(numbers.Count);
            ValueRange.MarkOutside(numbers.Values, double.MinValue, double.MaxValue, infinite);
            _infinite[index] += infinite.Count;
        }
    }
}
