using System.Text.RegularExpressions;
using MlOps.Kernel.Notebooks;

namespace MlOps.Course.Tests;

/// <summary>The glossary explains what the notebooks list as their terms.</summary>
public sealed partial class Glossary
{
    private static readonly string s_text = File.ReadAllText(Repository.At("docs", "glossary.md"));

    private static readonly (string Term, string[] Words, int[] Weeks)[] s_entries =
    [
        .. Entry().Matches(s_text).Select(match => (
            match.Groups["term"].Value,
            Words(match.Groups["term"].Value),
            (int[])[.. match.Groups["week"].Captures.Select(week => int.Parse(week.Value, System.Globalization.CultureInfo.InvariantCulture))])),
    ];

    [Theory]
    [MemberData(nameof(NotebookRules.Notebooks), MemberType = typeof(NotebookRules))]
    public void Terms_OfANotebook_AreExplained(string notebook)
    {
        int week = int.Parse(notebook.AsSpan(4, 2), System.Globalization.CultureInfo.InvariantCulture);
        string terms = NotebookFile.Load(Repository.At("notebooks", notebook)).Cells
            .Where(cell => cell.Kind == CellKind.Markdown).Select(cell => Terms().Match(cell.Source)).Single(match => match.Success).Groups[1].Value;
        string[] missing = [.. Separator().Split(terms).Where(term => !s_entries.Any(entry => entry.Weeks.Contains(week) && Words(term).All(entry.Words.Contains)))];
        Assert.True(missing.Length == 0, $"docs/glossary.md has no entry of week {week} for: {string.Join("; ", missing)}.");
    }

    [Fact]
    public void Entries_AreInTheOrderOfTheAlphabet()
    {
        string[] keys = [.. s_entries.Select(entry => string.Join(' ', entry.Words))];
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
    }

    [Fact]
    public void Lines_AreAllEntries() => // an entry whose week is missing would otherwise be no entry, and nobody would see
        Assert.Equal(s_text.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal)), s_entries.Length);

    [Fact]
    public void Weeks_LeadToNotebooksOfThatNumber() => Assert.All(Definition().Matches(s_text), match =>
        Assert.StartsWith($"../notebooks/week{match.Groups[1].Value.PadLeft(2, '0')}-", match.Groups[2].Value, StringComparison.Ordinal));

    private static string[] Words(string term) => [.. Word().Matches(term.ToLowerInvariant()).Select(match => match.Value)];

    [GeneratedRegex(@"^- \*\*(?<term>[^*]+)\*\*: .+\. Weeks? (?:\[(?<week>\d+)\](?:, )?)+$", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"^\[(\d+)\]: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"^\*\*Terms\*\*: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Terms();

    [GeneratedRegex(@" · |, | and |: ")]
    private static partial Regex Separator();

    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex Word();
}
