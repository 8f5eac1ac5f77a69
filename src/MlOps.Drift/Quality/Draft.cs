using MlOps.Data.Identifiers;
using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>Rules in the making: looks at a reference column by column. See <see cref="Expectations.Infer"/>.</summary>
internal sealed class Draft(Table reference, InferOptions options)
{
    /// <summary>From so many values on it is no accident that all differ.</summary>
    private const int EnoughToBeUnique = 20;

    private readonly List<Expectation> _rules = [];
    private readonly SortedDictionary<string, PersonalDataKind> _personal = new(StringComparer.Ordinal);
    private readonly string _rows = Wording.Count(reference.RowCount, "reference row");

    internal Expectations Write()
    {
        foreach (PersonalColumn column in PersonalData.Find(reference).Where(column => column.Confidence > PersonalDataConfidence.Low))
        {
            _personal[column.Column] = column.Kind;
        }

        AddRowCount();
        bool hasIdentifier = false;
        foreach (Column column in reference.Columns)
        {
            hasIdentifier |= AddColumn(column);
        }

        if (!hasIdentifier)
        {
            AddUniqueRows();
        }

        return new Expectations(options.Name, _rules, _personal);
    }

    private void AddRowCount()
    {
        if (options.RowCountFactor > 1)
        {
            _rules.Add(new RowCount((long)Math.Max(1, Math.Floor(reference.RowCount / options.RowCountFactor)), (long)Math.Ceiling(reference.RowCount * options.RowCountFactor))
            {
                Severity = QualitySeverity.Warning,
                Because = $"there are {_rows}; a factor of {Wording.Number(options.RowCountFactor)} either way",
            });
        }
    }

    private void AddUniqueRows()
    {
        var rule = new UniqueRows { Severity = QualitySeverity.Warning, Because = $"no two of the {_rows} are the same" };
        if (reference.RowCount >= EnoughToBeUnique && Test(rule) == 0)
        {
            _rules.Add(rule);
        }
    }

    /// <summary>Adds the rules about one column; returns whether it is an identifier.</summary>
    private bool AddColumn(Column column)
    {
        if (column.MissingCount == column.Count)
        {
            return false; // nothing is known of it
        }

        ExpectedType type = ExpectedTypes.Of(column);
        _rules.Add(new ColumnType(column.Name, type) { Because = $"the reference holds {ExpectedTypes.Plural(type)}" });
        AddNotNull(column);
        bool personal = _personal.ContainsKey(column.Name);
        if (IsIdentifier(column))
        {
            _rules.Add(new Unique(column.Name) { Because = $"no value is there twice in {_rows}" });
            return true;
        }

        if (personal)
        {
            return false;
        }

        switch (column)
        {
            case StringColumn texts:
                AddText(texts);
                break;
            case Column<DateTime> times:
                AddTimes(times);
                break;
            case Column<bool> truths:
                AddTruths(truths);
                break;
            default:
                AddNumbers(column.Name);
                break;
        }

        return false;
    }

    private void AddNotNull(Column column)
    {
        double missing = (double)column.MissingCount / column.Count;
        if (missing == 0)
        {
            _rules.Add(new NotNull(column.Name) { Because = $"no value is missing in {_rows}" });
        }
        else if (missing + options.MissingMargin < 1)
        {
            _rules.Add(new NotNull(column.Name)
            {
                Mostly = Math.Floor(1000 * (1 - missing - options.MissingMargin)) / 1000,
                Because = $"{Wording.Percent(missing)} of {_rows} have no value; {Wording.Percent(options.MissingMargin)} more are tolerated",
            });
        }
    }

    private bool IsIdentifier(Column column)
    {
        int present = column.Count - column.MissingCount;
        if (present < EnoughToBeUnique || column is Column<double> or Column<bool> or Column<DateTime> || Test(new Unique(column.Name)) > 0)
        {
            return false;
        }

        return column is StringColumn || IsNameOfIdentifier(column.Name) || Test(new Monotonic(column.Name, strict: true)) == 0;
    }

    private static bool IsNameOfIdentifier(string name)
    {
        string last = name.Split('_', '-', ' ', '.')[^1].ToLowerInvariant();
        return last is "id" or "key" or "uuid" or "guid" or "no" or "number" or "code" or "index" || name.EndsWith("Id", StringComparison.Ordinal) || name.EndsWith("ID", StringComparison.Ordinal);
    }

    private void AddText(StringColumn texts)
    {
        int[] counts = new int[texts.Levels.Length];
        foreach (int code in texts.Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        string[] levels = [.. counts.Select((count, code) => (Count: count, Code: code)).Where(level => level.Count > 0).Select(level => texts.Levels[level.Code]).Order(StringComparer.Ordinal)];
        int present = texts.Count - texts.MissingCount;
        if (levels.Length <= options.MaxLevels && present >= (long)levels.Length * options.RowsPerLevel)
        {
            _rules.Add(new AllowedValues(texts.Name, levels) { Because = $"{Wording.Count(levels.Length, "distinct value")} in {_rows}" });
            return;
        }

        int shortest = levels.Min(TextLength.CodePoints);
        int longest = levels.Max(TextLength.CodePoints);
        int margin = (int)Math.Ceiling(options.RangeMargin * longest);
        _rules.Add(new TextLength(texts.Name, Math.Max(shortest == 0 ? 0 : 1, shortest - margin), longest + margin)
        {
            Mostly = options.RangeMostly,
            Because = $"the texts of {_rows} have {shortest} to {longest} characters; margin {margin}",
        });
    }

    private void AddTruths(Column<bool> truths)
    {
        bool[] values = [.. truths.Present().Distinct()];
        if (values.Length == 1 && truths.Count - truths.MissingCount >= EnoughToBeUnique)
        {
            _rules.Add(new AllowedValues(truths.Name, values[0] ? "true" : "false") { Severity = QualitySeverity.Warning, Because = $"the only value in {_rows}" });
        }
    }

    private void AddNumbers(string name)
    {
        double[] values = [.. reference.Numbers(name).Where(value => !double.IsNaN(value))];
        double[] finite = [.. values.Where(double.IsFinite)];
        if (reference[name] is Column<double> && finite.Length == values.Length)
        {
            // A range fails infinite values too; this rule tells them apart, and tolerates none.
            _rules.Add(new Finite(name) { Because = $"no value is infinite in {_rows}" });
        }

        if (finite.Length == 0)
        {
            return;
        }

        double min = finite.Min();
        double max = finite.Max();
        double margin = options.RangeMargin * (max - min);
        bool whole = Array.TrueForAll(finite, double.IsInteger);
        double low = Neat(min > 0 ? Math.Max(min - margin, min / 2) : min - margin, margin, whole, up: false); // a wrong unit shows at the lower end
        double high = Neat(max + margin, margin, whole, up: true);
        low = min >= 0 ? Math.Max(0, low) : low;
        high = max <= 0 ? Math.Min(0, high) : high;
        if (double.IsFinite(low) && double.IsFinite(high))
        {
            string infinite = finite.Length == values.Length ? "" : $" but for {Wording.Count(values.Length - finite.Length)} infinite ones";
            double mostly = Math.Min(options.RangeMostly, Math.Floor(1000.0 * finite.Length / values.Length) / 1000);
            _rules.Add(new ValueRange(name, low, high)
            {
                Mostly = mostly,
                Because = $"all {Wording.Count(finite.Length)} values of {_rows} lie in {Wording.Number(min)} … {Wording.Number(max)}{infinite}; margin {Wording.Percent(options.RangeMargin)} of that",
            });
        }

        AddMean(name, finite);
    }

    private void AddMean(string name, double[] finite)
    {
        var mean = new StatisticAccumulator(SummaryStatistic.StandardDeviation, double.NaN);
        mean.Add(finite);
        double std = mean.Value();
        var centre = new StatisticAccumulator(SummaryStatistic.Mean, double.NaN);
        centre.Add(finite);
        if (std > 0 && double.IsFinite(std) && double.IsFinite(centre.Value()))
        {
            _rules.Add(new StatisticNear(name, SummaryStatistic.Mean, Digits(centre.Value()), Digits(std), options.MeanShift)
            {
                Severity = QualitySeverity.Warning,
                Because = $"mean {Wording.Number(centre.Value())} and standard deviation {Wording.Number(std)} of {Wording.Count(finite.Length, "reference value")}",
            });
        }
    }

    private void AddTimes(Column<DateTime> times)
    {
        string name = times.Name;
        var future = new NotInFuture(name, options.ClockSkew) { Because = $"no time of {_rows} was in the future" };
        if (Test(future) == 0)
        {
            _rules.Add(future);
        }

        var order = new TimeOrder(name) { Severity = QualitySeverity.Warning, Because = $"the times of {_rows} are in order" };
        if (times.Count - times.MissingCount >= EnoughToBeUnique && Test(order) == 0)
        {
            _rules.Add(order);
        }

        if (options.MaxAge is { } age)
        {
            _rules.Add(new Fresh(name, age) { Because = "asked for when the rules were drafted" });
        }
    }

    /// <summary>The number of reference rows that fail a rule.</summary>
    private long Test(RowExpectation rule)
    {
        ExpectationTest test = rule.Begin(new CheckContext((options.Clock ?? TimeProvider.System).GetUtcNow(), new Dictionary<string, Table>()));
        var failing = new RowMask(reference.RowCount);
        test.Add(new PartView(reference), failing);
        return failing.Count;
    }

    /// <summary>A limit that reads well: rounded away from the values to a step that is small beside the margin.</summary>
    private static double Neat(double limit, double margin, bool whole, bool up)
    {
        double step = margin > 0 ? Math.Pow(10, Math.Floor(Math.Log10(margin)) - 1) : 0;
        step = whole ? Math.Max(1, step) : step;
        if (step == 0 || !double.IsFinite(limit) || Math.Abs(limit) / step > 1e15)
        {
            return limit;
        }

        decimal steps = (decimal)(up ? Math.Ceiling(limit / step) : Math.Floor(limit / step));
        double inverse = Math.Round(1 / step); // dividing by 10 is exact to the last digit, multiplying by 0.1 is not
        return step < 1 && inverse > 1 ? (double)steps / inverse : (double)steps * step;
    }

    /// <summary>Six significant digits: the rule's tolerance is far wider.</summary>
    private static double Digits(double value) =>
        double.Parse(value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
