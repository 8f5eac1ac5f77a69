using System.Globalization;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Sketches;

/// <summary>The work behind <see cref="TableSketch.Compare"/>: the rules of a report over tables, with sketches to answer the questions.</summary>
internal sealed class SketchComparison(TableSketch reference, TableSketch current, DriftOptions options)
{
    /// <summary>As in a report over tables: a text column with so few distinct texts is no identifier.</summary>
    private const int FewTexts = 20;

    private readonly List<SkippedColumn> _skipped = [];

    internal static IReadOnlyList<double> EdgesOf(QuantileSketch numbers, Binning binning)
    {
        SortedSample sample = numbers.ToSample();
        return binning.Count(sample, sample).Edges;
    }

    internal DriftReport Run()
    {
        options.Check();
        NotEmpty(reference, nameof(reference));
        NotEmpty(current, nameof(current));
        (ColumnSketch Reference, ColumnSketch Current)[] pairs = [.. Pairs().Where(pair => IsComparable(pair.Reference, pair.Current))];
        if (pairs.Length == 0)
        {
            throw new ArgumentException($"No column can be compared. {string.Join(" ", _skipped.Select(s => $"'{s.Name}': {s.Reason}."))}");
        }

        var summaries = new ColumnSummary[pairs.Length];
        Parallel.For(
            0,
            pairs.Length,
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism },
            i => summaries[i] = Summary(pairs[i].Reference, pairs[i].Current, options.Alpha / pairs.Length));
        return DriftReport.FromSummaries(new RowCounts(reference.RowCount, current.RowCount), summaries, _skipped, options);
    }

    private static void NotEmpty(TableSketch sketch, string side)
    {
        if (sketch.RowCount == 0)
        {
            throw new ArgumentException($"The {side} sketch has seen no rows; a comparison needs at least one row on both sides.", side);
        }
    }

    private IEnumerable<(ColumnSketch Reference, ColumnSketch Current)> Pairs()
    {
        string[] wanted = [.. (options.Columns ?? [.. reference.Columns.Select(column => column.Name)]).Distinct(StringComparer.Ordinal)];
        string[] notInCurrent = [.. wanted.Where(name => current.Find(name) is null)];
        string[] notInReference = options.Columns is null
            ? [.. current.Columns.Select(column => column.Name).Where(name => reference.Find(name) is null)]
            : [.. wanted.Where(name => reference.Find(name) is null)];
        if (notInReference.Length + notInCurrent.Length > 0)
        {
            string before = notInReference.Length == 0 ? "" : $"; not in the reference: {string.Join(", ", notInReference)}";
            string now = notInCurrent.Length == 0 ? "" : $"; not in the current sketch: {string.Join(", ", notInCurrent)}";
            throw new ArgumentException($"The sketches have different columns{before}{now}. Name columns that both have (DriftOptions.Columns; --columns on the command line).", nameof(current));
        }

        return wanted.Length == 0
            ? throw new ArgumentException("DriftOptions.Columns names no column; leave it null to compare all.", nameof(options))
            : wanted.Select(name => (reference[name], current[name]));
    }

    private bool IsComparable(ColumnSketch before, ColumnSketch now)
    {
        string? reason = (before.Type, now.Type) switch
        {
            (SketchedType.Unknown, SketchedType.Unknown) => "no value on either side",
            (SketchedType.Unknown, _) or (_, SketchedType.Unknown) => null, // all values lost, or found: the report says so
            var (a, b) when a != b => throw new ArgumentException(
                $"Column '{before.Name}' is {ColumnSketch.Describe(a)} in the reference but {ColumnSketch.Describe(b)} in the current data. " +
                "Read both with the same type, or name the columns to compare without it (DriftOptions.Columns; --columns)."),
            (SketchedType.Time, _) => "times always move on; compare something derived from them, such as the weekday",
            (SketchedType.Text, _) => TooManyTexts(before, now),
            _ => null,
        };
        if (reason is not null)
        {
            _skipped.Add(new SkippedColumn(before.Name, reason));
            return false;
        }

        NoInfinite(before, nameof(reference));
        NoInfinite(now, nameof(current));
        return true;
    }

    private string? TooManyTexts(ColumnSketch before, ColumnSketch now)
    {
        long present = before.Levels.Count + now.Levels.Count;
        if (before.Levels.IsExact && now.Levels.IsExact)
        {
            int texts = before.Levels.Levels.Concat(now.Levels.Levels).Select(level => level.Level).Distinct(StringComparer.Ordinal).Count();
            return texts > FewTexts && texts > options.IdentifierShare * present
                ? string.Create(CultureInfo.InvariantCulture, $"an identifier or free text: {texts} distinct texts in {present} rows")
                : null;
        }

        var both = new DistinctSketch(before.Distinct.Precision);
        both.Merge(before.Distinct);
        both.Merge(now.Distinct);
        double about = both.Estimate();
        return about > options.IdentifierShare * present
            ? string.Create(CultureInfo.InvariantCulture, $"an identifier or free text: about {about:0} distinct texts in {present} rows")
            : string.Create(CultureInfo.InvariantCulture, $"about {about:0} distinct texts, more than the {before.Levels.Capacity} that are counted; raise SketchOptions.LevelCapacity to compare them");
    }

    private static void NoInfinite(ColumnSketch column, string side)
    {
        if (column.Numbers.Infinite > 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Column '{column.Name}' of the {side} data holds {column.Numbers.Infinite} infinite values; a drift test needs finite numbers. ") +
                "Clean them, or name the columns to compare without it (DriftOptions.Columns; --columns).",
                side);
        }
    }

    private ColumnSummary Summary(ColumnSketch before, ColumnSketch now, double surelySignificant)
    {
        SketchedType type = before.Type == SketchedType.Unknown ? now.Type : before.Type;
        var summary = new ColumnSummary(
            before.Name, new RowCounts(before.Missing, now.Missing), type == SketchedType.Numeric ? DriftColumnType.Numeric : DriftColumnType.Categorical);
        bool isOneSided = before.Missing == before.Rows || now.Missing == now.Rows;
        return isOneSided ? summary
            : type == SketchedType.Numeric ? OfNumbers(summary, before, now, surelySignificant)
            : summary with { Levels = CountLevels(before.Levels, now.Levels) };
    }

    private ColumnSummary OfNumbers(ColumnSummary summary, ColumnSketch before, ColumnSketch now, double surelySignificant)
    {
        SortedSample sample = before.Numbers.ToSample();
        bool hasExactBins = before.Histogram is not null && now.Histogram is not null && before.Histogram.HasEdgesOf(now.Histogram);
        (double gap, double location, double area) = QuantileSketch.Compare(before.Numbers, now.Numbers);
        double error = QuantileSketch.GapError(before.Numbers, now.Numbers);
        double certain = Math.Max(0, gap - error);
        bool isBeyondDoubt = KolmogorovSmirnov.FromStatistic(certain, location, before.Numbers.Count, now.Numbers.Count).PValue < surelySignificant;
        double statistic = isBeyondDoubt ? gap : certain;
        return summary with
        {
            Bins = hasExactBins ? HistogramSketch.Compare(before.Histogram!, now.Histogram!) : Count(options.Binning.Count(sample, sample).Edges, before.Numbers, now.Numbers),
            Histogram = Count(RoundBins.Count(sample, now.Numbers.ToSample()).Edges, before.Numbers, now.Numbers),
            Ks = (statistic, location),
            Wasserstein = area,
            ReferenceDeviation = Math.Sqrt(before.Numbers.Variance),
            Notes = error == 0 ? [] : Notes(error, hasExactBins, gap, statistic),
        };
    }

    private List<string> Notes(double error, bool hasExactBins, double gap, double statistic)
    {
        List<string> notes =
        [
            string.Create(CultureInfo.InvariantCulture, $"from sketches: {(hasExactBins ? "" : "shares of bins and ")}D of ks within ± {100 * error:0.##} percentage points (99 %)"),
        ];
        if (statistic != gap && options.Has(DriftTests.KolmogorovSmirnov))
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"ks: {statistic:0.#####} of the gap {gap:0.#####} is more than the sketches' error explains"));
        }

        return notes;
    }

    private static BinCounts Count(IReadOnlyList<double> edges, QuantileSketch before, QuantileSketch now) =>
        new(edges, CountInto(edges, before), CountInto(edges, now));

    private static long[] CountInto(IReadOnlyList<double> edges, QuantileSketch numbers)
    {
        long[] counts = new long[edges.Count + 1];
        long below = 0;
        for (int i = 0; i < edges.Count; i++)
        {
            long upTo = numbers.CountBelow(edges[i]);
            counts[i] = upTo - below;
            below = upTo;
        }

        counts[^1] = numbers.Count - below;
        return counts;
    }

    private static LevelCounts CountLevels(FrequentLevels before, FrequentLevels now)
    {
        string[] levels = [.. before.Levels.Concat(now.Levels).Select(level => level.Level).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new LevelCounts(levels, Array.ConvertAll(levels, before.CountOf), Array.ConvertAll(levels, now.CountOf));
    }
}
