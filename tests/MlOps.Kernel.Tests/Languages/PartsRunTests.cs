using MlOps.Kernel.Engine;
using MlOps.Kernel.Tests.Engine;

namespace MlOps.Kernel.Tests.Languages;

/// <summary>Cells of several parts: one after the other, as one cell.</summary>
public sealed class PartsRunTests
{
    [Fact]
    public async Task Run_SeveralParts_LastValueIsTheResultEarlierOnesAreDisplays()
    {
        using var session = new Session();

        RanCell cell = await session.Run("1 + 1\n#!markdown\n**bold**\n#!csharp\nvar x = 5;\n#!csharp\nx * 2");

        Assert.Equal(10, cell.Value);
        Assert.Equal(["2", "**bold**"], cell.Displays("text/plain"));
        Assert.Equal("10", cell.Outputs.OfType<ResultOutput>().Single().Bundle["text/plain"]);
        Assert.IsType<ResultOutput>(cell.Outputs[^1]);
    }

    [Theory]
    [InlineData("var a = 1;\n#!time\nvar b = 2;\nthrow new InvalidOperationException(\"x\");", CellStatus.Failed, "cell 1, line 4", "throw new InvalidOperationException")]
    [InlineData("1\n#!html\n<b>\n#!csharp\n\nnope();", CellStatus.CompileError, "cell 1, line 6, column 1: CS0103", "nope();")]
    [InlineData("1\n#!c#\n\nnope();", CellStatus.CompileError, "cell 1, line 4, column 1: CS0103", "nope();")]
    [InlineData("1\n#!sh\necho a\nexit 3", CellStatus.Failed, "cell 1, line 2", "#!sh")]
    [InlineData("#!csharp\nint F() => \"a\";", CellStatus.CompileError, "cell 1, line 2, column 12: CS0029", "int F() =>")]
    [InlineData("1\n\n#!value x", CellStatus.CompileError, "cell 1, line 3: 'x' belongs to no option.", "#!value x")]
    public async Task Run_ErrorInALaterPart_NamesTheLineOfTheCell(string code, CellStatus status, string place, string line)
    {
        using var session = new Session();

        RanCell cell = await session.Run(code);

        Assert.Equal(status, cell.Status);
        Assert.Contains(place, cell.Traceback, StringComparison.Ordinal);
        Assert.Contains("    " + line, cell.Traceback, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("throw new Exception();")]
    [InlineData("nope();")]
    [InlineData("#!sh\nexit 1")]
    [InlineData("#!share --from csharp nothing")]
    [InlineData("#!import nowhere.cs")]
    public async Task Run_PartFails_EarlierNamesStayAndLaterPartsDoNotRun(string failing)
    {
        using var session = new Session();
        await session.Run("var x = 1; var ran = false;");

        RanCell cell = await session.Run($"var x = 2; var y = 3;\n#!time\n{failing}\n#!csharp\nran = true;");

        Assert.NotEqual(CellStatus.Ok, cell.Status);
        Assert.Equal("2 3 False", (await session.Run("$\"{x} {y} {ran}\"")).Value);
        Assert.StartsWith("Wall time: ", cell.Displays("text/plain")[^1], StringComparison.Ordinal); // told for a failed cell too
    }

    [Fact]
    public async Task Run_UnknownDirective_RunsNothing()
    {
        using var session = new Session();

        RanCell cell = await session.Run("var x = 2;\n#!nothing");

        Assert.Equal((CellStatus.CompileError, "DirectiveException"), (cell.Status, cell.Error.Name));
        Assert.Empty(session.Variables);
    }

    [Fact]
    public async Task Run_UsingDeclaration_LivesToTheCellsEnd()
    {
        using var session = new Session();

        RanCell cell = await session.Run("using var stream = new MemoryStream();\n#!time\nConsole.Write(stream.CanRead);");

        Assert.Equal("True", cell.Stdout);
        Assert.Equal(false, (await session.Run("stream.CanRead")).Value);
    }

    [Theory]
    [InlineData("var a = 1;\n#!time\nConsole.Write(\"in\"); while (true) { a.ToString(); }", "line 3")]
    [InlineData("var a = 1;\n#!csharp\nConsole.Write(\"in\"); Thread.Sleep(-1);", "line 3")]
    [InlineData("var a = 1;\n#!sh\necho in; sleep 600", "line 2")]
    public async Task Run_SecondPartNeverEnds_SaysWhereItWasStoppedAndKeepsTheFirst(string code, string place)
    {
        using var session = new Session();

        RanCell cell = await session.RunUntilOutput(code, "in");

        Assert.Equal(CellStatus.Interrupted, cell.Status);
        Assert.Contains(place, cell.Traceback, StringComparison.Ordinal);
        Assert.Equal(1, (await session.Run("a")).Value);
    }

    [Fact]
    public async Task Run_TimeLimit_CoversAllPartsTogether()
    {
        using var session = new Session();
        string part = "#!csharp\nawait Task.Delay(200);\n";

        RanCell cell = await session.Run(string.Concat(Enumerable.Repeat(part, 50)), TimeSpan.FromSeconds(1));

        Assert.Equal(CellStatus.TimedOut, cell.Status);
    }

    [Fact]
    public async Task Run_InterruptInTheSecondPart_StopsTheCell()
    {
        using var session = new Session();
        using var stop = new CancellationTokenSource();

        RanCell cell = await session.Run(
            "var a = 1;\n#!csharp\nConsole.Write(\"in\"); while (true) { }\n#!csharp\na = 2;",
            output: _ => stop.Cancel(),
            interrupt: stop.Token);

        Assert.Equal(CellStatus.Interrupted, cell.Status);
        Assert.Equal(1, (await session.Run("a")).Value);
    }

    [Fact]
    public async Task Run_FailedPart_HidesOnlyTheNamesItDidNotReach()
    {
        using var session = new Session();
        await session.Run("var y = \"old\";");

        await session.Run("var x = 1;\n#!csharp\nvar z = 2; throw new Exception(); var y = 3;");

        Assert.Equal("1 old 2", (await session.Run("$\"{x} {y} {z}\"")).Value);
    }

    [Fact]
    public async Task Run_CellOfAnotherLanguage_NeedsNoDirective()
    {
        using var session = new Session();

        Assert.Equal(["# Title"], (await session.Run("# Title", language: "markdown")).Displays("text/markdown"));
        Assert.Contains("F# cells do not run here", (await session.Run("let x = 1", language: "fsharp")).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_HeadOfADibFile_IsSkipped()
    {
        using var session = new Session();

        Assert.Equal(3, (await session.Run("#!meta\n\n{\"kernelInfo\":{}}\n\n#!csharp\n\n1 + 2")).Value);
    }
}
