using System.Globalization;
using System.Text.RegularExpressions;

namespace MlOps.Grading.Testing;

/// <summary>Takes xunit's text of a failed comparison apart: what it is about, what was expected, what came.</summary>
/// <param name="Message">The first line in plain words.</param>
/// <param name="Expected">The value after <c>Expected:</c>; null if there is none.</param>
/// <param name="Actual">The value after <c>Actual:</c>; null if there is none.</param>
internal sealed partial record AssertionText(string Message, string? Expected, string? Actual)
{
    private const string Failure = "Failure: ";

    internal static AssertionText Parse(string text)
    {
        text = LongNumber().Replace(text, Shortest);
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        string? expected = After(lines, "Expected:");
        string? actual = After(lines, "Actual:") ?? After(lines, "Found:") ?? After(lines, "Collection:") ?? After(lines, "String:");
        int failure = lines[0].IndexOf(Failure, StringComparison.Ordinal);
        bool isAssert = failure >= 0 && lines[0].StartsWith("Assert.", StringComparison.Ordinal);
        return new AssertionText(
            isAssert ? lines[0][(failure + Failure.Length)..] : expected is null && actual is null ? text.Trim() : lines[0],
            expected,
            actual);
    }

    private static string? After(string[] lines, string label) =>
        lines.Select(line => line.TrimStart()).FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal))?[label.Length..].Trim();

    /// <summary>xunit writes 17 digits: 0.0451 as 0.045100000000000001.</summary>
    private static string Shortest(Match number) => double.Parse(number.Value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![\w.])-?[0-9]+\.[0-9]{15,}(E[+-]?[0-9]+)?(?![\w.])")]
    private static partial Regex LongNumber();
}
