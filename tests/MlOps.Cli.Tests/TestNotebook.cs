using MlOps.Kernel.Notebooks;

namespace MlOps.Cli.Tests;

/// <summary>Makes small notebooks in a folder that goes away with the test.</summary>
internal sealed class TestNotebook : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-cli-");

    internal TestNotebook(params string[] cells)
        : this(cells.Select((source, i) => NotebookCell.Code($"c{i + 1}", source)))
    {
    }

    internal TestNotebook(IEnumerable<NotebookCell> cells)
    {
        Input = At("in.ipynb");
        Output = At("out.ipynb");
        NotebookFile.Parse("""{"nbformat":4,"nbformat_minor":5,"metadata":{"kernelspec":{"name":"mlops-csharp","display_name":"C#","language":"C#"}},"cells":[]}""", "test")
            .WithCells(cells).Save(Input);
    }

    internal string Input { get; }

    internal string Output { get; }

    internal string At(string name) => Path.Combine(_folder.FullName, name);

    internal IReadOnlyList<NotebookOutput> OutputsOf(int cell) => NotebookFile.Load(Output).Cells[cell - 1].Outputs;

    /// <summary>The texts of a cell's outputs: streams, plain texts, error names.</summary>
    internal IEnumerable<string> TextsOf(int cell) => OutputsOf(cell).Select(output => output switch
    {
        StoredStream stream => stream.Text,
        StoredDisplay display => display.Text("text/plain")!,
        StoredError error => error.Name,
        _ => throw new InvalidOperationException(),
    });

    public void Dispose() => _folder.Delete(recursive: true);
}
