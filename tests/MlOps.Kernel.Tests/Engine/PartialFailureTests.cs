using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Tests.Engine;

/// <summary>A failed cell leaves the names it did not reach as they were.</summary>
public sealed class PartialFailureTests
{
    [Theory]
    [InlineData("throw new Exception();", CellStatus.Failed)]
    [InlineData("await Task.Yield(); throw new Exception();", CellStatus.Failed)]
    [InlineData("while (true) { }", CellStatus.Interrupted)]
    [InlineData("await Task.Delay(-1);", CellStatus.Interrupted)]
    public async Task Run_CellEndsHalfway_ReachedNamesAreNewOthersOld(string end, CellStatus expected)
    {
        using var session = new Session();
        await session.Run("var x = 1; var keep = () => x;");

        string code = $"var a = 2; Console.Write(\"halfway\"); {end} var x = 5; var b = 3;";
        RanCell failed = expected == CellStatus.Failed ? await session.Run(code) : await session.RunUntilOutput(code, "halfway");

        Assert.Equal(expected, failed.Status);
        Assert.Equal(1, (await session.Run("x")).Value);
        Assert.Equal(2, (await session.Run("a")).Value);
        Assert.Equal("CS0103", (await session.Run("b")).Error.Name);
        Assert.Equal(9, (await session.RunAll("x = 9;", "keep()")).Value); // the same variable as before, not a copy
    }

    [Fact]
    public async Task Run_AssignmentsBeforeTheFailure_Stay()
    {
        using var session = new Session();
        await session.Run("var x = 1; var list = new List<int>();");

        await session.Run("x = 2; list.Add(1); throw new Exception(); x = 3;");

        Assert.Equal("2 1", (await session.Run("$\"{x} {list.Count}\"")).Value);
    }

    [Fact]
    public async Task Run_DeclarationThatThrows_KeepsTheOldVariable()
    {
        using var session = new Session();
        await session.Run("var x = \"old\";");

        await session.Run("int x = int.Parse(\"no number\");");

        Assert.Equal("old", (await session.Run("x")).Value);
    }

    [Fact]
    public async Task Run_TypesMethodsAndUsingsOfAFailedCell_Stay()
    {
        using var session = new Session();

        await session.Run("using System.Globalization;\nthrow new Exception();\nint F() => 4;\nrecord R(int A);");

        Assert.Equal(5, (await session.Run("F() + new R(1).A")).Value);
        Assert.Equal(CellStatus.Ok, (await session.Run("CultureInfo.InvariantCulture.Name")).Status);
    }

    [Fact]
    public async Task Run_EveryKindOfDeclaration_IsHiddenWhenNotReached()
    {
        using var session = new Session();
        string names = "a b c d e f g";
        await session.Run(string.Join(' ', names.Split(' ').Select(name => $"var {name} = \"old {name}\";")));

        await session.Run(
            """
            throw new Exception();
            var a = 1;
            int b = 2, c = 3;
            var (d, e) = (4, 5);
            int.TryParse("6", out var f);
            int g { get; set; } = 7;
            """);

        Assert.Equal("old a old b old c old d old e old f old g", (await session.Run("string.Join(' ', a, b, c, d, e, f, g)")).Value);
    }

    [Fact]
    public async Task Run_UnreachedNameUsedInsideTheCell_StillHidden()
    {
        using var session = new Session();
        await session.Run("var x = 1;");

        RanCell failed = await session.Run("int Use() => x + 10; var a = new { V = 1 }; throw new Exception(); var x = 5; var c = new { x, a.V }; Console.WriteLine($\"{x}\" + nameof(x));");

        Assert.Equal(CellStatus.Failed, failed.Status);
        Assert.Equal(1, (await session.Run("x")).Value);
        Assert.Equal(1, (await session.Run("a.V")).Value); // anonymous types still match the loaded code
        Assert.Equal(10, (await session.Run("Use()")).Value); // the method belongs to the failed cell: its own x, never set
    }

    [Fact]
    public async Task Run_MarksAndUserPositions_KeepLinesAndColumns()
    {
        using var session = new Session();

        RanCell compile = await session.Run("var a = 1; var b = 2; nope();");
        RanCell runtime = await session.Run("var a = 1;\nvar b = 2; throw new Exception(\"x\");");

        Assert.Contains("column 23", compile.Traceback, StringComparison.Ordinal);
        Assert.Contains("line 2", runtime.Traceback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ManyFailuresInARow_ChainStaysSound()
    {
        using var session = new Session();
        await session.Run("var x = 0;");
        for (int i = 0; i < 5; i++)
        {
            await session.Run($"var y{i} = {i}; x++; throw new Exception(); var later = -1;");
        }

        Assert.Equal("5 0 4", (await session.Run("$\"{x} {y0} {y4}\"")).Value);
        Assert.Equal("CS0103", (await session.Run("later")).Error.Name);
    }
}
