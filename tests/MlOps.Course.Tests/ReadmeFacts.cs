using System.Globalization;
using System.Text.RegularExpressions;
using MlOps.Kernel.Notebooks;

namespace MlOps.Course.Tests;

/// <summary>What the first page says of the course is so.</summary>
public sealed partial class ReadmeFacts
{
    private const int LargestPicture = 200_000;
    private static readonly string[] s_counted = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"];
    private static readonly string s_text = File.ReadAllText(Repository.At("README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Weeks_AreFifteenInOrder() =>
        Assert.Equal(Enumerable.Range(1, 15), Rows().Select(row => Number(row.Groups["week"])));

    [Fact]
    public void Weeks_SayWhatIsThere() => Assert.All(Rows(), row =>
    {
        string week = row.Groups["week"].Value;
        string? notebook = Directory.EnumerateFiles(Repository.At("notebooks"), $"week{week}-*.ipynb").SingleOrDefault();
        if (notebook is null)
        {
            Assert.Matches(@"^[^\[|]+\|\s*\|\s*\| not written yet $", row.Groups["rest"].Value);
            Assert.False(Directory.Exists(Repository.At("exercises", "week" + week)));
            return;
        }

        Match written = WrittenWeek().Match(row.Groups["rest"].Value);
        Assert.True(written.Success, row.Value);
        string head = NotebookFile.Load(notebook).Cells[0].Source;
        Assert.EndsWith(" · " + written.Groups["title"].Value, head.Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal("notebooks/" + Path.GetFileName(notebook), written.Groups["notebook"].Value);
        Assert.Equal(Minutes().Match(head).Groups[1].Value, written.Groups["minutes"].Value);
        string exercises = File.ReadAllText(Repository.At("exercises", "week" + week, "week.yaml"));
        Assert.Equal(ExerciseId().Count(exercises), Number(written.Groups["count"]));
        Assert.Equal($"exercises/week{week}/README.md", written.Groups["exercises"].Value);
        Assert.StartsWith("ready", written.Groups["status"].Value, StringComparison.Ordinal);
    });

    [Fact]
    public void Hours_OfTheWeeksThatAreReady_AddUp()
    {
        int[] minutes = [.. Directory.EnumerateFiles(Repository.At("notebooks"), "*.ipynb").Select(path => Number(Minutes().Match(NotebookFile.Load(path).Cells[0].Source).Groups[1]))];
        Assert.Contains(FormattableString.Invariant($"({minutes.Sum()} for the {s_counted[minutes.Length]} weeks that are ready)"), Section("What it costs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Chart_IsWhatTheNotebookStores()
    {
        const string Notebook = "week11-optimisation-and-edge.ipynb";
        const string Cell = "side-chart";
        string stored = NotebookFile.Load(Repository.At("notebooks", Notebook)).Cells.Single(cell => cell.Id == Cell).Outputs.OfType<StoredDisplay>().Single().Text("image/svg+xml")!;
        Assert.True(
            stored.Trim() == File.ReadAllText(Repository.At("docs", "images", "week11-pareto.svg")).Trim(),
            $"The notebook was run again. Write the image/svg+xml of the cell '{Cell}' of {Notebook} to docs/images/week11-pareto.svg, and look whether README.md still describes it.");
    }

    [Fact]
    public void Pictures_AreSmall() => Assert.All(
        Directory.EnumerateFiles(Repository.At("docs", "images")), picture => Assert.InRange(new FileInfo(picture).Length, 1, LargestPicture));

    [Fact]
    public void Problems_QuoteWhatTheProgramsSay()
    {
        string[] quotes = [.. Problem().Matches(Section("When something breaks")).Select(match => match.Groups[1].Value)];
        Assert.Equal(5, quotes.Length);
        string[] sources =
        [
            .. new[] { ("eng", "*.sh"), ("src", "*.sh"), ("src", "*.cs") }
                .SelectMany(place => Directory.EnumerateFiles(Repository.At(place.Item1), place.Item2, SearchOption.AllDirectories)).Select(File.ReadAllText),
        ];
        Assert.All(quotes, quote => Assert.True(Array.Exists(sources, source => source.Contains(quote, StringComparison.Ordinal)), $"No program says '{quote}'."));
    }

    [Fact]
    public void Version_IsTheSameEverywhere()
    {
        string version = Regex.Match(File.ReadAllText(Repository.At("Directory.Build.props")), "<Version>(.+)</Version>").Groups[1].Value;
        Assert.Contains($"**Version** {version} ", s_text, StringComparison.Ordinal);
        string citation = File.ReadAllText(Repository.At("CITATION.cff"));
        Assert.StartsWith("cff-version: 1.2.0\n", citation.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Matches($@"(?m)^version: {Regex.Escape(version)}\r?$", citation);
        Assert.All(new[] { "message", "title", "authors", "license: MIT" }, key => Assert.Matches($"(?m)^{key}", citation)); // what the format requires, and our licence
    }

    [Fact]
    public void Packages_AreAllNamedOnTheirPage()
    {
        string page = File.ReadAllText(Repository.At("docs", "packages.md"));
        Assert.All(
            PackageId().Matches(File.ReadAllText(Repository.At("Directory.Packages.props"))).Select(match => match.Groups[1].Value),
            package => Assert.Matches($@"(?<![\w.]){Regex.Escape(package)}(?![\w.]*\w)", page));
    }

    private static MatchCollection Rows() => WeekRow().Matches(Section("The fifteen weeks"));

    private static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    private static string Section(string heading)
    {
        int start = s_text.IndexOf($"\n## {heading}", StringComparison.Ordinal);
        Assert.True(start >= 0, $"README.md has no section '{heading}'.");
        int end = s_text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return s_text[start..(end < 0 ? s_text.Length : end)];
    }

    [GeneratedRegex(@"^\| (?<week>\d\d) \| (?<rest>.+)\|$", RegexOptions.Multiline)]
    private static partial Regex WeekRow();

    [GeneratedRegex(@"^\[(?<title>[^\]]+)\]\((?<notebook>[^)]+)\) \| (?<minutes>\d+) min \| \[(?<count>\d+)\]\((?<exercises>[^)]+)\) \| (?<status>[^|]+) $")]
    private static partial Regex WrittenWeek();

    [GeneratedRegex(@"\*\*Time\*\* about (\d+) minutes")]
    private static partial Regex Minutes();

    [GeneratedRegex(@"^  - id: ", RegexOptions.Multiline)]
    private static partial Regex ExerciseId();

    [GeneratedRegex(@"^\| `([^`]+)`", RegexOptions.Multiline)]
    private static partial Regex Problem();

    [GeneratedRegex("<PackageVersion Include=\"([^\"]+)\"")]
    private static partial Regex PackageId();
}
