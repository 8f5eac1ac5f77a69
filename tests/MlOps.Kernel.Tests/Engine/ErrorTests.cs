using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Tests.Engine;

/// <summary>What a user reads when a cell fails.</summary>
public sealed class ErrorTests
{
    [Fact]
    public async Task Run_CompileErrors_AllWithPlaceLineAndCaret()
    {
        using var session = new Session();
        await session.Run("var fine = 1;");

        RanCell cell = await session.Run("var a = 1;\n\tvar b = missing + 1; var c = 2;\nint s = \"x\";");

        Assert.Equal(CellStatus.CompileError, cell.Status);
        Assert.Equal("CS0103", cell.Error.Name);
        Assert.Equal("The name 'missing' does not exist in the current context (and 1 more error)", cell.Error.Message);
        Assert.Equal(
            [
                "cell 2, line 2, column 10: CS0103: The name 'missing' does not exist in the current context",
                "    \tvar b = missing + 1; var c = 2;",
                "    \t        ^",
                "    Check the spelling, or run the cell that declares it first.",
                "cell 2, line 3, column 9: CS0029: Cannot implicitly convert type 'string' to 'int'",
                "    int s = \"x\";",
                "            ^",
                "    Convert the value, as in int.Parse(text) or number.ToString(), or change the variable's type.",
            ],
            cell.Error.Traceback);
        Assert.Equal(cell.Error, Assert.Single(cell.Outputs));
    }

    [Theory]
    [InlineData("foo(", "CS1026", "line 1, column 5")]
    [InlineData("var x = 1\nvar y = 2;", "CS1002", "line 1, column 10")]
    [InlineData("using var r = new System.IO.MemoryStream()", "CS1002", "line 1, column 43")]
    [InlineData("var a = 1; var b = 2; missing();", "CS0103", "line 1, column 23")] // columns are the user's, not those of the marks
    [InlineData("#r \"nuget: Humanizer,\"", "CS0006", "line 1, column 4")]
    [InlineData("\n#r \"bin/nowhere.dll\"", "CS0006", "line 2, column 4")]
    public async Task Run_CompileError_CodeAndPlace(string code, string name, string place)
    {
        using var session = new Session();

        RanCell cell = await session.Run(code);

        Assert.Equal(CellStatus.CompileError, cell.Status);
        Assert.Equal(name, cell.Error.Name);
        Assert.StartsWith("cell 1, " + place, cell.Error.Traceback[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ExceptionInMethodOfEarlierCell_ShowsUserFramesOfBothCells()
    {
        using var session = new Session();
        await session.Run("var n = 1;");
        await session.Run("double Mean(double[] xs)\n{\n    if (xs.Length == 0) throw new ArgumentException(\"nothing to average\");\n    return xs.Average();\n}");

        RanCell cell = await session.Run("// average\nvar m = Mean([]);");

        Assert.Equal(CellStatus.Failed, cell.Status);
        Assert.Equal("ArgumentException", cell.Error.Name);
        Assert.Equal("nothing to average", cell.Error.Message);
        Assert.Equal(
            [
                "ArgumentException: nothing to average",
                "  cell 2, line 3, in Mean(xs)",
                "    if (xs.Length == 0) throw new ArgumentException(\"nothing to average\");",
                "  cell 3, line 2",
                "    var m = Mean([]);",
            ],
            cell.Error.Traceback);
    }

    [Theory]
    [InlineData("int.Parse(\"x\")", "FormatException", "  cell 1, line 1")] // thrown by the framework: the user's line is shown
    [InlineData("await Task.Run(() => { throw new TimeoutException(); });", "TimeoutException", "  cell 1, line 1")]
    [InlineData("Task.Run(void () => throw new TimeoutException()).Wait();", "TimeoutException", "  cell 1, line 1")] // AggregateException unwrapped
    [InlineData("Activator.CreateInstance(typeof(Bad));\nclass Bad { public Bad() => throw new NotSupportedException(); }", "NotSupportedException", "  cell 1, line 2, in new Bad()")]
    [InlineData("class My : Exception { }\nthrow new My();", "My", "  cell 1, line 2")]
    [InlineData("async Task F()\n{ await Task.Yield(); throw new TimeoutException(); }\nawait F();", "TimeoutException", "  cell 1, line 2, in F(…)")]
    [InlineData("class A { public static int B<T>(int i) => i / (i - i); }\nA.B<int>(1)", "DivideByZeroException", "  cell 1, line 1, in A.B(i)")]
    [InlineData("var f = () =>\n{ throw new TimeoutException(); };\nf();", "TimeoutException", "  cell 1, line 2")]
    [InlineData("throw null;", "NullReferenceException", "  cell 1, line 1")]
    public async Task Run_Exception_NameAndFirstUserFrame(string code, string name, string frame)
    {
        using var session = new Session();

        RanCell cell = await session.Run(code);

        Assert.Equal(name, cell.Error.Name);
        Assert.Equal(frame, cell.Error.Traceback[1]);
        Assert.DoesNotContain("System.", cell.Traceback.Replace("System.Private", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_InnerExceptions_AreShownAsCauses()
    {
        using var session = new Session();

        RanCell cell = await session.Run("try { int.Parse(\"x\"); }\ncatch (Exception e) { throw new InvalidOperationException(\"outer\", e); }");

        Assert.Equal("InvalidOperationException", cell.Error.Name);
        Assert.Equal("  cell 1, line 2", cell.Error.Traceback[1]);
        Assert.Contains("caused by FormatException: The input string 'x' was not in a correct format.\n  cell 1, line 1", cell.Traceback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SeveralTasksFail_AllCausesAreShown()
    {
        using var session = new Session();

        RanCell cell = await session.Run("Task.WaitAll(Task.FromException(new TimeoutException(\"t1\")), Task.FromException(new FormatException(\"f2\")));");

        Assert.Equal("AggregateException", cell.Error.Name);
        Assert.Contains("caused by TimeoutException: t1", cell.Traceback, StringComparison.Ordinal);
        Assert.Contains("caused by FormatException: f2", cell.Traceback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DeepRecursion_ShowsAFewFrames()
    {
        using var session = new Session();

        RanCell cell = await session.Run("int Down(int n)\n{\n    if (n == 0) throw new Exception(\"bottom\");\n    var r = Down(n - 1);\n    return r + Down(n - 2);\n}\nint Even(int n) { if (n == 0) throw new Exception(); return 1 + Odd(n - 1); }\nint Odd(int n)\n{ return 1 + Even(n - 1); }\nEven(1000)");

        Assert.InRange(cell.Error.Traceback.Count, 10, 70);
        Assert.Contains("  …", cell.Error.Traceback);
    }

    [Fact]
    public async Task Run_LabelGiven_NamesTheCell()
    {
        using var session = new Session();

        Assert.StartsWith("setup, line 1, column 1:", (await session.Run("nope()", label: "setup")).Error.Traceback[0], StringComparison.Ordinal);
        Assert.Equal("  main, line 1", (await session.Run("throw new Exception();", label: "main")).Error.Traceback[1]);
    }
}
