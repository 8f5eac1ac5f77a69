using System.Text.RegularExpressions;
using MlOps.Kernel.Notebooks;

namespace MlOps.Course.Tests;

/// <summary>What every lecture notebook keeps, whoever writes it (docs: CONTRIBUTING.md, "Notebooks").</summary>
public sealed partial class NotebookRules
{
    private const int LongestCell = 15;
    private const int FewestCharts = 4;
    private static readonly string[] s_lastSections = ["Misconceptions, settled by a cell", "In production", "Check yourself", "Summary"];

    public static TheoryData<string> Notebooks() =>
        new(Directory.EnumerateFiles(Repository.At("notebooks"), "*.ipynb").Select(path => Path.GetFileName(path)).Order());

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void File_IsNamedAfterItsWeek(string name) => Assert.Matches("^week(0[1-9]|1[0-5])-[a-z0-9-]+\\.ipynb$", name);

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void File_IsWrittenAsWeWriteIt(string name) =>
        Assert.Equal(Load(name).ToJson(), File.ReadAllText(Repository.At("notebooks", name)));

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Code_StaysShort(string name) =>
        Assert.All(Code(name), cell => Assert.InRange(cell.Source.Split('\n').Count(line => line.Trim().Length > 0), 1, LongestCell));

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Charts_CarryTheArgument(string name)
    {
        StoredDisplay[] charts = [.. Displays(name).Where(display => display.Data.ContainsKey("application/vnd.plotly.v1+json"))];
        Assert.True(charts.Length >= FewestCharts, $"{charts.Length} charts; a week has {FewestCharts} or more.");
        Assert.All(charts, chart =>
        {
            Assert.StartsWith("<svg", chart.Text("image/svg+xml")!.TrimStart(), StringComparison.Ordinal);
            Assert.NotEmpty(chart.Text("text/plain")!);
            Assert.NotEmpty((string?)chart.Data["application/vnd.plotly.v1+json"]["layout"]!["title"]!["text"] ?? string.Empty);
        });
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Outputs_AreThereAndHoldNoUnexpectedError(string name)
    {
        Assert.Contains(Code(name), cell => cell.Outputs.Count > 0);
        Assert.All(Code(name).Where(cell => !cell.Tags.Contains("raises-exception")), cell => Assert.DoesNotContain(cell.Outputs, output => output is StoredError));
        Assert.All(Displays(name), display => Assert.Contains("text/plain", display.Data.Keys));
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Code_NeedsNoNetworkAndNoAbsolutePath(string name) =>
        Assert.All(Code(name), cell => Assert.DoesNotMatch(NetworkOrAbsolutePath(), cell.Source));

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Headings_AreOneTitleAndNoLevelSkipped(string name)
    {
        int[] levels = [.. Load(name).Cells.Where(cell => cell.Kind == CellKind.Markdown).SelectMany(cell => Heading().Matches(cell.Source)).Select(match => match.Groups[1].Length)];
        Assert.Equal(1, levels[0]);
        Assert.Single(levels, level => level == 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, $"a heading of level {pair.Second} follows one of level {pair.First}."));
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Form_IsThatOfEveryWeek(string name)
    {
        string[] cells = [.. Load(name).Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(cell => cell.Source)];
        Assert.StartsWith($"# Week {name[4..6]} · ", cells[0], StringComparison.Ordinal);
        Assert.Matches(TimeToObjectives(), cells[0]);
        Assert.Contains(cells, cell => Prediction().IsMatch(cell));
        Assert.Contains(cells, cell => cell.StartsWith("## Check yourself\n", StringComparison.Ordinal) && cell.Contains("<summary>Answers</summary>", StringComparison.Ordinal));
        Assert.Matches(Ending(), cells[^1]);

        string[] sections = [.. cells.SelectMany(cell => Section().Matches(cell)).Select(match => match.Groups[1].Value)];
        Assert.StartsWith("Why it matters: ", sections[0], StringComparison.Ordinal);
        string[] last = [.. sections.TakeLast(s_lastSections.Length).Select(section => section.Split(':')[0])]; // "In production: a server for all"
        Assert.Equal(s_lastSections, last);
    }

    private static NotebookFile Load(string name) => NotebookFile.Load(Repository.At("notebooks", name));

    private static IEnumerable<NotebookCell> Code(string name) => Load(name).Cells.Where(cell => cell.Kind == CellKind.Code);

    private static IEnumerable<StoredDisplay> Displays(string name) => Code(name).SelectMany(cell => cell.Outputs).OfType<StoredDisplay>();

    [GeneratedRegex(@"https?://|HttpClient|#r\s+""nuget|""/(home|work|tmp|Users)/|[A-Z]:\\")]
    private static partial Regex NetworkOrAbsolutePath();

    [GeneratedRegex(@"^(#{1,6}) ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\*\*Time\*\* about \d+ minutes.* · \*\*Before you start\*\* .+ · \*\*Data\*\* .+\n\nAfter this week you can\n\n- \*\*", RegexOptions.Multiline)]
    private static partial Regex TimeToObjectives();

    [GeneratedRegex(@"^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^> \*\*Predict before you run\.\*\* \S", RegexOptions.Multiline)]
    private static partial Regex Prediction();

    [GeneratedRegex(@"^## Summary\n\n.+\n\n\*\*Terms\*\*: .+\n\n\*\*Exercises\*\*: .+\n\n\*\*Read on\*\*\n\n- ")]
    private static partial Regex Ending();
}
