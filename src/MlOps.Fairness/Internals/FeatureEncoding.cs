using MlOps.Data;

namespace MlOps.Fairness.Internals;

/// <summary>How the columns of a table become numbers for a linear model; learned from one table, applied to any with the same columns.</summary>
/// <remarks>
/// Numbers and times (in days): standardised with the mean and the standard deviation (divisor n) of the values present; a missing one becomes 0,
/// the mean, and sets an indicator of its own if any was missing when learning. A constant column becomes 0. Text and truth values: one 0/1 column
/// for every value seen, text in ordinal order, false before true, then one for missing if any was; a value never seen is 0 everywhere.
/// </remarks>
internal sealed class FeatureEncoding
{
    private const string MissingKey = "\0missing"; // a dictionary cannot hold null; no text of a table begins with NUL
    private readonly Part[] _parts;

    private FeatureEncoding(Part[] parts)
    {
        _parts = parts;
        Names = [.. parts.SelectMany(part => part.Names)];
        Sources = [.. parts.SelectMany(part => Enumerable.Repeat(part.Column, part.Names.Length))];
    }

    /// <summary>Gets the name of every encoded column: <c>income</c>, <c>income missing</c>, <c>city=Pune</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Gets for every encoded column the table column it comes from.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>Gets d, the number of encoded columns.</summary>
    public int Columns => Names.Count;

    /// <summary>Learns means, deviations and values.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="ArgumentException">A number is infinite.</exception>
    public static FeatureEncoding Fit(Table table, IReadOnlyList<string> columns) =>
        new([.. columns.Select(name => table[name] is StringColumn or Column<bool> ? LevelsOf(table[name]) : NumbersOf(table[name]))]);

    /// <summary>Encodes a table: n rows × <see cref="Columns"/>, row after row.</summary>
    /// <exception cref="KeyNotFoundException">The table lacks a column.</exception>
    /// <exception cref="ArgumentException">A column has another kind than when learning, or a number is infinite.</exception>
    public double[] Encode(Table table)
    {
        double[] encoded = new double[table.RowCount * Columns];
        int offset = 0;
        foreach (Part part in _parts)
        {
            Column column = table[part.Column];
            if ((column is StringColumn or Column<bool>) != (part.Levels is not null))
            {
                throw new ArgumentException($"Column '{part.Column}' holds {column.ValueType.Name}, but {(part.Levels is null ? "numbers" : "categories")} were learned.", nameof(table));
            }

            if (part.Levels is { } levels)
            {
                EncodeLevels(column, levels, encoded, offset);
            }
            else
            {
                EncodeNumbers(column, part, encoded, offset);
            }

            offset += part.Names.Length;
        }

        return encoded;
    }

    /// <summary>The numbers of a column, NaN where missing; times are days since the year 1.</summary>
    /// <exception cref="ArgumentException">The column holds text or an infinite number.</exception>
    internal static double[] Numbers(Column column)
    {
        double[] numbers = column switch
        {
            Column<double> doubles => doubles.Values.ToArray(),
            Column<long> whole => Array.ConvertAll(whole.Values.ToArray(), value => (double)value),
            Column<bool> flags => Array.ConvertAll(flags.Values.ToArray(), value => value ? 1.0 : 0.0),
            Column<DateTime> times => Array.ConvertAll(times.Values.ToArray(), value => value.Ticks / (double)TimeSpan.TicksPerDay),
            _ => throw new ArgumentException($"Column '{column.Name}' holds text; numbers are needed here.", nameof(column)),
        };
        for (int i = 0; i < numbers.Length; i++)
        {
            if (column.IsMissing(i))
            {
                numbers[i] = double.NaN;
            }
            else if (double.IsInfinity(numbers[i]))
            {
                throw new ArgumentException($"Column '{column.Name}' is infinite in row {i}; numbers must be finite or missing.", nameof(column));
            }
        }

        return numbers;
    }

    /// <summary>The category in a row as text, null where missing.</summary>
    private static string? Level(Column column, int row) => column switch
    {
        _ when column.IsMissing(row) => null,
        Column<bool> flags => flags.Values[row] ? "true" : "false",
        _ => ((StringColumn)column)[row],
    };

    private static Part NumbersOf(Column column)
    {
        double[] numbers = Numbers(column);
        int count = numbers.Length - column.MissingCount;
        double mean = 0;
        foreach (double value in numbers)
        {
            mean += double.IsNaN(value) ? 0 : value / count;
        }

        double variance = 0;
        double constant = double.NaN;
        bool varies = false;
        foreach (double value in numbers)
        {
            if (!double.IsNaN(value))
            {
                variance += (value - mean) * (value - mean) / count;
                varies |= !double.IsNaN(constant) && value != constant;
                constant = value;
            }
        }

        string[] names = column.MissingCount > 0 ? [column.Name, column.Name + " missing"] : [column.Name];
        return new Part(column.Name, names, null, mean, varies ? Math.Sqrt(variance) : 0);
    }

    private static Part LevelsOf(Column column)
    {
        string?[] seen = [.. Enumerable.Range(0, column.Count).Select(row => Level(column, row)).Distinct()
            .OrderBy(level => level is null).ThenBy(level => level, StringComparer.Ordinal)];
        var levels = seen.Select((level, place) => (Key: level ?? MissingKey, place)).ToDictionary(pair => pair.Key, pair => pair.place, StringComparer.Ordinal);
        return new Part(column.Name, [.. seen.Select(level => level is null ? column.Name + " missing" : $"{column.Name}={level}")], levels, 0, 0);
    }

    private static void EncodeNumbers(Column column, Part part, double[] encoded, int offset)
    {
        int width = encoded.Length / Math.Max(column.Count, 1);
        double[] numbers = Numbers(column);
        for (int i = 0; i < numbers.Length; i++)
        {
            bool missing = double.IsNaN(numbers[i]);
            encoded[(i * width) + offset] = missing || part.Deviation == 0 ? 0 : (numbers[i] - part.Mean) / part.Deviation;
            if (missing && part.Names.Length == 2)
            {
                encoded[(i * width) + offset + 1] = 1;
            }
        }
    }

    private static void EncodeLevels(Column column, Dictionary<string, int> levels, double[] encoded, int offset)
    {
        int width = encoded.Length / Math.Max(column.Count, 1);
        for (int i = 0; i < column.Count; i++)
        {
            if (levels.TryGetValue(Level(column, i) ?? MissingKey, out int place))
            {
                encoded[(i * width) + offset + place] = 1;
            }
        }
    }

    private sealed record Part(string Column, string[] Names, Dictionary<string, int>? Levels, double Mean, double Deviation);
}
