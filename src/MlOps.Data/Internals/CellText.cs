using System.Globalization;

namespace MlOps.Data.Internals;

/// <summary>The cells of one column as a display shows them.</summary>
/// <param name="Header">The column's name.</param>
/// <param name="Type">The column's type.</param>
/// <param name="Cells">A text a row; null where the value is missing.</param>
/// <param name="AlignRight">Whether the values are numbers.</param>
internal sealed record CellText(string Header, string Type, string?[] Cells, bool AlignRight)
{
    private const int SignificantDigits = 6;
    private const int LeastDigits = 3;
    private const int MostDecimals = 8;
    private const double LargestPlain = 1e15;
    private const int LongestText = 40;

    /// <summary>Formats the first rows of a column.</summary>
    internal static CellText Of(Column column, int rows) => new(
        column.Name,
        TypeNames.Of(column),
        Cell(column, rows),
        column is Column<double> or Column<long>);

    private static string?[] Cell(Column column, int rows)
    {
        var cells = new string?[rows];
        Func<int, string> format = Format(column, rows);
        for (int i = 0; i < rows; i++)
        {
            cells[i] = column.IsMissing(i) ? null : format(i);
        }

        return cells;
    }

    private static Func<int, string> Format(Column column, int rows)
    {
        switch (column)
        {
            case Column<double> c:
                string? form = FixedForm(c.Values[..rows]);
                return i => c.Values[i].ToString(form ?? "G" + SignificantDigits, CultureInfo.InvariantCulture);
            case Column<long> c:
                return i => c.Values[i].ToString(CultureInfo.InvariantCulture);
            case Column<bool> c:
                return i => c.Values[i] ? "true" : "false";
            case Column<DateTime> c:
                bool dates = Array.TrueForAll(c.Present(), t => t.TimeOfDay == TimeSpan.Zero && t.Kind != DateTimeKind.Utc);
                return i => TimeText.Of(c.Values[i], dates);
            default:
                var text = (StringColumn)column;
                return i => ShortText.Line(text.Levels[text.Codes[i]], LongestText);
        }
    }

    /// <summary>One number of decimals for all shown values: six significant digits of the largest and three of the smallest, less trailing zeros; null if no fixed form suits.</summary>
    private static string? FixedForm(ReadOnlySpan<double> values)
    {
        int needed = 0;
        int wanted = 0;
        double largest = 0;
        foreach (double value in values)
        {
            if (double.IsNaN(value) || double.IsInfinity(value) || value == 0)
            {
                continue;
            }

            largest = Math.Max(largest, Math.Abs(value));
            needed = Math.Max(needed, Decimals(value, SignificantDigits));
            wanted = Math.Max(wanted, Decimals(value, LeastDigits));
        }

        int decimals = Math.Min(needed, Math.Max(wanted, largest == 0 ? 0 : SignificantDigits - 1 - Exponent(largest)));
        return largest >= LargestPlain || decimals > MostDecimals ? null : "F" + decimals.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The decimals of a value once it is rounded to some significant digits and loses its trailing zeros.</summary>
    private static int Decimals(double value, int significant)
    {
        string rounded = value.ToString("E" + (significant - 1), CultureInfo.InvariantCulture);
        int mark = rounded.IndexOf('E', StringComparison.Ordinal);
        int digits = rounded[..mark].TrimStart('-').Replace(".", "", StringComparison.Ordinal).TrimEnd('0').Length;
        return Math.Max(0, digits - 1 - int.Parse(rounded.AsSpan(mark + 1), CultureInfo.InvariantCulture));
    }

    private static int Exponent(double value) => (int)Math.Floor(Math.Log10(value));
}
