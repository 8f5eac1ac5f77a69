using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MlOps.Grading.Submissions;

/// <summary>What the names of folders and files mean in a submission.</summary>
internal static partial class SubmissionNames
{
    private const int ShownCharacters = 120;

    /// <summary>The week of a folder such as <c>week12</c>, <c>Week 5</c> or <c>week-05</c>; null for any other name.</summary>
    internal static int? WeekOf(string folder) =>
        WeekFolder().Match(folder) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    /// <summary>Whether a file is named like an exercise: <c>12.3-psi.cs</c>. No other name can ever be graded.</summary>
    internal static bool IsExercise(string file) => ExerciseFile().IsMatch(file);

    /// <summary>Whether a file is worth reading: named like an exercise, or C# that lies in the folder of a week.</summary>
    internal static bool IsWanted(ReadOnlySpan<string> path) =>
        IsExercise(path[^1]) || (path.Length > 1 && path[^1].EndsWith(".cs", StringComparison.OrdinalIgnoreCase) && WeekOf(path[^2]) is not null);

    internal static bool IsArchive(string file) => file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    /// <summary>Hidden files, what macOS adds to archives, and what builds leave behind.</summary>
    internal static bool IsIgnored(string name) => name is [] or ['.', ..] or "__MACOSX" or "bin" or "obj" or "node_modules";

    /// <summary>A name from outside, fit for one line of a message: no line breaks, no characters that reorder text, not endless.</summary>
    internal static string Shown(string name)
    {
        var shown = new StringBuilder();
        foreach (char c in ShortText.Of(name, ShownCharacters))
        {
            bool plain = CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            shown.Append(plain ? c.ToString() : FormattableString.Invariant($"\\u{(int)c:X4}"));
        }

        return shown.ToString();
    }

    [GeneratedRegex("^week[ _-]?([0-9]{1,2})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WeekFolder();

    [GeneratedRegex(@"^[0-9]{1,2}\.[0-9]{1,3}-.", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex ExerciseFile();
}
