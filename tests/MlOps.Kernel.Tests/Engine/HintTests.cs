using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Tests.Engine;

/// <summary>The sentence below a compile error.</summary>
public sealed class HintTests : IClassFixture<HintTests.Notebook>
{
    private readonly Session _session;

    public HintTests(Notebook notebook) => _session = notebook.Session;

    [Theory]
    [InlineData("consol.WriteLine(1)", "CS0103", "Did you mean Console?")]
    [InlineData("console.WriteLine(1)", "CS0103", "Did you mean Console?")]
    [InlineData("totla + 1", "CS0103", "Did you mean total?")]
    [InlineData("qzxv + 1", "CS0103", "Check the spelling, or run the cell")]
    [InlineData("Stopwatch.StartNew()", "CS0103", "Add using System.Diagnostics; to the cell.")]
    [InlineData("var w = new Stopwatch();", "CS0246", "Add using System.Diagnostics; to the cell.")]
    [InlineData("Lst<int> xs = null;", "CS0246", "Did you mean List?")]
    [InlineData("Persn p = null;", "CS0246", "Did you mean Person?")]
    [InlineData("text.Lenght", "CS1061", "Did you mean Length?")]
    [InlineData("text?.Lenght", "CS1061", "Did you mean Length?")]
    [InlineData("numbers.Selct(x => x)", "CS1061", "Did you mean Select?")]
    [InlineData("numbers.Qzxvqzxv()", "CS1061", "Check the spelling and the capitals")]
    [InlineData("Math.round(2.5)", "CS0117", "Did you mean Round?")]
    [InlineData("Math.Qzxvqzxv(2.5)", "CS0117", "Check the spelling and the capitals")]
    public async Task Run_UnknownName_SuggestsWhatWasMeant(string code, string id, string hint) => Assert.StartsWith(hint, await HintOf(code, id), StringComparison.Ordinal);

    [Theory]
    [InlineData("true + 1", "CS0019")]
    [InlineData("total[0]", "CS0021")]
    [InlineData("grid[0]", "CS0022")]
    [InlineData("int n = \"x\";", "CS0029")]
    [InlineData("(int)\"x\"", "CS0030")]
    [InlineData("int a = 1; int a = 2;", "CS0102")]
    [InlineData("class A { virtual int b; }", "CS0106")]
    [InlineData("Math + 1", "CS0119")]
    [InlineData("class A { int F() => total; }", "CS0120")]
    [InlineData("new Person().secret", "CS0122")]
    [InlineData("void F() { int a = 1; int a = 2; }", "CS0128")]
    [InlineData("total + 1 = 2;", "CS0131")]
    [InlineData("void F(int a) { { int a = 1; } }", "CS0136")]
    [InlineData("int F(bool b) { if (b) return 1; }", "CS0161")]
    [InlineData("void F() { int a; Console.Write(a); }", "CS0165")]
    [InlineData("text.Length = 3;", "CS0200")]
    [InlineData("total; total", "CS0201")]
    [InlineData("using System.Nowhere;", "CS0234")]
    [InlineData("int n = 2.5;", "CS0266")]
    [InlineData("T Make<T>() => default; Make()", "CS0411")]
    [InlineData("int n = text.ToUpper;", "CS0428")]
    [InlineData("var n = Console.WriteLine();", "CS0670")]
    [InlineData("void F() { var n = Console.WriteLine(); }", "CS0815")]
    [InlineData("void F() { var n; }", "CS0818")]
    [InlineData("var a = 1\nvar b = 2;", "CS1002")]
    [InlineData("int[] a = { 1 2 };", "CS1003")]
    [InlineData("foreach (var x on numbers) { }", "CS1515")]
    [InlineData("var s = \"open;", "CS1010")]
    [InlineData("var c = 'word';", "CS1012")]
    [InlineData("Console.WriteLine(1;", "CS1026")]
    [InlineData("text.Substring()", "CS1501")]
    [InlineData("Math.Sqrt(\"x\")", "CS1503")]
    [InlineData("if (true) {", "CS1513")]
    [InlineData("var n = ;", "CS1525")]
    [InlineData("new Person(1, 2, 3)", "CS1729")]
    [InlineData("1 +", "CS1733")]
    [InlineData("int F() { await Task.Yield(); return 1; }", "CS4032")]
    [InlineData("void F() { await Task.Yield(); }", "CS4033")]
    [InlineData("void F(int a) { } F()", "CS7036")]
    [InlineData("switch (total) { case 1: total = 2; }", "CS8070")]
    public async Task Run_CommonMistake_SaysWhatToDo(string code, string id) => Assert.Equal(CompileHints.Of(id), await HintOf(code, id));

    [Fact]
    public async Task Run_MistakeInALaterLine_SuggestsFromItsOwnPlace()
    {
        Assert.Equal("Did you mean inner?", await HintOf("var first = 1;\nvoid F() { int inner = 1; Console.Write(innr); }", "CS0103"));
    }

    [Theory]
    [InlineData("kitten", "sitting", 3)] // the textbook's example
    [InlineData("ab", "ba", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("same", "same", 0)]
    public void Distance_KnownPairs_Match(string a, string b, int expected) => Assert.Equal(expected, EditDistance.Between(a, b));

    private async Task<string> HintOf(string code, string id)
    {
        RanCell cell = await _session.Run(code);
        Assert.Equal(CellStatus.CompileError, cell.Status);
        string[] lines = [.. cell.Error.Traceback];
        int error = Array.FindIndex(lines, line => line.Contains($" {id}: ", StringComparison.Ordinal));
        Assert.True(error >= 0, cell.Traceback);
        return error + 3 < lines.Length ? lines[error + 3].Trim() : "";
    }

    public sealed class Notebook : IDisposable
    {
        public Notebook() => Session
            .RunAll("int total = 1; string text = \"abc\"; var grid = new int[2, 2]; var numbers = new List<int>();", "class Person { int secret; }")
            .GetAwaiter().GetResult();

        internal Session Session { get; } = new();

        public void Dispose() => Session.Dispose();
    }
}
