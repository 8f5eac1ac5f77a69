using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Tests.Engine;

public sealed class StateTests
{
    [Theory]
    [InlineData(42, "var x = 41;", "x + 1")]
    [InlineData(3, "var x = 1;", "x = 3;", "x")]
    [InlineData("two", "var x = 1;", "var x = \"two\";", "x")] // redefined with another type
    [InlineData(7, "int F() => 1;", "int F() => 7;", "F()")]
    [InlineData(5, "class A { public int V => 1; }", "class A { public int V => 5; }", "new A().V")]
    [InlineData(1, "class A { public int V => 1; } var old = new A();", "class A { public int W => 5; }", "old.V")]
    [InlineData(10, "var n = 1; Func<int> f = () => n * 10;", "f()")]
    [InlineData(50, "var n = 1;", "Func<int> f = () => n * 10;", "n = 5;", "f()")] // a lambda sees the variable, not a copy
    [InlineData(3, "var p = new { A = 1, B = 2 };", "p.A + p.B")]
    [InlineData(9, "var p = new { A = 4 };", "var q = new { A = 5 };", "p.A + q.A")]
    [InlineData(true, "var p = new { A = 4 };", "p.Equals(new { A = 4 })")] // one anonymous type across cells
    [InlineData(2, "var (a, b) = (1, 2);", "b")]
    [InlineData(12, "int.TryParse(\"12\", out var n);", "n")]
    [InlineData(6, "int P { get; set; } = 6;", "P")]
    [InlineData(0, "const int Zero = 0;", "Zero")]
    [InlineData(8, "return 8;")]
    [InlineData(4, "var x = 1;\nreturn x + 3;")]
    public async Task Run_CellsInOrder_LastSeesEarlier(object expected, params string[] cells)
    {
        using var session = new Session();

        RanCell last = await session.RunAll(cells);

        Assert.Equal(CellStatus.Ok, last.Status);
        Assert.Equal(expected, last.Value);
    }

    [Fact]
    public async Task Run_UsingsOfEarlierCells_Persist()
    {
        using var session = new Session();

        RanCell last = await session.RunAll("using System.Globalization;", "using static System.Math;", "using Text = System.Text.StringBuilder;", "1", "new Text().Append(Abs(-2).ToString(CultureInfo.InvariantCulture)).ToString()");

        Assert.Equal("2", last.Value);
    }

    [Fact]
    public async Task Run_ImportsOfOptions_AreVisibleInEveryCell()
    {
        using var session = new Session(new EngineOptions { References = [typeof(StateTests).Assembly], Imports = ["MlOps.Kernel.Tests.Engine", "System.Globalization"] });

        RanCell last = await session.RunAll("var c = CultureInfo.InvariantCulture;", "typeof(StateTests)");

        Assert.Same(typeof(StateTests), last.Value); // the host's own copy, not a second one
    }

    [Fact]
    public async Task Run_UsingDeclaration_DisposesAtEndOfCell()
    {
        using var session = new Session();

        RanCell inside = await session.Run("using var a = new MemoryStream(new byte[3]);\nawait using Stream b = new MemoryStream();\na.CanRead && b.CanRead");
        RanCell after = await session.Run("a.CanRead || b.CanRead");

        Assert.Equal(true, inside.Value);
        Assert.Equal(false, after.Value);
    }

    [Fact]
    public async Task Run_UsingDeclarationOfFailedCell_IsDisposedToo()
    {
        using var session = new Session();

        await session.Run("using var a = new MemoryStream();\nthrow new Exception();");

        Assert.Equal(false, (await session.Run("a.CanRead")).Value);
    }

    [Fact]
    public async Task Run_CellThatDoesNotCompile_ChangesNothing()
    {
        using var session = new Session();
        await session.Run("var x = 1;");

        RanCell broken = await session.Run("using System.Globalization; var x = 2; var y = 3; nope();");

        Assert.Equal(CellStatus.CompileError, broken.Status);
        Assert.Equal(1, (await session.Run("x")).Value);
        Assert.Equal("CS0103", (await session.Run("y")).Error.Name);
        Assert.Equal("CS0103", (await session.Run("CultureInfo.InvariantCulture")).Error.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\n")]
    [InlineData("// only a comment")]
    [InlineData("using System;")]
    public async Task Run_CellWithoutCode_IsOkAndSilent(string code)
    {
        using var session = new Session();

        RanCell cell = await session.Run(code);

        Assert.Equal(CellStatus.Ok, cell.Status);
        Assert.Empty(cell.Outputs);
        Assert.Equal(2, (await session.RunAll("var x = 2;", code, "x")).Value);
    }

    [Fact]
    public async Task Run_WhileAnotherCellRuns_Throws()
    {
        using var engine = new NotebookEngine();
        using var stop = new CancellationTokenSource();
        Task<CellResult> first = engine.RunAsync("await Task.Delay(-1);", null, static _ => { }, stop.Token);

        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.RunAsync("1", null, static _ => { }));

        await stop.CancelAsync();
        Assert.Equal(CellStatus.Interrupted, (await first).Status);
        Assert.Equal(CellStatus.Ok, (await engine.RunAsync("1", null, static _ => { })).Status);
    }

    [Fact]
    public async Task Run_BadArguments_NameThem()
    {
        using var engine = new NotebookEngine();

        Assert.Equal("code", (await Assert.ThrowsAsync<ArgumentNullException>(() => engine.RunAsync(null!, null, static _ => { }))).ParamName);
        Assert.Equal("output", (await Assert.ThrowsAsync<ArgumentNullException>(() => engine.RunAsync("1", null, null!))).ParamName);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => engine.RunAsync("1", new CellOptions { Timeout = TimeSpan.Zero }, static _ => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NotebookEngine(new EngineOptions { MaxDisplays = 0 }));
        Assert.Throws<FileNotFoundException>(() => new NotebookEngine(new EngineOptions { ReferencePaths = ["nowhere.dll"] }));
        engine.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.RunAsync("1", null, static _ => { }));
    }

    [Fact]
    public async Task Run_OutputCallbackThrows_FailsTheTaskAndFreesTheEngine()
    {
        using var engine = new NotebookEngine();

        await Assert.ThrowsAsync<FormatException>(() => engine.RunAsync("display(1); while (true) { }", null, static _ => throw new FormatException()));

        Assert.Equal(CellStatus.Ok, (await engine.RunAsync("1", null, static _ => { })).Status);
    }
}
