using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MlOps.Grading.Feedback;

/// <summary>Text of unknown origin made harmless for a terminal and a page: what students' code returned, threw, printed, or is named.</summary>
internal static partial class PlainText
{
    /// <summary>Longer texts are cut: one value must not bury the rest of a report.</summary>
    internal const int Longest = 4000;

    /// <summary>
    /// Removes escape sequences, control characters and marks that turn the direction of writing; lines end in LF, tabs are four
    /// spaces, half a surrogate pair is U+FFFD.
    /// </summary>
    internal static string Clean(string text, int most = Longest)
    {
        text = Escape().Replace(text.Length / 4 > most ? text[..(4 * most)] : text, string.Empty); // no need to read on for escapes
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes()) // half a pair comes as U+FFFD
        {
            if (clean.Length >= most)
            {
                return clean.Append(" …").ToString();
            }

            _ = rune.Value switch
            {
                '\t' => clean.Append("    "),
                '\n' or '\r' or 0x85 or 0x2028 or 0x2029 => clean.Append('\n'),
                0x61C or 0xFEFF or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => clean,
                0xFFFE or 0xFFFF => clean.Append('\uFFFD'),
                _ when Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control => clean,
                _ => clean.Append(rune.ToString()),
            };
        }

        return clean.ToString();
    }

    /// <summary>Clean and on one line.</summary>
    internal static string Line(string text) => LineEnds().Replace(Clean(text).Trim(), " ");

    /// <summary>Terminal sequences: CSI (colours, cursor), OSC (titles, links), DCS and their like, two-letter ones.</summary>
    [GeneratedRegex(@"(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d\u009e\u009f])[^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?")]
    private static partial Regex Escape();

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex LineEnds();
}
