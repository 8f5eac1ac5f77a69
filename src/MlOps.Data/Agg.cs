using System.Globalization;
using MlOps.Data.Internals;

namespace MlOps.Data;

/// <summary>One number a group: what <see cref="GroupedTable.Aggregate"/> computes.</summary>
/// <remarks>
/// Missing values are left out of every aggregate. Where nothing is left the result is missing, except a count or a sum, which is 0.
/// The result is called column_what (<c>income_mean</c>) unless <see cref="As"/> names it. Columns may be double, long or bool (true is 1).
/// </remarks>
public sealed class Agg
{
    private readonly Func<Table, GroupedTable, string, Column> _compute;

    private Agg(string name, Func<Table, GroupedTable, string, Column> compute)
    {
        Name = name;
        _compute = compute;
    }

    /// <summary>Gets the name of the resulting column.</summary>
    public string Name { get; }

    /// <summary>Counts the rows of a group; called count.</summary>
    public static Agg Count() => new("count", static (_, groups, name) => groups.Each(name, static rows => (long)rows.Length));

    /// <summary>Counts the values that are there, of a column of any type; called column_count.</summary>
    public static Agg Count(string column) => new(column + "_count", (table, groups, name) =>
    {
        Column counted = table[column];
        return groups.Each(name, rows =>
        {
            long present = 0;
            foreach (int row in rows)
            {
                present += counted.IsMissing(row) ? 0 : 1;
            }

            return present;
        });
    });

    /// <summary>Counts the distinct values that are there, of a column of any type; called column_distinct.</summary>
    public static Agg Distinct(string column) => new(column + "_distinct", (table, groups, name) =>
    {
        int[] codes = KeyCodes.Of([[table[column]]], missingIsKey: false).Codes[0];
        return groups.Each(name, rows =>
        {
            var seen = new HashSet<int>();
            foreach (int row in rows)
            {
                seen.Add(codes[row]);
            }

            seen.Remove(KeyCodes.NoKey);
            return (long)seen.Count;
        });
    });

    /// <summary>Adds up; called column_sum. 0 when there is nothing to add.</summary>
    public static Agg Sum(string column) => OfNumbers(column, "sum", static values => Summary.Sum(values));

    /// <summary>Arithmetic mean; called column_mean.</summary>
    public static Agg Mean(string column) => OfNumbers(column, "mean", static values => Summary.Mean(values));

    /// <summary>Sample standard deviation, divisor n − 1; called column_std. Missing below two values.</summary>
    public static Agg Std(string column) => OfNumbers(column, "std", static values => Summary.StandardDeviation(values));

    /// <summary>Smallest value; called column_min.</summary>
    public static Agg Min(string column) => OfNumbers(column, "min", static values => Summary.Min(values));

    /// <summary>Largest value; called column_max.</summary>
    public static Agg Max(string column) => OfNumbers(column, "max", static values => Summary.Max(values));

    /// <summary>Median, the mean of the middle two for an even count; called column_median.</summary>
    public static Agg Median(string column) => OfNumbers(column, "median", static values => SortedQuantile(values, 0.5));

    /// <summary>Quantile by linear interpolation at (n − 1)·q, as in NumPy and pandas; called column_q90 for q = 0.9.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="q"/> is not between 0 and 1.</exception>
    public static Agg Quantile(string column, double q)
    {
        Guard.Share(q);
        return OfNumbers(column, "q" + Math.Round(q * 100, 6).ToString(CultureInfo.InvariantCulture), values => SortedQuantile(values, q));
    }

    /// <summary>Share of true among the values of a bool column that are there, in [0, 1]; called column_share.</summary>
    public static Agg Share(string column) => new(column + "_share", (table, groups, name) =>
    {
        _ = table.Bools(column);
        return groups.EachNumber(name, table.Numbers(column), static values => Summary.Mean(values));
    });

    /// <summary>Share of one text among the values of a text column that are there, in [0, 1]; called column_value_share.</summary>
    public static Agg Share(string column, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(column + "_" + value + "_share", (table, groups, name) =>
        {
            double[] equal = Array.ConvertAll(table.Texts(column), text => text is null ? double.NaN : text == value ? 1.0 : 0.0);
            return groups.EachNumber(name, equal, static values => Summary.Mean(values));
        });
    }

    /// <summary>Gives the result another name.</summary>
    public Agg As(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new Agg(name, _compute);
    }

    internal Column Compute(Table table, GroupedTable groups) => _compute(table, groups, Name);

    private static Agg OfNumbers(string column, string what, Func<double[], double> statistic) =>
        new(column + "_" + what, (table, groups, name) => groups.EachNumber(name, table.Numbers(column), statistic));

    private static double SortedQuantile(double[] values, double q)
    {
        Array.Sort(values);
        return Summary.Quantile(values, q);
    }
}
