using MlOps.Kernel.Notebooks;

namespace MlOps.Cli.Tests;

/// <summary>Runs a small course of its own, so that these tests do not depend on the weeks there are.</summary>
public sealed class RunVerbTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("mlops-run-");

    public RunVerbTests()
    {
        _root.CreateSubdirectory("notebooks");
        Directory.CreateSymbolicLink(Path.Combine(_root.FullName, "eng"), Path.Combine(MlopsCommand.RepositoryRoot, "eng"));
        Week("week01-first", "# First week", "1 + 1");
        Week("week02-second", "# Second week", "Chart.Line([1, 2], [3, 4]).Titled(\"up\")");
    }

    public void Dispose() => _root.Delete(recursive: true);

    [WebAssetsFact]
    public void Run_AllWeeks_WritesNotebooksSiteAndSummary()
    {
        CommandResult result = MlopsCommand.Run(_root.FullName, ["run", "--jobs", "2"]);
        Assert.True(result.ExitCode == 0, result.Errors + result.Output);
        Assert.Contains("week01-first", result.Output, StringComparison.Ordinal);
        Assert.Contains("artifacts/site/index.html", result.Output.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.True(File.Exists(At("artifacts", "notebooks", "week02-second.ipynb")));
        Assert.Contains("Second week", File.ReadAllText(At("artifacts", "site", "week02-second.html")), StringComparison.Ordinal);
        Assert.True(File.Exists(At("artifacts", "site", "assets", "plotly.min.js")) || Directory.EnumerateFiles(At("artifacts", "site"), "plotly*.js", SearchOption.AllDirectories).Any());
        Assert.Empty(Stored("week01-first").Cells[1].Outputs); // the sources are left alone …
        Assert.Equal(0, MlopsCommand.Run(_root.FullName, ["run", "1", "--update"]).ExitCode);
        Assert.Single(Stored("week01-first").Cells[1].Outputs); // … unless asked
    }

    [WebAssetsFact]
    public void Run_AWeekThatFails_EndsWith1AndStillRunsTheOthersAndWritesTheSite()
    {
        Week("week03-third", "# Third week", "throw new InvalidOperationException(\"on purpose\");");
        File.WriteAllText(At("notebooks", "week04-fourth.ipynb"), "{\"cells\": [");
        CommandResult result = MlopsCommand.Run(_root.FullName, ["run"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("on purpose", result.Errors, StringComparison.Ordinal);
        Assert.Contains("week04-fourth.ipynb", result.Errors, StringComparison.Ordinal);
        Assert.Contains("failed in cell 1", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(At("artifacts", "site", "week01-first.html")));
        Assert.Contains("on purpose", File.ReadAllText(At("artifacts", "site", "week03-third.html")), StringComparison.Ordinal);
    }

    [WebAssetsFact]
    public void Run_ExecutedNotebookThatCannotBeStored_EndsWith1AndSaysWhere()
    {
        Directory.CreateDirectory(At("artifacts"));
        File.WriteAllText(At("artifacts", "notebooks"), "a file where the folder should be");
        CommandResult result = MlopsCommand.Run(_root.FullName, ["run", "1"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cannot be written", result.Errors, StringComparison.Ordinal);
        Assert.Contains("not stored", result.Output, StringComparison.Ordinal);
    }

    [WebAssetsFact]
    public void Run_Stored_WritesTheSiteOfWhatIsStoredAndRunsNothing()
    {
        Week("week03-third", "# Third week", "File.WriteAllText(\"ran\", \"\");");
        CommandResult result = MlopsCommand.Run(_root.FullName, ["run", "--stored"]);
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("artifacts/site/index.html", result.Output.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Contains("Third week", File.ReadAllText(At("artifacts", "site", "week03-third.html")), StringComparison.Ordinal);
        Assert.False(File.Exists(At("notebooks", "ran")));
        Assert.False(Directory.Exists(At("artifacts", "notebooks")));
        Assert.Equal(2, MlopsCommand.Run(_root.FullName, ["run", "1", "--stored"]).ExitCode);
    }

    [Fact]
    public void Run_UnknownWeek_EndsWith2AndNamesThoseThereAre()
    {
        CommandResult result = MlopsCommand.Run(_root.FullName, ["run", "9"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("There are: week01-first, week02-second", result.Errors, StringComparison.Ordinal);
    }

    private void Week(string name, string title, string code)
    {
        NotebookFile notebook = NotebookFile.Parse(
            $$"""{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"markdown","id":"t","metadata":{},"source":"{{title}}"}]}""", name);
        notebook.WithCells([.. notebook.Cells, NotebookCell.Code("c", code)]).Save(At("notebooks", name + ".ipynb"));
    }

    private NotebookFile Stored(string name) => NotebookFile.Load(At("notebooks", name + ".ipynb"));

    private string At(params string[] parts) => Path.Combine([_root.FullName, .. parts]);
}

/// <summary>A test that writes a site and so needs what <c>./mlops setup</c> fetches.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WebAssetsFactAttribute : FactAttribute
{
    public WebAssetsFactAttribute()
    {
        if (!Directory.Exists(Path.Combine(MlopsCommand.RepositoryRoot, "eng", "web", "node_modules", "plotly.js-dist-min")))
        {
            Skip = "needs the web libraries: ./mlops setup";
        }
    }
}
