using MlOps.Kernel.Engine;
using MlOps.Kernel.Tests.Engine;

namespace MlOps.Kernel.Tests.Languages;

public sealed class ImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("import").FullName;
    private readonly Session _session;

    public ImportTests() => _session = new Session(new EngineOptions { WorkingDirectory = _folder });

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Import_SourceFile_DeclaresItsNames()
    {
        Write("lib.cs", "int Twice(int x) => 2 * x;\nvar start = 4;");

        Assert.Equal(8, (await _session.Run("#!import lib.cs\nTwice(start)")).Value);
    }

    [Theory]
    [InlineData("using System.Globalization;\n\nnamespace My.Lib;\n\npublic sealed class Box { public int V => 3; }")]
    [InlineData("namespace My.Lib\n{\n    using System.Globalization;\n    public sealed class Box { public int V => 3; }\n}\n")]
    public async Task Import_FileWithANamespace_DeclaresItsTypesWithoutIt(string file)
    {
        Write("lib.cs", file);

        Assert.Equal(3, (await _session.Run("#!import lib.cs\nnew Box().V")).Value);
    }

    [Fact]
    public async Task Import_ErrorBehindANamespace_KeepsItsPlace()
    {
        Write("lib.cs", "namespace My.Lib\n{\n    class A : Nope { }\n}");

        Assert.Contains("lib.cs, line 3, column 15: CS0246", (await _session.Run("#!import lib.cs")).Traceback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_Notebook_RunsItsCodeCellsInTheirLanguages()
    {
        Write("lib.ipynb", Notebook("C#", Cell("code", "var a = 1;"), Cell("markdown", "# nope("), Cell("code", "a + 1"), Cell("code", "<b>", "html"), Cell("code", "#!markdown\\n*m*")));

        RanCell cell = await _session.Run("#!import lib.ipynb\na * 10");

        Assert.Equal(10, cell.Value);
        Assert.Equal(["2", "<b>", "*m*"], cell.Outputs.OfType<DisplayOutput>().Select(display => display.Bundle.Values.First()));
    }

    [Fact]
    public async Task Import_DibFile_RunsItsCode()
    {
        Write("lib.dib", "#!meta\n{\"kernelInfo\": {}}\n\n#!markdown\n# Title\n\n#!csharp\nvar a = 3;\n#!html\n<i>");

        RanCell cell = await _session.Run("#!import lib.dib\na");

        Assert.Equal(3, cell.Value);
        Assert.Equal(["<i>"], cell.Displays("text/html"));
    }

    [Fact]
    public async Task Import_ScriptAndPage_AreShown()
    {
        Write("page.html", "<p>page</p>");
        Write("draw.js", "element.append('drawn');");

        RanCell cell = await _session.Run("#!import page.html\n#!import \"draw.js\"");

        Assert.Equal(CellStatus.Ok, cell.Status);
        Assert.Equal("<p>page</p>", cell.Displays("text/html")[0]);
        Assert.Contains("element.append('drawn');", cell.Displays("text/html")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_InsideAFile_StartsAtItsFolder()
    {
        Write("parts/inner.cs", "var inner = 5;");
        Write("parts/outer.csx", "#!import inner.cs\nvar outer = inner + 1;");
        Write("parts/loading.csx", "#load \"inner.cs\"\nvar loaded = inner + 2;");

        Assert.Equal(6, (await _session.Run("#!import parts/outer.csx\nouter")).Value);
        Assert.Equal(7, (await _session.Run("#!import parts/loading.csx\nloaded")).Value);
    }

    [Fact]
    public async Task Import_Twice_RunsTwice()
    {
        Write("count.cs", "n++;");

        Assert.Equal(2, (await _session.Run("var n = 0;\n#!import count.cs\n#!import count.cs\nn")).Value);
    }

    [Theory]
    [InlineData("var a = 1;\n\nnope();", CellStatus.CompileError, "lib.cs, line 3, column 1: CS0103")]
    [InlineData("var a = 1;\nthrow new Exception(\"x\");", CellStatus.Failed, "  lib.cs, line 2\n    throw new Exception(\"x\");")]
    [InlineData("\n#!nope", CellStatus.CompileError, "lib.cs, line 2: There is no #!nope.")]
    [InlineData("void F()\n{\n    throw new Exception();\n}\n#!time\nF();", CellStatus.Failed, "  lib.cs, line 3, in F()\n    throw new Exception();\n  lib.cs, line 6\n    F();")]
    public async Task Import_FileWithAnError_NamesFileAndLine(string file, CellStatus status, string expected)
    {
        Write("lib.cs", file);

        RanCell cell = await _session.Run("var before = 1;\n#!import lib.cs\nbefore = 2;");

        Assert.Equal(status, cell.Status);
        Assert.Contains(expected, cell.Traceback, StringComparison.Ordinal);
        Assert.Equal(1, (await _session.Run("before")).Value);
    }

    [Fact]
    public async Task Import_NotebookWithAnError_NamesTheCell()
    {
        Write("lib.ipynb", Notebook("C#", Cell("code", "1"), Cell("code", "\\nthrow new Exception();")));

        Assert.Contains("lib.ipynb, cell 2, line 2", (await _session.Run("#!import lib.ipynb")).Traceback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_Circle_IsAnErrorThatShowsIt()
    {
        Write("a.cs", "#!import b.cs");
        Write("b.cs", "#!import a.cs");

        Assert.Equal("The files import each other in a circle: a.cs → b.cs → a.cs.", (await _session.Run("#!import a.cs")).Error.Message);
    }

    [Theory]
    [InlineData("#!import nowhere.cs", "There is no file '")]
    [InlineData("#!import .", "'.*' is a folder; name a file.")]
    [InlineData("#!import", "One path is needed; 0 came.")]
    [InlineData("#!import a.cs b.cs", "One path is needed; 2 came.")]
    [InlineData("#!import data.txt", "'.*' is of a kind that cannot be imported. These can: .cs,")]
    [InlineData("#!import broken.ipynb", ".*not a notebook: the JSON text breaks off")]
    [InlineData("#!import empty.ipynb", ".*the file is empty")]
    [InlineData("#!import python.ipynb", "python.ipynb is a notebook for python; only notebooks for C# can be imported.")]
    public async Task Import_WrongFile_SaysWhy(string code, string expected)
    {
        Write("data.txt", "1");
        Write("broken.ipynb", "{\"cells\": [");
        Write("empty.ipynb", "");
        Write("python.ipynb", Notebook("python", Cell("code", "1")));

        RanCell cell = await _session.Run(code);

        Assert.Equal("DirectiveException", cell.Error.Name);
        Assert.Matches("^" + expected, cell.Error.Message);
        Assert.Contains("cell 1, line 1: ", cell.Traceback, StringComparison.Ordinal);
    }

    private static string Notebook(string language, params string[] cells) =>
        $$"""{"cells": [{{string.Join(", ", cells)}}], "metadata": {"language_info": {"name": "{{language}}"} }, "nbformat": 4, "nbformat_minor": 5}""";

    private static string Cell(string kind, string source, string? language = null)
    {
        string metadata = language is null ? "{}" : $$"""{"polyglot_notebook": {"kernelName": "{{language}}"} }""";
        string outputs = kind == "code" ? ", \"outputs\": [], \"execution_count\": null" : "";
        return $$"""{"cell_type": "{{kind}}", "id": "x{{Guid.NewGuid():N}}", "metadata": {{metadata}}, "source": "{{source}}"{{outputs}}}""";
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
