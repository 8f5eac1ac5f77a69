using System.Reflection;
using System.Text.RegularExpressions;
using MlOps.Kernel.Notebooks;

namespace MlOps.Course.Tests;

/// <summary>The map from other tools to ours names what is there, and all that the notebooks map.</summary>
public sealed partial class ToolMap
{
    private static readonly string[] s_rows = [.. File.ReadLines(Repository.At("docs", "tool-map.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal))];

    private static readonly IReadOnlySet<string> s_types = Directory.EnumerateFiles(AppContext.BaseDirectory, "MlOps.*.dll")
        .SelectMany(path => Assembly.LoadFrom(path).GetExportedTypes()).Select(type => type.Name.Split('`')[0]).ToHashSet(StringComparer.Ordinal);

    [Fact]
    public void Here_NamesTypesThatAreThere()
    {
        string[] named = [.. s_rows.Select(row => row.Split('|')[2]).SelectMany(TypesIn).Distinct()];
        Assert.NotEmpty(named);
        Assert.All(named, type => Assert.True(s_types.Contains(type), $"No public type is called {type}."));
    }

    [Theory]
    [MemberData(nameof(NotebookRules.Notebooks), MemberType = typeof(NotebookRules))]
    public void Map_HasWhatANotebookMaps(string notebook)
    {
        IEnumerable<string> mapped = NotebookFile.Load(Repository.At("notebooks", notebook)).Cells
            .Where(cell => cell.Kind == CellKind.Markdown && cell.Source.Contains("| you did |", StringComparison.Ordinal))
            .SelectMany(cell => cell.Source.Split('\n')).Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .SelectMany(row => TypesIn(row.Split('|')[1])).Where(s_types.Contains);
        string map = string.Join('\n', s_rows.Select(row => row.Split('|')[2]));
        Assert.All(mapped.Distinct(), type => Assert.Matches($@"\b{type}\b", map));
    }

    // `new Pipeline()…Fit(…)` names Pipeline, `DriftReport.Compare` DriftReport; `./mlops drift` names no type.
    private static IEnumerable<string> TypesIn(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value)
        .Where(code => !code.Contains("mlops", StringComparison.Ordinal)).Select(code => FirstType().Match(code).Groups[1].Value).Where(name => name.Length > 0);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^(?:new )?([A-Z]\w+)")]
    private static partial Regex FirstType();
}
