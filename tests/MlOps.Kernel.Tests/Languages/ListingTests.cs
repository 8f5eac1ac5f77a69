using MlOps.Kernel.Engine;
using MlOps.Kernel.Languages;
using MlOps.Kernel.Tests.Engine;

namespace MlOps.Kernel.Tests.Languages;

/// <summary>Directives that tell something: variables, directives, versions, times.</summary>
public sealed class ListingTests
{
    [Fact]
    public async Task Who_Variables_AreNamedInOrder()
    {
        using var session = new Session();

        Assert.Equal(["No variables yet."], (await session.Run("#!who")).Displays("text/plain"));
        Assert.Equal(["No variables yet."], (await session.Run("#!whos")).Displays("text/plain"));
        Assert.Equal(["a, b"], (await session.Run("var b = 1; var a = 2;\n#!who\nvar c = 3;")).Displays("text/plain"));
    }

    [Fact]
    public async Task Whos_Variables_AreATableOfNameTypeAndValue()
    {
        using var session = new Session();
        await session.Run("var n = 1.5; var text = \"<b>\"; List<int> list = [1, 2, 3]; string nothing = null;");

        RanCell cell = await session.Run("#!whos");

        string[][] rows = [.. cell.Displays("text/plain").Single().Split('\n').Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        Assert.Equal([["Name", "Type", "Value"], ["list", "List<int>", "3 items"], ["n", "double", "1.5"], ["nothing", "string", "null"], ["text", "string", "<b>"]], rows);
        Assert.Contains("&lt;b&gt;", cell.Displays("text/html").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whos_EndlessAndBrokenValues_DoNotHarm()
    {
        using var session = new Session();
        await session.Run(
            """
            IEnumerable<int> Endless() { while (true) yield return 1; }
            class Broken { public override string ToString() => throw new InvalidOperationException(); }
            var endless = Endless(); var broken = new Broken(); var query = Enumerable.Range(0, 5).Select(i => i / 0.0);
            var huge = new string('x', 1_000_000);
            """);

        RanCell cell = await session.Run("#!whos", TimeSpan.FromSeconds(60));

        Assert.Equal(CellStatus.Ok, cell.Status);
        string table = cell.Displays("text/plain").Single();
        Assert.Contains("(its ToString() throws InvalidOperationException)", table, StringComparison.Ordinal);
        Assert.InRange(table.Length, 1, 2000);
    }

    [Fact]
    public async Task Whos_ValueWhoseToStringNeverEnds_CanBeStopped()
    {
        using var session = new Session();
        await session.Run("class Endless { public override string ToString() { while (true) { } } }\nvar e = new Endless();");

        Assert.Equal(CellStatus.TimedOut, (await session.Run("#!whos", Session.Short)).Status);
    }

    [Fact]
    public async Task Lsmagic_EveryDirective_IsListedWithItsUsage()
    {
        var mine = new CellDirective(new DirectiveDescription("mine", "#!mine 1", "Does what I want.", IsLanguage: false), (_, _) => "");
        using var session = new Session(new EngineOptions { Directives = [mine] });

        string table = (await session.Run("#!lsmagic")).Displays("text/plain").Single();

        Assert.Contains("Does what I want.", table, StringComparison.Ordinal);
        Assert.All(session.Directives, directive => Assert.Contains(directive.Usage, table, StringComparison.Ordinal));
        Assert.Subset(
            session.Directives.Select(directive => directive.Name).ToHashSet(),
            new HashSet<string> { "csharp", "html", "markdown", "javascript", "js", "sh", "bash", "value", "share", "set", "import", "time", "who", "whos", "lsmagic", "about", "mine" });
    }

    [Fact]
    public async Task About_Versions_AreThoseOfTheProcess()
    {
        using var session = new Session();

        Assert.Contains(System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription, (await session.Run("#!about")).Displays("text/plain").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_Cell_TellsItLast()
    {
        using var session = new Session();

        RanCell cell = await session.Run("#!time\nConsole.Write(1);\n2");

        Assert.IsType<ResultOutput>(cell.Outputs[^2]);
        Assert.Matches(@"^Wall time: \d+\.\d+ m?s$", cell.Displays("text/plain").Single());
        Assert.Equal(2, cell.Value);
    }

    [Theory]
    [InlineData(0.0123, "12.3 ms")]
    [InlineData(1.234, "1.23 s")]
    [InlineData(83.41, "1 min 23.4 s")]
    public void Time_Text_SuitsTheLength(double seconds, string expected) => Assert.Equal(expected, WallTime.Text(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("#!time now")]
    [InlineData("#!who me")]
    [InlineData("#!lsmagic all")]
    public async Task Run_ArgumentsThatAreNotTaken_AreAnError(string code)
    {
        using var session = new Session();

        Assert.Contains("is too much. Write: #!", (await session.Run(code)).Error.Message, StringComparison.Ordinal);
    }
}
