using System.Text.Json;
using MlOps.Kernel.Engine;
using MlOps.Kernel.Tests.Engine;

namespace MlOps.Kernel.Tests.Languages;

public sealed class SharingTests
{
    [Theory]
    [InlineData("#!value --name v\nline 1\n  line 2\n#!csharp\n#!share --from value v\nv", "line 1\n  line 2")]
    [InlineData("#!value --name v\nx\n#!csharp\n#!share --from value v --as w\nw", "x")]
    [InlineData("#!value --name v --mime-type application/json\n[1, 2]\n#!csharp\n#!share --from value v\nv.RootElement[1].GetInt32()", 2)]
    [InlineData("#!value --name v --mime-type application/json\n2.5\n#!csharp\n#!share --from value v\nv", 2.5)]
    [InlineData("#!set --name n --value 5\nn", 5.0)]
    [InlineData("#!set --name n --value -5.5\nn", -5.5)]
    [InlineData("#!set --name n --value \"5\"\nn", "5")]
    [InlineData("#!set --name n --value 007\nn", "007")]
    [InlineData("#!set --name n --value true\nn", true)]
    [InlineData("#!set --name n --value null\nn", "null")]
    [InlineData("#!set --name url --value https://example.com/?a=b\nurl", "https://example.com/?a=b")]
    [InlineData("#!set --name words --value \"one two \\three\"\nwords", "one two \\three")]
    [InlineData("#!set --name n --value [1,2]\nn.RootElement.GetArrayLength()", 2)]
    [InlineData("#!set --name class --value 1\n@class", 1.0)]
    [InlineData("var x = new[] { 1, 2 };\n#!set --name y --value @csharp:x --byref\ny[0] = 7; x[0]", 7)]
    [InlineData("var x = new[] { 1, 2 };\n#!share --from csharp x --as y\ny.Sum()", 3)]
    [InlineData("var x = new[] { 1, 2 };\n#!share --from csharp x\nx.Sum()", 3)]
    [InlineData("var x = new[] { 1, 2 };\n#!share --from csharp x --as y --mime-type application/json\ny.RootElement[1].GetInt32()", 2)]
    [InlineData("var x = \"<b>\";\n#!share --from c# x --as y --mime-type text/html\ny", "<b>")]
    [InlineData("var x = (A: 1, B: double.NaN);\n#!value --name unused\n.\n#!set --name copy --value @csharp:x\n#!csharp\n#!share --from value copy\ncopy.RootElement.GetRawText()", "{\"Item1\":1,\"Item2\":null}")]
    public async Task Run_SharedValue_ArrivesInCSharp(string code, object expected)
    {
        using var session = new Session();

        RanCell cell = await session.Run(code);

        Assert.True(cell.Status == CellStatus.Ok, cell.Result.Error is null ? "" : cell.Traceback);
        Assert.Equal(expected, cell.Value);
    }

    [Fact]
    public async Task Value_WithMimeType_IsShownToo()
    {
        using var session = new Session();

        RanCell cell = await session.Run("#!value --name v --mime-type text/html\n<b>x</b>");

        Assert.Equal(["<b>x</b>"], cell.Displays("text/html"));
        Assert.Empty((await session.Run("#!value --name v\n<b>x</b>")).Outputs);
    }

    [Fact]
    public async Task Value_FromFile_IsItsText()
    {
        string folder = Directory.CreateTempSubdirectory("value").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "my data.csv"), "a,b\n1,2\n");
        using var session = new Session(new EngineOptions { WorkingDirectory = folder });

        await session.Run("#!value --name data --from-file \"my data.csv\"");
        RanCell cell = await session.Run("#!share --from value data\ndata");

        Assert.Equal("a,b\n1,2\n", cell.Value);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Share_ToAScript_ComesAsJson()
    {
        using var session = new Session();
        await session.Run("var rows = new[] { new { Name = \"</script>\", Value = double.NaN } }; var n = 3;");

        RanCell cell = await session.Run("#!javascript\n#!share --from csharp rows\n#!set --name count --value @csharp:n\nelement.append(rows[0].Name, count);");

        string html = cell.Displays("text/html").Single();
        string json = html.Split("const rows = ")[1].Split(";\n")[0];
        Assert.DoesNotContain("</script>", json, StringComparison.OrdinalIgnoreCase);
        using JsonDocument rows = JsonDocument.Parse(json);
        Assert.Equal("</script>", rows.RootElement[0].GetProperty("Name").GetString());
        Assert.Equal(JsonValueKind.Null, rows.RootElement[0].GetProperty("Value").ValueKind);
        Assert.Contains("const count = 3;\n", html, StringComparison.Ordinal);
        Assert.Equal("element.append(rows[0].Name, count);", cell.Displays("text/plain").Single());
    }

    [Fact]
    public async Task Share_ToAScript_HoldsForThatCellOnly()
    {
        using var session = new Session();

        await session.Run("#!js\n#!set --name n --value 1\nx");

        Assert.DoesNotContain("const n", (await session.Run("#!js\nx")).Displays("text/html").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!share --from csharp nothing", "C# has no variable 'nothing'. It has: a, n.")]
    [InlineData("#!share --from value nothing", "#!value keeps nothing named 'nothing'. It keeps nothing yet.")]
    [InlineData("#!share --from javascript x", "The notebook cannot read values of javascript.")]
    [InlineData("#!share --from fsharp x", "F# cells do not run here.")]
    [InlineData("#!share --from time x", "'time' is no language.")]
    [InlineData("#!share x", "--from is missing.")]
    [InlineData("#!share --from csharp", "One name is needed; 0 came.")]
    [InlineData("#!share --from csharp a --as 1x", "'1x' is no name for a C# variable")]
    [InlineData("#!set --name x --value @csharp", "'@csharp' names no value")]
    [InlineData("#!set --name x --value @csharp:nothing", "C# has no variable 'nothing'")]
    [InlineData("#!set --name x", "--value is missing.")]
    [InlineData("#!set --name x --value {broken --mime-type application/json", "The text is not JSON")]
    [InlineData("#!markdown\n#!set --name x --value 1", "markdown has no use for values.")]
    [InlineData("#!value --name x --from-url https://example.com", "#!value fetches nothing from the network.")]
    [InlineData("#!value --name x --from-file nowhere.csv", "There is no file '")]
    [InlineData("#!value\ntext", "--name is missing.")]
    [InlineData("#!js\n#!set --name a-b --value 1\nx", "'a-b' is no name for a JavaScript variable")]
    [InlineData("#!js\n#!share --from csharp a\nx", "cannot be shared as JSON")]
    public async Task Run_WrongSharing_SaysWhatIsNeeded(string code, string expected)
    {
        using var session = new Session();
        await session.Run("var n = 1; var a = new Action(() => { });");

        RanCell cell = await session.Run(code);

        Assert.Equal("DirectiveException", cell.Error.Name);
        Assert.StartsWith(expected, cell.Error.Message.Replace("A value of type Action ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
