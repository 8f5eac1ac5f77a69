using MlOps.Kernel.Notebooks;
using MlOps.Kernel.Running;

namespace MlOps.Kernel.Tests.Running;

public sealed class NotebookParametersTests
{
    private static readonly NotebookFile s_withDefaults = Notebook(
        NotebookCell.Code("a", "var x = 0;"),
        NotebookCell.Code("b", "int month = 1; double share = 1;\nvar city = \"Pune\";\nstring code = \"07\"; var limit = 3;", "parameters"),
        NotebookCell.Code("c", "month"));

    [Fact]
    public void Inject_KnownNames_AssignsWithTheTypeOfTheDefault()
    {
        NotebookFile injected = NotebookParameters.Inject(s_withDefaults, new Dictionary<string, string>
        {
            ["month"] = "5",
            ["share"] = "2",
            ["city"] = "Navi \"Mumbai\"",
            ["code"] = "08",
            ["limit"] = "4",
        });
        NotebookCell cell = injected.Cells[2];
        Assert.Equal(["injected-parameters"], cell.Tags);
        Assert.Equal(
            """
            // Parameters
            month = 5;
            share = 2;
            city = "Navi \"Mumbai\"";
            code = "08";
            limit = 4;
            """.ReplaceLineEndings("\n"),
            cell.Source);
    }

    [Fact]
    public void Inject_Again_ReplacesTheInjectedCell()
    {
        NotebookFile once = NotebookParameters.Inject(s_withDefaults, new Dictionary<string, string> { ["month"] = "5" });
        NotebookFile twice = NotebookParameters.Inject(once, new Dictionary<string, string> { ["month"] = "6" });
        Assert.Equal(s_withDefaults.Cells.Count + 1, twice.Cells.Count);
        Assert.Contains("month = 6;", twice.Cells[2].Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Inject_NothingGiven_LeavesTheNotebookAlone() =>
        Assert.Same(s_withDefaults, NotebookParameters.Inject(s_withDefaults, new Dictionary<string, string>()));

    [Fact]
    public void Inject_UnknownName_NamesThoseThereAre()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => NotebookParameters.Inject(s_withDefaults, new Dictionary<string, string> { ["monht"] = "5" }));
        Assert.Contains("'monht'", e.Message, StringComparison.Ordinal);
        Assert.Contains("month, share, city, code, limit", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1x")]
    [InlineData("a b")]
    [InlineData("x; Environment.Exit(0)")]
    public void Inject_NameThatIsNoIdentifier_IsRejected(string name) =>
        Assert.Throws<ArgumentException>(() => NotebookParameters.Inject(s_withDefaults, new Dictionary<string, string> { [name] = "5" }));

    [Fact]
    public void Inject_NotebookWithoutDefaults_DeclaresAtTheTop()
    {
        NotebookFile injected = NotebookParameters.Inject(
            Notebook(NotebookCell.Code("a", "n")),
            new Dictionary<string, string> { ["n"] = "5", ["ok"] = "true", ["name"] = "x y" });
        Assert.Equal("// Parameters\nvar n = 5;\nvar ok = true;\nvar name = \"x y\";", injected.Cells[0].Source);
    }

    private static NotebookFile Notebook(params NotebookCell[] cells) =>
        NotebookFile.Parse("""{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[]}""", "test").WithCells(cells);
}
