using MlOps.Kernel.Editing;

namespace MlOps.Kernel.Tests.Editing;

/// <summary>What completion offers. The expectations are C#'s rules, written by hand.</summary>
public sealed class CompletionTests : IClassFixture<CompletionTests.Notebook>
{
    private readonly EditorSession _session;

    public CompletionTests(Notebook notebook) => _session = notebook.Session;

    [Theory]
    // members
    [InlineData("xs.|", "Add Count Where Select OrderBy ToArray", "Console __cellReached get_Count Capacity(")]
    [InlineData("Math.Ro|", "Round", "Abs Equals")]
    [InlineData("Console.w|", "Write WriteLine", "ReadLine")]
    [InlineData("\"text\".|", "Length Substring Where", "IsNullOrEmpty")]
    [InlineData("string.|", "Join IsNullOrEmpty Empty", "Length")]
    [InlineData("1.|", "CompareTo ToString", "MaxValue")]
    [InlineData("int.|", "MaxValue Parse", "CompareTo")]
    [InlineData("int? n = 1; n?.|", "CompareTo", "HasValue")]
    [InlineData("int? n = 1; n.|", "HasValue Value", "Console")]
    [InlineData("new int[3].|", "Length Sum", "Console")]
    [InlineData("var r = new { Name = 1, Age = 2 }; r.|", "Name Age", "Console")]
    [InlineData("var t = (First: 1, Second: 2); t.|", "First Second", "Console")]
    [InlineData("foreach (var x in xs) { x.| }", "CompareTo", "Add")]
    [InlineData("xs.Where(x => x.|)", "CompareTo", "Add")]
    [InlineData("people.Select(p => p.|", "Name Age", "Add")]
    [InlineData("people.OrderBy(p => p.Age).ThenBy(p => p.|", "Name Age", "Add")]
    [InlineData("people.GroupBy(p => p.Age).Select(g => g.|", "Key Count Average", "Name")]
    [InlineData("from p in people where p.|", "Name Age", "Add")]
    [InlineData("$\"{xs.|}\"", "Count Sum", "Console")]
    [InlineData("$\"{xs.|", "Count Sum", "Console")]
    [InlineData("DayOfWeek.|", "Monday Sunday", "Tuesday2 value__")]
    [InlineData("person.|", "Name Age Greet", "secret Console")]
    [InlineData("Person.|", "Count", "Name Age")]
    [InlineData("xs\n  .Where(x => x > 1)\n  .|", "Select ToList", "Console")]
    // names
    [InlineData("|", "xs person Console if foreach var int Square Person List Math System", "Internal Equals __cellReached")]
    [InlineData("Sq|", "Square", "xs")]
    [InlineData("x|", "xs", "Console person")]
    [InlineData("var y = pe|", "person people", "int")]
    [InlineData("int Twice(int number) { return num|; }", "number", "person")]
    [InlineData("{ int inner = 1; } inn|", "", "inner")]
    [InlineData("var later = 2; lat|", "later", "xs")]
    [InlineData("using var file = File.OpenRead(\"a\"); fil|", "file File", "xs")]
    [InlineData("List<|", "int string Person", "xs if")]
    [InlineData("new |", "List Person Random int", "Math Console xs if")]
    [InlineData("new Pe|", "Person", "person")]
    [InlineData("typeof(|", "int Person", "xs")]
    [InlineData("class A { | }", "public static int string Person", "xs if while")]
    [InlineData("class A { public int P { | } }", "get set init", "public xs")]
    [InlineData("class A { void F() { | } }", "this base if", "public xs")]
    [InlineData("[Obs|] class A { }", "Obsolete", "ObsoleteAttribute")]
    [InlineData("@|", "xs", "if")]
    [InlineData("@cla|", "", "class")]
    // usings and namespaces
    [InlineData("using |", "System static", "xs Console")]
    [InlineData("using System.|", "Text Linq Collections", "Console")]
    [InlineData("using System.Te|", "Text", "Collections")]
    [InlineData("System.|", "Console Text", "xs")]
    [InlineData("global::|", "System Microsoft", "xs")]
    // keywords
    [InlineData("fore|", "foreach", "for")]
    [InlineData("if (true) { } el|", "else", "")]
    [InlineData("el|", "", "else")]
    [InlineData("try { } |", "catch finally", "")]
    [InlineData("while (true) { br|", "break", "")]
    [InlineData("br|", "", "break")]
    [InlineData("xs |", "is as switch", "int Console if")]
    [InlineData("foreach (|", "var int", "if")]
    [InlineData("foreach (var x |", "in", "if")]
    [InlineData("foreach (var x in |", "xs people", "if")]
    [InlineData("return |", "true null new xs", "if class")]
    [InlineData("var f = |", "true new typeof xs", "if class")]
    [InlineData("from p in people |", "where select orderby", "if")]
    [InlineData("if (person is |", "null not Person", "if")]
    // what the place asks for
    [InlineData("new Person { | }", "Name Age", "Console xs Greet")]
    [InlineData("new Person { Name = \"a\", | }", "Age", "Name")]
    [InlineData("new Person { Name = | }", "xs true", "Age")]
    [InlineData("var q = point with { | }", "X Y", "Console")]
    [InlineData("if (person is { | })", "Name Age", "Console")]
    [InlineData("if (person is Person { Na| })", "Name", "Age")]
    [InlineData("Square(|", "value: xs", "digits:")]
    [InlineData("Math.Round(1.5, |", "digits: mode: MidpointRounding.ToZero", "value:")]
    [InlineData("Math.Round(1.5, mode: |", "MidpointRounding.ToEven", "digits:")]
    [InlineData("new Random(Se|", "Seed:", "seed")]
    [InlineData("if (DateTime.Now.DayOfWeek == |)", "DayOfWeek.Monday DayOfWeek", "Monday")]
    [InlineData("if (DateTime.Now.DayOfWeek == Mon|)", "DayOfWeek.Monday", "DayOfWeek.Sunday")]
    [InlineData("DayOfWeek d = |", "DayOfWeek.Friday", "Friday")]
    [InlineData("switch (DateTime.Now.DayOfWeek) { case |", "DayOfWeek.Friday", "Friday")]
    [InlineData("var n = DateTime.Now.DayOfWeek switch { |", "DayOfWeek.Friday", "Friday")]
    [InlineData("DayOfWeek? d = null; if (d != |", "DayOfWeek.Friday", "Friday")]
    public void Complete_Place_OffersWhatFits(string code, string offered, string absent)
    {
        string[] texts = _session.Texts(code);

        Assert.All(Words(offered), word => Assert.Contains(word, texts));
        Assert.All(Words(absent), word => Assert.DoesNotContain(word, texts));
    }

    [Theory]
    [InlineData("var |")]
    [InlineData("int nu|")]
    [InlineData("class |")]
    [InlineData("\"xs.|\"")]
    [InlineData("\"xs.|")]
    [InlineData("var s = @\"xs.|")]
    [InlineData("var s = \"\"\"xs.|\"\"\";")]
    [InlineData("$\"xs.|{1}\"")]
    [InlineData("$\"{1:x|}\"")]
    [InlineData("// xs.|")]
    [InlineData("/* xs.| */")]
    [InlineData("/* xs.|")]
    [InlineData("var n = 12|")]
    [InlineData("var c = 'x|'")]
    [InlineData("#region x|")]
    [InlineData("#r \"nuget: Hum|")]
    [InlineData("#!time x|")]
    [InlineData("#!html\n<b>xs.|</b>")]
    [InlineData("nothing.|")]
    public void Complete_NoCodeHere_OffersNothing(string code) => Assert.Empty(_session.Texts(code));

    [Theory]
    [InlineData("xs.Wh|", 3, 5)]
    [InlineData("  xs.|", 5, 5)]
    [InlineData("Con|sole", 0, 3)]
    [InlineData("@cl|", 0, 3)]
    [InlineData("var 😀 = x|", 9, 10)] // the face takes two units
    [InlineData("#!ti|", 0, 4)]
    [InlineData("xs.Count\n  #!ti|", 11, 15)]
    public void Complete_Word_ReplacesIt(string code, int start, int end)
    {
        Completions completions = _session.Complete(code);

        Assert.Equal((start, end), (completions.Start, completions.End));
    }

    [Theory]
    [InlineData("Console.WL|", "WriteLine")]
    [InlineData("Console.wriL|", "WriteLine")]
    [InlineData("xs.FOD|", "FirstOrDefault")]
    [InlineData("xs.ordef|", "FirstOrDefault")]
    public void Complete_CapitalsOrMiddle_FindsTheName(string code, string expected) => Assert.Contains(expected, _session.Texts(code));

    [Fact]
    public void Complete_Matches_AreSortedByHowWellTheyFit()
    {
        string[] texts = _session.Texts("xs.Add|");

        Assert.Equal(["Add", "AddRange"], texts.Take(2)); // then names that only contain it
        Assert.Equal("pool", _session.Texts("poo|")[0]); // a variable before ThreadPool
    }

    [Theory]
    [InlineData("xs.|", "Count", EntryKind.Property, "int Count")]
    [InlineData("xs.Ad|", "Add", EntryKind.Method, "void Add(int item)")]
    [InlineData("Math.Roun|", "Round", EntryKind.Method, "decimal Round(decimal d) (+ 7 overloads)")]
    [InlineData("Squ|", "Square", EntryKind.Method, "double Square(double value)")]
    [InlineData("x|", "xs", EntryKind.Variable, "List<int> xs")]
    [InlineData("DayOfWeek.|", "Friday", EntryKind.EnumMember, "Friday = 5")]
    [InlineData("DayO|", "DayOfWeek", EntryKind.Enum, "enum System.DayOfWeek")]
    [InlineData("IDis|", "IDisposable", EntryKind.Interface, "interface System.IDisposable")]
    [InlineData("Pers|", "Person", EntryKind.Class, "class Person")]
    [InlineData("Lis|", "List", EntryKind.Class, "class System.Collections.Generic.List<T>")]
    [InlineData("System.Tex|", "Text", EntryKind.Namespace, "namespace System.Text")]
    [InlineData("Math.P|", "PI", EntryKind.Constant, "double PI = 3.141592653589793")]
    [InlineData("whil|", "while", EntryKind.Keyword, "")]
    [InlineData("#!sh|", "#!share", EntryKind.Directive, "#!share --from sql result")]
    public void Complete_Entry_HasKindAndSignature(string code, string text, string kind, string signature)
    {
        CompletionEntry entry = _session.Entry(code, text);

        Assert.Equal((kind, signature), (entry.Kind, entry.Signature));
    }

    [Fact]
    public void Complete_KeywordAsName_IsEscaped() => Assert.Contains("@event", _session.Texts("ev|"));

    [Fact]
    public void Complete_HiddenByItsAuthor_IsAbsentAndObsoleteIsLast()
    {
        string[] texts = _session.Texts("marked.|");

        Assert.DoesNotContain("Hidden", texts);
        Assert.Equal("Abandoned", texts[^1]);
    }

    [Fact]
    public void Complete_OtherLanguageBefore_CSharpPartStillCounts()
    {
        Assert.Contains("mine", _session.Texts("var mine = 1;\n#!html\n<b>\"unclosed</b>\n#!csharp\nmin|"));
        Assert.Contains("Count", _session.Texts("#!time\nxs.|\n#!html\n<b>"));
    }

    [Fact]
    public void Complete_MarkInsideAString_IsText()
    {
        Assert.Contains("page", _session.Texts("var page = \"\"\"\n    #!html\n    \"\"\";\npag|"));
        Assert.Contains("Count", _session.Texts("/*\n#!html\n*/\nxs.|"));
    }

    [Fact]
    public void Complete_DirectiveMark_ListsDirectives()
    {
        Assert.Equal(["#!csharp", "#!html", "#!share", "#!time"], _session.Texts("#!|"));
        Assert.Equal(["#r \""], _session.Texts("#r|"));
        Assert.Equal(["#!time"], _session.Texts("#!html\n<b>\n#!t|"));
        Assert.Equal("Shows how long the cell took.", _session.Entry("#!ti|", "#!time").Documentation);
    }

    [Fact]
    public async Task Complete_WhileACellRuns_Answers()
    {
        using var session = new EditorSession();
        using var stop = new CancellationTokenSource();
        session.Run("var before = 1;");
        Task<Kernel.Engine.CellResult> running = session.Engine.RunAsync("while (true) { }", null, static _ => { }, stop.Token);

        Assert.Contains("before", session.Texts("bef|"));

        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public void Complete_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => _session.Editor.Complete("xs.", 3, cancelled.Token));
    }

    [Fact]
    public void Complete_SummaryOfAnEntry_ComesWithIt()
    {
        Assert.Equal("Squares a number.", _session.Entry("Squ|", "Square").Documentation);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public sealed class Notebook : IDisposable
    {
        internal EditorSession Session { get; } = new EditorSession().Run(
            "var xs = new List<int> { 1, 2, 3 };",
            """
            class Person
            {
                private int secret;
                public string Name { get; set; }
                public int Age { get; set; }
                public int Decade => Age / 10;
                public static int Count = 0;
                public void Greet() { secret++; }
            }
            record Point(int X, int Y);
            var person = new Person();
            var people = new List<Person>();
            var point = new Point(1, 2);
            var pool = 0;
            int @event = 3;
            """,
            """
            /// <summary>Squares a number.</summary>
            /// <param name="value">Any number.</param>
            double Square(double value) => value * value;
            class Marked
            {
                [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)] public int Hidden;
                [Obsolete] public int Abandoned;
                public int Used;
            }
            var marked = new Marked();
            """);

        public void Dispose() => Session.Dispose();
    }
}
