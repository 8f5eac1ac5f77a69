using MlOps.Kernel.Notebooks;
using MlOps.Kernel.Tests;

namespace MlOps.Cli.Tests;

public sealed class ExecuteVerbTests
{
    [Fact]
    public void Execute_CellsThatRun_StoresOutputsAndEndsWith0()
    {
        using var notebook = new TestNotebook("var x = 20; Console.WriteLine(\"hello\");", "x + 1", "await Task.Delay(1); new { A = 1 }");
        CommandResult result = MlopsCommand.Run("execute", notebook.Input, "-o", notebook.Output);
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Equal(["hello\n"], notebook.TextsOf(1));
        Assert.Equal(["21"], notebook.TextsOf(2));
        Assert.Contains("text/html", Assert.IsType<StoredDisplay>(notebook.OutputsOf(3).Single()).Data.Keys);
    }

    [Fact]
    public void Execute_CourseLibraries_AreThereWithoutUsing()
    {
        using var notebook = new TestNotebook("Chart.Line([1, 2], [3, 4])", "new Table(new Column<double>(\"x\", [1.5]))");
        CommandResult result = MlopsCommand.Run("execute", notebook.Input, "-o", notebook.Output);
        Assert.True(result.ExitCode == 0, result.Errors);
        HashSet<string> chart = [.. Assert.IsType<StoredDisplay>(notebook.OutputsOf(1).Single()).Data.Keys];
        Assert.Superset(new HashSet<string> { "application/vnd.plotly.v1+json", "image/svg+xml", "text/plain" }, chart);
        Assert.Contains("text/html", Assert.IsType<StoredDisplay>(notebook.OutputsOf(2).Single()).Data.Keys);
    }

    [NbformatFact]
    public void Execute_EveryKindOfOutput_IsValidAndASecondRunChangesNoByte()
    {
        using var notebook = new TestNotebook(
        [
            NotebookCell.Code("a", "Console.Error.WriteLine(\"careful\"); var shown = display(\"first\"); shown.Update(\"second\"); HTML(\"<b>x</b>\")"),
            NotebookCell.Code("b", "new[] { new { Name = \"π 🙂\", Value = 0.1 }, new { Name = \"<b>\", Value = double.NaN } }"),
            NotebookCell.Code("c", "Chart.Bar([\"a\", \"b\"], [1, 2]).Titled(\"t\")"),
            NotebookCell.Code("d", "throw new InvalidOperationException(\"on purpose\");", "raises-exception"),
            NotebookCell.Code("e", "new Dictionary<string, int[]> { [\"k\"] = [1, 2] }"),
        ]);
        Assert.Equal(0, MlopsCommand.Run("execute", notebook.Input, "-o", notebook.Output).ExitCode);
        Assert.Equal(string.Empty, NbformatFactAttribute.Complaint(notebook.Output));
        string again = notebook.At("again.ipynb");
        Assert.Equal(0, MlopsCommand.Run("execute", notebook.Output, "-o", again).ExitCode);
        Assert.Equal(File.ReadAllText(notebook.Output), File.ReadAllText(again));
    }

    [Fact]
    public void Execute_CellThatFails_EndsWith1SaysWhereAndKeepsWhatWasThere()
    {
        using var notebook = new TestNotebook("1", "int Half(int n) =>\n  n / two;\nHalf(2)", "3");
        CommandResult result = MlopsCommand.Run("execute", notebook.Input, "-o", notebook.Output);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cell 2 failed", result.Errors, StringComparison.Ordinal);
        Assert.Contains("cell 2, line 2, column 7: CS0103", result.Errors, StringComparison.Ordinal);
        Assert.Contains("n / two;", result.Errors, StringComparison.Ordinal);
        Assert.Equal(["1"], notebook.TextsOf(1));
        Assert.Equal(["CS0103"], notebook.TextsOf(2));
        Assert.Empty(notebook.OutputsOf(3));
    }

    [Fact]
    public void Execute_ExceptionInACell_NamesTheLineAndShowsNoFrameOfOurs()
    {
        using var notebook = new TestNotebook("int zero = 0;\nint Divide(int n)\n{\n  return n / zero;\n}", "\nDivide(1)");
        CommandResult result = MlopsCommand.Run("execute", notebook.Input, "-o", notebook.Output);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("DivideByZeroException", result.Errors, StringComparison.Ordinal);
        Assert.Contains("cell 1, line 4", result.Errors, StringComparison.Ordinal);
        Assert.Contains("cell 2, line 2", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("MlOps.Kernel", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_CellThatMayFail_GoesOn()
    {
        using var notebook = new TestNotebook([NotebookCell.Code("a", "throw new Exception();", "raises-exception"), NotebookCell.Code("b", "2")]);
        Assert.Equal(0, MlopsCommand.Run("execute", notebook.Input, "-o", notebook.Output).ExitCode);
        Assert.Equal(["Exception"], notebook.TextsOf(1));
        Assert.Equal(["2"], notebook.TextsOf(2));
    }

    [Fact]
    public void Execute_Parameters_ReachTheCells()
    {
        using var notebook = new TestNotebook(
        [
            NotebookCell.Code("a", "int n = 1; double d = 1; string s = \"a\";", "parameters"),
            NotebookCell.Code("b", "$\"{n} {d / 4} {s}\""),
        ]);
        Assert.Equal(0, MlopsCommand.Run("execute", notebook.Input, "-o", notebook.Output, "-p", "n=5", "-p", "d=2", "-p", "s=x=y").ExitCode);
        Assert.Equal(["5 0.5 x=y"], notebook.TextsOf(3));
    }

    [Theory]
    [InlineData("missing.ipynb", "there is no such file")]
    [InlineData("empty.ipynb", "the file is empty")]
    [InlineData("cut.ipynb", "breaks off")]
    [InlineData("text.ipynb", "not a notebook")]
    public void Execute_WhatIsNoNotebook_EndsWith2AndOneMessage(string name, string told)
    {
        using var notebook = new TestNotebook("1");
        File.WriteAllText(notebook.At("empty.ipynb"), "");
        File.WriteAllText(notebook.At("cut.ipynb"), File.ReadAllText(notebook.Input)[..80]);
        File.WriteAllText(notebook.At("text.ipynb"), "age,income\n3,4\n");
        File.WriteAllText(notebook.Output, "precious");
        CommandResult result = MlopsCommand.Run("execute", notebook.At(name), "-o", notebook.Output);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(name, result.Errors, StringComparison.Ordinal);
        Assert.Contains(told, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(notebook.Output));
    }

    [Theory]
    [InlineData("execute", "--out")]
    [InlineData("execute in.ipynb -o out.ipynb -p nonsense", "name=value")]
    [InlineData("execute in.ipynb -o out.ipynb --timeout -1", "--timeout")]
    [InlineData("excute", "there is no verb 'excute'. Did you mean 'execute'?")]
    [InlineData("validate", "'validate' needs <model> <data>.")]
    [InlineData("card", "'card' needs a verb: model, datasheet, ")]
    [InlineData("drift a.csv b.csv --fail-on severe", "--fail-on: Argument 'severe' not recognized.")]
    [InlineData("tset", "Did you mean 'test'?")]
    [InlineData("runs compair", "there is no verb 'runs compair'. Did you mean 'compare'?")]
    [InlineData("train a.csv --lable y --out m.onnx", "'train' has no option --lable. Did you mean '--label'?")]
    public void Command_UsedWrongly_EndsWith2AndNamesTheProblem(string line, string told)
    {
        CommandResult result = MlopsCommand.Run(line.Split(' '));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(told, result.Errors, StringComparison.Ordinal);
    }
}
