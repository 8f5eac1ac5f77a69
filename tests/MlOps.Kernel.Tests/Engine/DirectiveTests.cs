using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Tests.Engine;

public sealed class DirectiveTests
{
    private static readonly EngineOptions s_options = new()
    {
        Directives =
        [
            new CellDirective(
                new DirectiveDescription("echo", "#!echo words", "Says what came.", IsLanguage: true),
                (arguments, body) => $"{CellDirectives.Literal(arguments)} + \"|\" + {CellDirectives.Literal(body)}"),
        ],
    };

    [Theory]
    [InlineData("#!echo 12.3\nint x = \"a\\\"b\";\nreturn;", "12.3|int x = \"a\\\"b\";\nreturn;")]
    [InlineData("#!echo 12.3 \r\nbody\r\nmore", "12.3|body\r\nmore")]
    [InlineData("\n  #!echo\nbody", "|body")]
    [InlineData("#!echo one two", "one two|")]
    public async Task Cell_ThatNamesADirective_RunsWhatItMakes(string cell, string expected)
    {
        using var engine = new NotebookEngine(s_options);

        CellResult result = await engine.RunAsync(cell, null, _ => { });

        Assert.Equal((CellStatus.Ok, expected), (result.Status, result.ReturnValue));
    }

    [Theory]
    [InlineData("// #!echo\n1")]
    [InlineData("#!/usr/bin/env dotnet\n1")]
    public async Task Cell_ThatNamesNone_IsOrdinaryCode(string cell)
    {
        using var engine = new NotebookEngine(s_options);

        Assert.Equal(1, (await engine.RunAsync(cell, null, _ => { })).ReturnValue);
    }

    [Fact]
    public async Task Cell_AfterADirective_SeesEarlierVariables()
    {
        using var engine = new NotebookEngine(s_options);
        await engine.RunAsync("int x = 41;", null, _ => { });
        await engine.RunAsync("#!echo a\nb", null, _ => { });

        Assert.Equal(42, (await engine.RunAsync("x + 1", null, _ => { })).ReturnValue);
    }
}
