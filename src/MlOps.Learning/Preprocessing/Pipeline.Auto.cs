using MlOps.Data;

namespace MlOps.Learning.Preprocessing;

public sealed partial class Pipeline
{
    // With fewer rows, numbers that all differ and follow each other are not yet a sign of row numbers.
    private const int FewestRowsForNumbering = 30;

    // More categories than this are suspicious once every second row has one of its own.
    private const int FewestSuspiciousCategories = 20;

    /// <summary>Chooses steps by looking at the columns of a training table.</summary>
    /// <remarks>
    /// Numbers: median for missing values, then <see cref="StandardScale"/>. Text: <c>missing</c> as a category, then <see cref="OneHot"/>; or the steps given. Truth
    /// values: 1 and 0, the more frequent for missing ones. Left out and listed in <see cref="LeftOut"/>, with the reason: columns with no value or
    /// only one, times, whole numbers that count the rows, columns whose name says identifier and whose values all differ, and text with more than
    /// <paramref name="maxCategories"/> categories or (from 20 on) with a new one in more than every second row.
    /// </remarks>
    /// <param name="table">The training rows.</param>
    /// <param name="label">The column to predict; it becomes no feature.</param>
    /// <param name="maxCategories">The most categories of a column of text, ≥ 2.</param>
    /// <param name="numberSteps">What is done to numbers instead; none for numbers as they are, which trees take.</param>
    /// <param name="textSteps">What is done to text instead.</param>
    /// <exception cref="ArgumentException">The table has no such label column, or no rows.</exception>
    public static Pipeline Auto(Table table, string label, int maxCategories = 100, IReadOnlyList<Step>? numberSteps = null, IReadOnlyList<Step>? textSteps = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        Guard.AtLeast(maxCategories, 2);
        if (!table.HasColumn(label))
        {
            throw new ArgumentException($"The table lacks the label column '{label}'. It has: {string.Join(", ", table.Columns.Select(column => column.Name))}.", nameof(label));
        }

        if (table.RowCount == 0)
        {
            throw new ArgumentException("There are no rows to learn from.", nameof(table));
        }

        var used = new List<Column>();
        var leftOut = new List<LeftOutColumn>();
        foreach (Column column in table.Columns.Where(column => column.Name != label))
        {
            if (ReasonAgainst(column, maxCategories) is { } reason)
            {
                leftOut.Add(new LeftOutColumn(column.Name, reason));
            }
            else
            {
                used.Add(column);
            }
        }

        string[] numbers = [.. used.Where(column => column is Column<double> or Column<long>).Select(column => column.Name)];
        string[] texts = [.. used.OfType<StringColumn>().Select(column => column.Name)];
        string[] flags = [.. used.OfType<Column<bool>>().Select(column => column.Name)];
        var pipeline = new Pipeline([], leftOut);
        pipeline = numbers.Length == 0 ? pipeline : pipeline.Numbers(numbers, [.. numberSteps ?? [Impute.Median(), new StandardScale()]]);
        pipeline = texts.Length == 0 ? pipeline : pipeline.Texts(texts, [.. textSteps ?? [Impute.Constant("missing"), new OneHot()]]);
        return flags.Length == 0 ? pipeline : pipeline.Flags(flags, Impute.MostFrequent());
    }

    private static string? ReasonAgainst(Column column, int maxCategories)
    {
        int present = column.Count - column.MissingCount;
        int distinct = column switch
        {
            _ when present == 0 => 0,
            StringColumn text => TextFeature.Of(text, ..).Occurring(out _).Count,
            Column<double> numbers => numbers.Present().Distinct().Count(),
            Column<long> whole => whole.Present().Distinct().Count(),
            Column<bool> flags => flags.Present().Distinct().Count(),
            _ => -1,
        };
        return distinct switch
        {
            -1 => "it holds times; make numbers of them first, such as the age or the hour",
            0 => "all its values are missing",
            1 when column.MissingCount == 0 || column is not StringColumn => "it is constant",
            _ when distinct == present && SaysIdentifier(column.Name) && column is not Column<double> => "it identifies the rows: all values differ",
            _ when column is Column<long> whole && distinct == column.Count && CountsRows(whole) => "it numbers the rows",
            _ when column is StringColumn && distinct > maxCategories => FormattableString.Invariant($"it has {distinct} categories, more than {maxCategories}"),
            _ when column is StringColumn && distinct > FewestSuspiciousCategories && distinct > present / 2 => FormattableString.Invariant($"it has {distinct} different texts in {present} rows"),
            _ => null,
        };
    }

    private static bool SaysIdentifier(string name) =>
        name.Equals("id", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("_id", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(" id", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("Id", StringComparison.Ordinal);

    private static bool CountsRows(Column<long> column)
    {
        if (column.Count < FewestRowsForNumbering)
        {
            return false;
        }

        (long min, long max) = (long.MaxValue, long.MinValue);
        foreach (long value in column.Values)
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        return max - min < 2L * column.Count && max >= min; // a sample of consecutive numbers, with at most half of them taken away
    }
}
