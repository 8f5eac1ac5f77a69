using System.Globalization;
using MlOps.Data;

namespace MlOps.Fairness.Privacy;

/// <summary>Makes a column coarser, so that more rows share its value.</summary>
public static class Generalize
{
    /// <summary>Numbers as bands of equal width: 34 becomes <c>30–39</c> with whole numbers and width 10, else <c>[30, 40)</c>. Missing stays missing.</summary>
    /// <param name="column">Numbers.</param>
    /// <param name="width">&gt; 0, in the unit of the column; whole for a column of whole numbers.</param>
    /// <exception cref="ArgumentException">The column holds no numbers, or a whole column gets a width that is not whole.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The width is not above 0.</exception>
    public static StringColumn Bands(Column column, double width)
    {
        ArgumentNullException.ThrowIfNull(column);
        Guard.Positive(width);
        return column switch
        {
            Column<long> when width == Math.Floor(width) => new StringColumn(column.Name, Each(column, row => WholeBand((long)column.GetValue(row)!, (long)width))),
            Column<long> => throw new ArgumentException(FormattableString.Invariant($"'{column.Name}' holds whole numbers; its bands need a whole width, not {width}."), nameof(width)),
            Column<double> => new StringColumn(column.Name, Each(column, row => Band((double)column.GetValue(row)!, width))),
            _ => throw new ArgumentException($"'{column.Name}' holds no numbers; bands are cut from numbers.", nameof(column)),
        };
    }

    /// <summary>The first characters of a text or whole number, the others as stars: PIN code 560034 becomes <c>560***</c>. Missing stays missing.</summary>
    /// <param name="column">Texts or whole numbers.</param>
    /// <param name="kept">How many characters stay, ≥ 0.</param>
    /// <exception cref="ArgumentException">The column holds neither.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static StringColumn Prefix(Column column, int kept)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentOutOfRangeException.ThrowIfNegative(kept);
        return column is StringColumn or Column<long>
            ? new StringColumn(column.Name, Each(column, row => Cut(Convert.ToString(column.GetValue(row), CultureInfo.InvariantCulture)!, kept)))
            : throw new ArgumentException($"'{column.Name}' holds neither texts nor whole numbers.", nameof(column));
    }

    private static IEnumerable<string?> Each(Column column, Func<int, string> text) =>
        Enumerable.Range(0, column.Count).Select(row => column.IsMissing(row) ? null : text(row));

    private static string WholeBand(long value, long width)
    {
        long from = (long)Math.Floor((double)value / width) * width;
        return string.Create(CultureInfo.InvariantCulture, $"{from}–{from + width - 1}");
    }

    private static string Band(double value, double width)
    {
        double from = Math.Floor(value / width) * width;
        return string.Create(CultureInfo.InvariantCulture, $"[{from:0.######}, {from + width:0.######})");
    }

    private static string Cut(string text, int kept) => text.Length <= kept ? text : text[..kept] + new string('*', text.Length - kept);
}
