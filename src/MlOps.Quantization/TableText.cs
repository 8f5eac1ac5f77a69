using System.Globalization;
using System.Text;

namespace MlOps.Quantization;

/// <summary>Tables and amounts as people read them.</summary>
internal static class TableText
{
    internal const string None = "–";

    /// <summary>Writes rows with aligned columns, the first to the left, numbers to the right.</summary>
    internal static void Write(StringBuilder text, string[] header, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. header.Select((name, column) => rows.Select(row => row[column].Length).Append(name.Length).Max())];
        foreach (string[] row in (string[][])[header, .. rows])
        {
            text.Append(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd()).Append('\n');
        }
    }

    /// <summary>A time without its unit: three digits that count.</summary>
    internal static string Milliseconds(double? value) => value switch
    {
        null => None,
        >= 100 => value.Value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    /// <summary>A size in powers of 1000: <c>1.23 MB</c>.</summary>
    internal static string Bytes(double? bytes) => bytes is { } value ? $"{Scaled(value)}B" : None;

    /// <summary>A count in powers of 1000: <c>1.23 M</c>.</summary>
    internal static string Count(long? count) => count is { } value ? Scaled(value).TrimEnd() : None;

    /// <summary>A share as a percentage.</summary>
    internal static string Percent(double? share) => share is { } value ? (100 * value).ToString("0.00", CultureInfo.InvariantCulture) : None;

    private static string Scaled(double value) => value switch
    {
        >= 1e9 => Digits(value / 1e9) + " G",
        >= 1e6 => Digits(value / 1e6) + " M",
        >= 1e3 => Digits(value / 1e3) + " k",
        _ => value.ToString("0", CultureInfo.InvariantCulture) + " ",
    };

    private static string Digits(double value) => value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
