using System.Globalization;
using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>How messages write numbers, shares, times and lists.</summary>
internal static class Wording
{
    /// <summary>Thousands separated; to six significant digits, but never less than whole numbers.</summary>
    internal static string Number(double value) =>
        value == Math.Floor(value) && Math.Abs(value) < 1e15 ? (value + 0.0).ToString("#,0", CultureInfo.InvariantCulture)
        : double.IsPositiveInfinity(value) ? "∞"
        : double.IsNegativeInfinity(value) ? "−∞"
        : Math.Abs(value) is >= 1000 and < 1e15 ? value.ToString(Math.Abs(value) < 100_000 ? "#,0.##" : "#,0", CultureInfo.InvariantCulture)
        : value.ToString("G6", CultureInfo.InvariantCulture);

    internal static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    internal static string Count(long count, string noun) => $"{Count(count)} {(count == 1 ? noun : noun + "s")}";

    /// <summary>A share in percent; never 0 % or 100 % unless it is.</summary>
    internal static string Percent(double share)
    {
        double percent = 100 * share;
        string text = percent.ToString("0.##", CultureInfo.InvariantCulture);
        return text switch
        {
            "0" when share > 0 => "< 0.01 %",
            "100" when share < 1 => "> 99.99 %",
            _ => text + " %",
        };
    }

    internal static string Between(double? min, double? max, bool strict = false) => (min, max) switch
    {
        ({ } low, { } high) => $"{Number(low)} … {Number(high)}{(strict ? ", ends excluded" : "")}",
        ({ } low, null) => strict ? $"above {Number(low)}" : $"at least {Number(low)}",
        (null, { } high) => strict ? $"below {Number(high)}" : $"at most {Number(high)}",
        _ => "any number",
    };

    internal static string List(IEnumerable<string> items, int shown = 6)
    {
        string[] all = [.. items];
        return all.Length <= shown ? string.Join(", ", all) : $"{string.Join(", ", all.Take(shown))} and {all.Length - shown} more";
    }

    internal static string Time(long utcTicks) => new DateTime(utcTicks).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>One cell as a message quotes it: short, on one line.</summary>
    internal static string Value(Column column, int row) => column switch
    {
        Column<double> c => Number(c.Values[row]),
        Column<long> c => c.IsMissing(row) ? "missing" : c.Values[row].ToString(CultureInfo.InvariantCulture),
        Column<bool> c => c.IsMissing(row) ? "missing" : c.Values[row] ? "true" : "false",
        Column<DateTime> c => c.IsMissing(row) ? "missing" : c.Values[row].ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        _ => ((StringColumn)column)[row] is { } text ? Quoted(text) : "missing",
    };

    private static string Quoted(string text)
    {
        const int Shown = 40;
        string line = text.ReplaceLineEndings(" ");
        return line.Length <= Shown ? $"'{line}'" : $"'{line[..Shown]}…'";
    }
}
