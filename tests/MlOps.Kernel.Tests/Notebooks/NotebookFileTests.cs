using System.Text.Json.Nodes;
using MlOps.Kernel.Notebooks;

namespace MlOps.Kernel.Tests.Notebooks;

public sealed class NotebookFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("  \n", "the file is empty")]
    [InlineData("[1, 2]", "no JSON object")]
    [InlineData("{\"name\": \"x\"}", "no 'nbformat' number or no 'cells'")]
    [InlineData("{\"nbformat\": 3, \"worksheets\": []}", "format 3; open it in Jupyter and save it")]
    [InlineData("{\"nbformat\": 5, \"cells\": []}", "format 5; format 4 is read")]
    [InlineData("{\"nbformat\": 4, \"cells\": [", "breaks off or is wrong at line 1")]
    [InlineData("{\"nbformat\": 4, \"cells\": [1]}", "cell 1 is no JSON object")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\"}, {\"cell_type\": \"poem\"}]}", "cell 2 holds a cell of the unknown type 'poem'")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": 3}]}", "cell 1 holds")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"outputs\": [{\"output_type\": \"smell\"}]}]}", "unknown type 'smell'")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"outputs\": [null]}]}", "cell 1 holds")]
    [InlineData("{\"nbformat\": 4, \"nbformat\": 4, \"cells\": []}", "not a")]
    public void Parse_WhatIsNoNotebook_SaysWhatAndNamesTheFile(string text, string problem)
    {
        NotebookFormatException e = Assert.Throws<NotebookFormatException>(() => NotebookFile.Parse(text, "lesson.ipynb"));
        Assert.StartsWith("lesson.ipynb: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.Equal("lesson.ipynb", e.Path);
    }

    [Fact]
    public void Load_MissingFile_SaysSo() =>
        Assert.Contains("there is no such file", Assert.Throws<NotebookFormatException>(() => NotebookFile.Load(At("none.ipynb"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_Folder_SaysSo() =>
        Assert.Contains("is a folder", Assert.Throws<NotebookFormatException>(() => NotebookFile.Load(_folder.FullName)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_SourceAsOneStringOrAsLines_IsTheSame()
    {
        NotebookFile one = NotebookFile.Parse("""{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"markdown","id":"a","metadata":{},"source":"x\ny"}]}""", "one");
        NotebookFile lines = NotebookFile.Parse("""{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"markdown","id":"a","metadata":{},"source":["x\n","y"]}]}""", "lines");
        Assert.Equal("x\ny", one.Cells[0].Source);
        Assert.Equal(one.ToJson(), lines.ToJson());
    }

    [Fact]
    public void Parse_OldFormat_GetsIdentifiersFromPlacesAndKeepsUniqueOnes()
    {
        NotebookFile notebook = NotebookFile.Parse(
            """{"nbformat":4,"nbformat_minor":2,"metadata":{},"cells":[{"cell_type":"raw","source":"1"},{"cell_type":"raw","id":"twice","source":"2"},{"cell_type":"raw","id":"twice","source":"3"},{"cell_type":"raw","id":"no blanks","source":"4"}]}""",
            "old");
        Assert.Equal(["cell-1", "twice", "cell-3", "cell-4"], notebook.Cells.Select(cell => cell.Id));
        Assert.Contains("\"nbformat_minor\": 5", notebook.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void ToJson_OfItsOwnText_ChangesNoByte()
    {
        string once = NotebookFile.Parse(Samples.EveryKindOfCell, "sample").ToJson();
        Assert.Equal(once, NotebookFile.Parse(once, "again").ToJson());
    }

    [Fact]
    public void ToJson_UnknownMetadata_IsKept()
    {
        var json = (JsonObject)JsonNode.Parse(NotebookFile.Parse(Samples.EveryKindOfCell, "sample").ToJson())!;
        Assert.Equal("kept", (string?)json["metadata"]!["custom"]!["deep"]);
        Assert.Equal(7, (int?)json["cells"]![0]!["metadata"]!["vendor"]);
        Assert.Equal("AAAA", (string?)json["cells"]![0]!["attachments"]!["x.png"]!["image/png"]);
    }

    [Fact]
    public void ToJson_EmojiAndAngleBrackets_AreReadableText()
    {
        string text = NotebookFile.Parse(Samples.EveryKindOfCell, "sample").ToJson();
        Assert.Contains("<b>π & 🙂</b>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ToJson_PictureInBase64_IsOneStringAsVsCodeNeedsIt()
    {
        var picture = new StoredDisplay(new Dictionary<string, JsonNode> { ["image/png"] = "AAAA", ["image/svg+xml"] = "<svg>\n</svg>", ["text/plain"] = "a picture" }, IsResult: false);
        NotebookFile notebook = NotebookFile.Parse(Samples.EveryKindOfCell, "sample");
        JsonNode data = JsonNode.Parse(notebook.WithCells([NotebookCell.Code("a", "1").WithOutputs([picture])]).ToJson())!["cells"]![0]!["outputs"]![0]!["data"]!;
        Assert.Equal("AAAA", (string?)data["image/png"]);
        Assert.Equal(2, data["image/svg+xml"]!.AsArray().Count);
        Assert.Single(data["text/plain"]!.AsArray());
    }

    [Theory]
    [InlineData("🙂🙃 two")]
    [InlineData(@"a path \ud83d\ude42 that is no emoji")]
    [InlineData("a lone half \ud83d of a pair")]
    public void ToJson_AnyText_ComesBack(string source)
    {
        NotebookFile notebook = NotebookFile.Parse(Samples.EveryKindOfCell, "sample").WithCells([NotebookCell.Code("a", source)]);
        Assert.Equal(source, NotebookFile.Parse(notebook.ToJson(), "again").Cells[0].Source);
    }

    [Fact]
    public void Save_OverAnExistingFile_ReplacesItAndLeavesNothingBeside()
    {
        string path = At("out.ipynb");
        File.WriteAllText(path, "old");
        NotebookFile.Parse(Samples.EveryKindOfCell, "sample").Save(path);
        Assert.Equal(NotebookFile.Parse(Samples.EveryKindOfCell, "sample").ToJson(), File.ReadAllText(path));
        Assert.Equal(["out.ipynb"], _folder.EnumerateFiles().Select(file => file.Name));
    }

    [Fact]
    public void Save_WhereAFolderIsAFile_SaysWhichPlaceCannotBeWritten()
    {
        File.WriteAllText(At("file"), "x");
        string path = Path.Combine(At("file"), "out.ipynb");
        Assert.StartsWith($"{path}: cannot be written (", Assert.Throws<IOException>(() => NotebookFile.CheckWritable(path)).Message, StringComparison.Ordinal);
        Assert.StartsWith($"{path}: cannot be written (", Assert.Throws<IOException>(() => NotebookFile.Parse(Samples.EveryKindOfCell, "sample").Save(path)).Message, StringComparison.Ordinal);
        Assert.Equal("x", File.ReadAllText(At("file")));
    }

    [Fact]
    public void KeepMeasured_OnlyTaggedCellsOfTheSameText_ShowWhatIsStored()
    {
        NotebookFile stored = Of("old", "measured");
        NotebookFile fresh = Of("new", "measured");
        Assert.Equal("old", Shown(fresh.KeepMeasured(stored)));
        Assert.Equal("new", Shown(Of("new").KeepMeasured(Of("old"))));
        Assert.Equal("new", Shown(fresh.KeepMeasured(stored.WithCells([stored.Cells[0].WithOutputs([])])))); // cleared: measured anew
        Assert.Equal("new", Shown(fresh.KeepMeasured(Of("old", "measured", source: "Other()"))));

        static NotebookFile Of(string text, string? tag = null, string source = "Time()") =>
            NotebookFile.Parse(Samples.EveryKindOfCell, "sample").WithCells([NotebookCell.Code("a", source, tag is null ? [] : [tag]).WithOutputs([new StoredStream("stdout", text)])]);

        static string Shown(NotebookFile notebook) => Assert.IsType<StoredStream>(Assert.Single(notebook.Cells[0].Outputs)).Text;
    }

    [NbformatFact]
    public void Save_EveryKindOfCellAndOutput_ValidatesAsFormat45()
    {
        string path = At("valid.ipynb");
        NotebookFile.Parse(Samples.EveryKindOfCell, "sample").Save(path);
        Assert.Equal(string.Empty, NbformatFactAttribute.Complaint(path));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
