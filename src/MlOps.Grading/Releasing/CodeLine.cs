using MlOps.Grading.Exercises;

namespace MlOps.Grading.Releasing;

/// <summary>A line of code in the form in which it is compared: without white space and without what quotes or comments it out.</summary>
internal static class CodeLine
{
    /// <summary>Shorter lines (braces, <c>return sum;</c>) say nothing.</summary>
    internal const int Shortest = 12;

    private static readonly string s_begin = TextPart.Squeeze(Hole.Begin);
    private static readonly string s_end = TextPart.Squeeze(Hole.End);

    /// <summary>The lines that say something, each with its number from 0. The marks of a hole are passed over.</summary>
    internal static IEnumerable<(int Number, string Line)> Of(string text)
    {
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            string line = TextPart.Squeeze(raw).TrimStart('>', '+', '-', '|', '/', '*', '#');
            if (line.Length >= Shortest && !line.Contains(s_begin, StringComparison.Ordinal) && !line.Contains(s_end, StringComparison.Ordinal))
            {
                yield return (number, line);
            }

            number++;
        }
    }

    internal static HashSet<string> SetOf(IEnumerable<string> texts) => [.. texts.SelectMany(Of).Select(line => line.Line)];
}
