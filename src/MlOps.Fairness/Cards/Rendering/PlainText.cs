using System.Globalization;
using System.Text;

namespace MlOps.Fairness.Cards.Rendering;

/// <summary>Takes from text what is not text.</summary>
internal static class PlainText
{
    /// <summary>Replaces control characters and those that turn the direction of writing, which can make a page show something else than it says.</summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (char letter in text.ReplaceLineEndings("\n"))
        {
            bool direction = letter is '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
            clean.Append(letter is '\n' or '\t' ? ' ' : direction || char.IsControl(letter) ? '\ufffd' : letter);
        }

        return clean.ToString().Trim();
    }

    /// <summary>Four significant digits are enough to read; the JSON has all.</summary>
    internal static string Number(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "undefined";

    internal static string Interval(double? lower, double? upper) => lower is { } from && upper is { } to ? $"{Number(from)} to {Number(to)}" : "–";

    internal static string Count(long? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? "unknown";
}
