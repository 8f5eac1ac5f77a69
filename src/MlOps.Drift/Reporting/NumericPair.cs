using MlOps.Data;

namespace MlOps.Drift.Reporting;

/// <summary>The finite numbers of one column on both sides, sorted, and how many infinite ones were left out.</summary>
internal sealed record NumericPair(SortedSample Reference, SortedSample Current, RowCounts Infinite)
{
    /// <summary>Sorts both sides; null if one of them has no finite number.</summary>
    /// <exception cref="ArgumentException">There are infinite numbers, and the options do not say to count them.</exception>
    internal static NumericPair? Of(ColumnPair pair, DriftOptions options, out RowCounts infinite)
    {
        (double[] reference, long before) = Finite(pair.Reference, nameof(reference), options);
        (double[] current, long now) = Finite(pair.Current, nameof(current), options);
        infinite = new RowCounts(before, now);
        return reference.Length == 0 || current.Length == 0
            ? null
            : new NumericPair(SortedSample.FromOwned(reference, pair.Name), SortedSample.FromOwned(current, pair.Name), infinite);
    }

    private static (double[] Values, long Infinite) Finite(Column column, string side, DriftOptions options)
    {
        double[] values = column switch
        {
            Column<double> doubles => doubles.Present(), // without NaN, which is a missing value there
            Column<long> longs => Array.ConvertAll(longs.Present(), value => (double)value),
            _ => throw new ArgumentException($"Column '{column.Name}' is not numeric.", nameof(column)),
        };

        int finite = 0;
        foreach (double value in values)
        {
            finite += double.IsInfinity(value) ? 0 : 1;
        }

        int infinite = values.Length - finite;
        return infinite == 0 ? (values, 0)
            : options.Infinities == InfinityPolicy.Count ? (Array.FindAll(values, double.IsFinite), infinite)
            : throw new ArgumentException(
                $"Column '{column.Name}' of the {side} table holds {infinite} infinite values; a drift test needs finite numbers. " +
                "Clean them, have them counted and left out (DriftOptions.Infinities; --infinities count), " +
                "or name the columns to compare without it (DriftOptions.Columns; --columns).",
                side);
    }
}
