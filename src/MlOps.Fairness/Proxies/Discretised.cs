using MlOps.Data;
using MlOps.Fairness.Internals;

namespace MlOps.Fairness.Proxies;

/// <summary>A column as a few levels: values, quantile bins, and missing as a level of its own.</summary>
/// <param name="Codes">One code a row, 0 to <paramref name="Count"/> − 1.</param>
/// <param name="Count">The levels, missing among them.</param>
/// <param name="Numbers">The values of a number, NaN where missing; null for categories.</param>
/// <param name="Note">What was done; null if nothing.</param>
internal sealed record Discretised(int[] Codes, int Count, double[]? Numbers, string? Note)
{
    /// <summary>Text columns with at most this many values are never taken for identifiers.</summary>
    private const int FewLevels = 20;

    /// <summary>Cuts a column, or says why it is not looked at.</summary>
    internal static (Discretised? Column, string? Refusal) Of(Column column, ProxyOptions options)
    {
        if (column.MissingCount == column.Count)
        {
            return (null, "no row has a value");
        }

        return column switch
        {
            StringColumn text => Texts(text, options),
            Column<bool> => (Values(FeatureEncoding.Numbers(column)) with { Numbers = null }, null),
            _ => (Cut(FeatureEncoding.Numbers(column), options), null),
        };
    }

    private static (Discretised?, string?) Texts(StringColumn column, ProxyOptions options)
    {
        int present = column.Count - column.MissingCount;
        long[] counts = new long[column.Levels.Length];
        foreach (int code in column.Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        int distinct = counts.Count(count => count > 0);
        if (distinct > FewLevels && distinct > options.IdentifierShare * present)
        {
            return (null, FormattableString.Invariant($"{distinct} distinct texts in {present} rows: an identifier, which fits any column by chance"));
        }

        string[] names = column.Levels.ToArray();
        int[] byCount = [.. Enumerable.Range(0, counts.Length).Where(level => counts[level] > 0)
            .OrderByDescending(level => counts[level]).ThenBy(level => names[level], StringComparer.Ordinal)];
        int kept = distinct > options.MaxLevels ? options.MaxLevels - 1 : distinct;
        int[] translation = new int[counts.Length];
        for (int place = 0; place < byCount.Length; place++)
        {
            translation[byCount[place]] = Math.Min(place, kept);
        }

        int levels = Math.Min(distinct, kept + 1);
        string? note = distinct > kept ? FormattableString.Invariant($"the {distinct - kept} rarest of {distinct} values are joined") : null;
        int[] codes = Array.ConvertAll(column.Codes.ToArray(), code => code < 0 ? levels : translation[code]);
        return (new Discretised(codes, levels + (column.MissingCount > 0 ? 1 : 0), null, note), null);
    }

    private static Discretised Cut(double[] numbers, ProxyOptions options)
    {
        double[] sorted = [.. numbers.Where(value => !double.IsNaN(value)).Order()];
        int distinct = 1;
        for (int i = 1; i < sorted.Length; i++)
        {
            distinct += sorted[i] != sorted[i - 1] ? 1 : 0;
        }

        if (distinct <= 2 * options.Bins)
        {
            return Values(numbers);
        }

        double[] edges = [.. Enumerable.Range(1, options.Bins - 1).Select(k => SortedQuantile.Linear(sorted, (double)k / options.Bins)).Distinct()];
        int[] codes = Array.ConvertAll(numbers, value => double.IsNaN(value) ? edges.Length + 1 : Below(edges, value));
        return Compact(codes, numbers, FormattableString.Invariant($"cut into {options.Bins} quantile bins"));
    }

    /// <summary>Every value a level.</summary>
    private static Discretised Values(double[] numbers)
    {
        double[] distinct = [.. numbers.Where(value => !double.IsNaN(value)).Distinct().Order()];
        return Compact(Array.ConvertAll(numbers, value => double.IsNaN(value) ? distinct.Length : Array.BinarySearch(distinct, value)), numbers, null);
    }

    /// <summary>Drops levels nobody has, the order kept: ties may leave a quantile bin empty.</summary>
    private static Discretised Compact(int[] codes, double[] numbers, string? note)
    {
        int[] used = [.. codes.Distinct().Order()];
        return new Discretised(Array.ConvertAll(codes, code => Array.BinarySearch(used, code)), used.Length, numbers, note);
    }

    /// <summary>The bin of a value, closed on the right: the number of edges below it.</summary>
    private static int Below(double[] edges, double value)
    {
        int place = Array.BinarySearch(edges, value);
        return place >= 0 ? place : ~place;
    }
}
