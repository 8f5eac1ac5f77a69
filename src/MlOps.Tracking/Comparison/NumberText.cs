using System.Globalization;

namespace MlOps.Tracking.Comparison;

/// <summary>Numbers and parameters for people.</summary>
internal static class NumberText
{
    private const int LongestText = 40;

    internal static string Of(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    internal static string Of(double? value) => value is { } number ? Of(number) : "–";

    /// <summary>A parameter's beginning, in one line.</summary>
    internal static string Short(string? value) => value is null ? "–" : ShortText.Line(value, LongestText);

    /// <summary>Reads a parameter as a number: <c>0.01</c>, <c>-3</c>, <c>1e-4</c>; null for NaN, infinities, codes with leading zeros, and everything else.</summary>
    internal static double? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || !double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
        {
            return null;
        }

        ReadOnlySpan<char> digits = text.AsSpan().TrimStart("+-");
        return digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]) ? null : number; // a post code, not a quantity
    }

    internal static string Counted(int n, string noun) => string.Create(CultureInfo.InvariantCulture, $"{n:N0} {noun}{(n == 1 ? "" : "s")}");
}
