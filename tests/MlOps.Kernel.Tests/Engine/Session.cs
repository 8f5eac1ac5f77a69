using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Tests.Engine;

/// <summary>A cell that has been run: its result and everything it showed.</summary>
internal sealed record RanCell(CellResult Result, IReadOnlyList<CellOutput> Outputs)
{
    internal CellStatus Status => Result.Status;

    internal object? Value => Result.ReturnValue;

    internal ErrorOutput Error => Result.Error ?? throw new InvalidOperationException("The cell did not fail.");

    internal string Traceback => string.Join('\n', Error.Traceback);

    internal string Stdout => Text("stdout");

    internal string Stderr => Text("stderr");

    /// <summary>What the cell displayed, as one MIME type each.</summary>
    internal IReadOnlyList<string> Displays(string mimeType) => [.. Outputs.OfType<DisplayOutput>().Select(display => display.Bundle.GetValueOrDefault(mimeType, "(none)"))];

    private string Text(string stream) => string.Concat(Outputs.OfType<StreamOutput>().Where(output => output.Stream == stream).Select(output => output.Text));
}

/// <summary>A notebook in a test.</summary>
internal sealed class Session(EngineOptions? options = null) : IDisposable
{
    internal static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    private readonly NotebookEngine _engine = new(options);

    internal async Task<RanCell> Run(string code, TimeSpan? timeout = null, string? label = null, CellInput? input = null, Action<CellOutput>? late = null, string language = "csharp", Action<CellOutput>? output = null, CancellationToken interrupt = default)
    {
        List<CellOutput> outputs = [];
        var options = new CellOptions { Timeout = timeout, Label = label, Input = input, LateOutput = late, Language = language };
        CellResult result = await _engine.RunAsync(code, options, outputs.Add + output, interrupt);
        return new RanCell(result, outputs);
    }

    /// <summary>Runs a cell that does not end and interrupts it once it has printed a text: by then its code runs, however slow the machine.</summary>
    internal async Task<RanCell> RunUntilOutput(string code, string text)
    {
        using var stop = new CancellationTokenSource();
        return await Run(code, output: Look, interrupt: stop.Token);

        void Look(CellOutput output)
        {
            if (output is StreamOutput { Text: var printed } && printed.Contains(text, StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }

    /// <summary>Runs cells of which each but the last must succeed; returns the last.</summary>
    internal async Task<RanCell> RunAll(params string[] cells)
    {
        RanCell last = await Run(cells[0]);
        foreach (string cell in cells.Skip(1))
        {
            Assert.True(last.Status == CellStatus.Ok, last.Result.Error is null ? "" : last.Traceback);
            last = await Run(cell);
        }

        return last;
    }

    internal IReadOnlyList<CellVariable> Variables => _engine.Variables;

    internal IReadOnlyList<DirectiveDescription> Directives => _engine.Directives;

    public void Dispose() => _engine.Dispose();
}
