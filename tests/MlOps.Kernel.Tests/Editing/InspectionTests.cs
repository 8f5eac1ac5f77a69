using MlOps.Kernel.Editing;

namespace MlOps.Kernel.Tests.Editing;

/// <summary>What inspection says. Texts of the framework are quoted from Microsoft's documentation.</summary>
public sealed class InspectionTests : IClassFixture<InspectionTests.Notebook>
{
    private readonly EditorSession _session;

    public InspectionTests(Notebook notebook) => _session = notebook.Session;

    [Theory]
    [InlineData("xs|", "(variable) List<int> xs\n\nValue: 3 elements")]
    [InlineData("|xs", "(variable) List<int> xs\n\nValue: 3 elements")]
    [InlineData("x|s.Count", "(variable) List<int> xs\n\nValue: 3 elements")]
    [InlineData("title|", "(variable) string title\n\nValue: \"week \\\"12\\\"\"")]
    [InlineData("half|", "(variable) double half\n\nValue: 0.5")]
    [InlineData("nothing|", "(variable) string nothing\n\nValue: null")]
    [InlineData("odd|", "(variable) Odd odd\n\nValue: Odd object")]
    [InlineData("grid|", "(variable) int[,] grid\n\nValue: 2 × 3 elements")]
    [InlineData("var local = 1; local|", "(variable) int local")]
    [InlineData("Square|(2)", "double Square(double value)\n\nSquares a number.")]
    [InlineData("Odd|", "class Odd")]
    [InlineData("odd.Weight|", "int Odd.Weight\n\nIn grams.")]
    [InlineData("Tagged|", "void Tagged()\n\nno tags at all")]
    [InlineData("Square(val|ue: 2)", "(parameter) double value\n\nAny number.")]
    [InlineData("DayOfWeek.Fri|day", "DayOfWeek.Friday = 5")]
    [InlineData("var r = new { A = 1 }; r.A|", "int <anonymous type: int A>.A")]
    [InlineData("using System.Te|xt;", "namespace System.Text")]
    [InlineData("#!sh|are", "#!share --from sql result\n\nTakes a value from another language.")]
    public void Inspect_Detail0_SaysWhatItIs(string code, string expected)
    {
        string plain = _session.Inspect(code)!.Plain;

        Assert.Equal(expected, plain.StartsWith("DayOf", StringComparison.Ordinal) ? plain.Split('\n')[0] : plain);
    }

    [Fact]
    public void Inspect_Variable_MarkdownShowsTheValueAsCode() =>
        Assert.Equal("```csharp\n(variable) string title\n```\n\nValue: `\"week \\\"12\\\"\"`", _session.Inspect("title|")!.Markdown);

    [Fact]
    public async Task Warm_BesideTheFirstCell_LeavesBothWorking()
    {
        using var session = new EditorSession();
        Task warm = session.Editor.Warm();
        session.Run("var first = new List<int> { 1 };", "first.Where(x => x > 0).Count();");
        await warm;

        Assert.Contains("Select", session.Texts("first.|"));
    }

    [Theory]
    [InlineData("|")]
    [InlineData("1 + 1|")]
    [InlineData("unknownName|")]
    [InlineData("// xs|")]
    [InlineData("\"xs|\"")]
    [InlineData("#!nothing|")]
    [InlineData("#!html\n<b>xs|</b>")]
    [InlineData("if| (true) { }")]
    public void Inspect_NothingKnown_IsNull(string code) => Assert.Null(_session.Inspect(code));

    [ReferencePackFact]
    public void Inspect_FrameworkMethod_HasItsDocumentation()
    {
        Inspection brief = _session.Inspect("Math.Rou|nd(2.5, 1)")!;
        Inspection full = _session.Inspect("Math.Rou|nd(2.5, 1)", detail: 1)!;

        Assert.StartsWith("double Math.Round(double value, int digits) (+ 7 overloads)\n\nRounds a double-precision floating-point value", brief.Plain, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameters", brief.Plain, StringComparison.Ordinal);
        Assert.Contains("\n\nParameters\n  value: A double-precision floating-point number to be rounded.\n  digits: The number of fractional digits", full.Plain, StringComparison.Ordinal);
        Assert.Contains("\n\nExceptions\n  ArgumentOutOfRangeException: digits is less than 0 or greater than 15.", full.Plain, StringComparison.Ordinal);
        Assert.Contains("\n\nOverloads\n", full.Plain, StringComparison.Ordinal);
        Assert.StartsWith("```csharp\ndouble Math.Round(double value, int digits) (+ 7 overloads)\n```\n\nRounds", full.Markdown, StringComparison.Ordinal);
        Assert.Contains("\n- `ArgumentOutOfRangeException`: `digits` is less than 0", full.Markdown, StringComparison.Ordinal);
    }

    [ReferencePackFact]
    public void Inspect_ExtensionMethodAndProperty_HaveTheirDocumentation()
    {
        Assert.Contains("Filters a sequence of values based on a predicate.", _session.Inspect("xs.Whe|re(x => x > 1)")!.Plain, StringComparison.Ordinal);
        Assert.StartsWith("(extension) IEnumerable<int> IEnumerable<int>.Where<int>(Func<int, bool> predicate)", _session.Inspect("xs.Whe|re(x => x > 1)")!.Plain, StringComparison.Ordinal);
        Assert.Contains("Gets the number of elements contained in the List", _session.Inspect("xs.Cou|nt")!.Plain, StringComparison.Ordinal);
        Assert.Contains("Specifies the day of the week.", _session.Inspect("DayOfWe|ek.Friday")!.Plain, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Square(|", "double Square(double value)", "Next argument\n  double value: Any number.")]
    [InlineData("Square(| )", "double Square(double value)", "Next argument\n  double value: Any number.")]
    [InlineData("Pair(1, |", "void Pair(int first, string second)", "Next argument\n  string second")]
    [InlineData("Pair(1,| \"\")", "void Pair(int first, string second)", "Next argument\n  string second")]
    [InlineData("Pair(1, \"a|\")", "void Pair(int first, string second)", "Next argument\n  string second")]
    [InlineData("new Odd(|", "Odd(int weight)", "Next argument\n  int weight")]
    [InlineData("Odd o = new(|", "Odd(int weight)", "Next argument\n  int weight")]
    [InlineData("Func<int, bool> f = x => true; f(|", "bool Func<int, bool>.Invoke(int arg)", "Next argument\n  int arg")]
    [InlineData("xs[|", "int List<int>.this[int index]", "Next argument\n  int index")]
    [InlineData("Console.WriteLine(Square(|", "double Square(double value)", "Next argument\n  double value: Any number.")]
    public void Inspect_InsideACall_ShowsTheCall(string code, string signature, string next)
    {
        string plain = _session.Inspect(code)!.Plain;

        Assert.StartsWith(signature, plain, StringComparison.Ordinal);
        Assert.Contains(next, plain, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_SecondArgument_OverloadsThatTakeItComeFirst()
    {
        string plain = _session.Inspect("Math.Round(2.5, |", detail: 1)!.Plain;

        Assert.DoesNotContain("Round(decimal d)", plain.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains("Round(decimal d)", plain, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_TypesAtDetail1_ListWhatIsInside()
    {
        Assert.Contains("Constructors\n  Odd(int weight)", _session.Inspect("Od|d", detail: 1)!.Plain, StringComparison.Ordinal);
        Assert.Contains("Values\n  Sunday = 0", _session.Inspect("DayOf|Week", detail: 1)!.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_LibraryBesideItsXml_HasItsDocumentation()
    {
        string plain = _session.Inspect("MlOps.Kernel.Engine.EngineOptions.Max|", detail: 1)?.Plain ?? "";
        Inspection options = _session.Inspect("new MlOps.Kernel.Engine.EngineOptions { MaxDispl|ays = 3 }", detail: 1)!;

        Assert.Empty(plain);
        Assert.Contains("Gets how many displays one cell may create", options.Plain, StringComparison.Ordinal);
        Assert.Contains("Value\n  Default: 1000, at least 1.", options.Plain, StringComparison.Ordinal);
        Assert.Contains("A variable that a cell has declared.", _session.Inspect("MlOps.Kernel.Engine.CellVari|able v;")!.Plain, StringComparison.Ordinal);
        Assert.Contains("Its declared type as C# writes it", _session.Inspect("MlOps.Kernel.Engine.CellVariable v = null; v.Ty|pe")!.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_Override_InheritsItsDocumentation() =>
        Assert.Contains("Says what it is.", _session.Inspect("new Child().Descr|ibe()")!.Plain, StringComparison.Ordinal);

    [Fact]
    public void Inspect_Variable_RunsNoCodeOfItsClass()
    {
        string plain = _session.Inspect("trap|")!.Plain;

        Assert.Equal("(variable) Trap trap\n\nValue: Trap object", plain);
    }

    public sealed class Notebook : IDisposable
    {
        internal EditorSession Session { get; } = new EditorSession().Run(
            """
            var xs = new List<int> { 1, 2, 3 };
            string title = "week \"12\"";
            double half = 0.5;
            string nothing = null;
            var grid = new int[2, 3];
            /// <summary>Squares a number.</summary>
            /// <param name="value">Any number.</param>
            double Square(double value) => value * value;
            /// no tags at all
            void Tagged() { }
            void Pair(int first, string second) { }
            class Odd
            {
                public Odd(int weight) { }
                /// <summary>In grams.</summary>
                public int Weight { get; set; }
            }
            var odd = new Odd(1);
            class Parent
            {
                /// <summary>Says what it is.</summary>
                public virtual void Describe() { }
            }
            class Child : Parent
            {
                /// <inheritdoc/>
                public override void Describe() { }
            }
            class Trap : System.Collections.ICollection
            {
                public int Count => throw new Exception("must not run");
                public bool IsSynchronized => throw new Exception("must not run");
                public object SyncRoot => throw new Exception("must not run");
                public void CopyTo(Array array, int index) => throw new Exception("must not run");
                public System.Collections.IEnumerator GetEnumerator() => throw new Exception("must not run");
                public override string ToString() => throw new Exception("must not run");
            }
            var trap = new Trap();
            """);

        public void Dispose() => Session.Dispose();
    }
}
