using MlOps.Kernel.Editing;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Tests.Editing;

/// <summary>A notebook with an editor on it. In code, <c>|</c> marks the position.</summary>
internal sealed class EditorSession : IDisposable
{
    internal static readonly DirectiveDescription[] Directives =
    [
        new("csharp", "#!csharp", "The lines below are C#.", IsLanguage: true),
        new("html", "#!html", "The lines below are HTML.", IsLanguage: true),
        new("share", "#!share --from sql result", "Takes a value from another language.", IsLanguage: false),
        new("time", "#!time", "Shows how long the cell took.", IsLanguage: false),
    ];

    internal EditorSession(string? folder = null)
    {
        Engine = new NotebookEngine();
        Editor = new CodeEditor(Engine, folder ?? Path.GetTempPath(), Directives);
    }

    internal NotebookEngine Engine { get; }

    internal CodeEditor Editor { get; }

    internal EditorSession Run(params string[] cells)
    {
        foreach (string cell in cells)
        {
            CellResult result = Engine.RunAsync(cell, null, static _ => { }).GetAwaiter().GetResult();
            Assert.True(result.Status == CellStatus.Ok, result.Error?.Message);
        }

        return this;
    }

    internal Completions Complete(string marked)
    {
        int position = marked.IndexOf('|', StringComparison.Ordinal);
        return Editor.Complete(marked.Remove(position, 1), position, CancellationToken.None);
    }

    internal string[] Texts(string marked) => [.. Complete(marked).Entries.Select(entry => entry.Text)];

    internal CompletionEntry Entry(string marked, string text) => Complete(marked).Entries.First(entry => entry.Text == text);

    internal Inspection? Inspect(string marked, int detail = 0)
    {
        int position = marked.IndexOf('|', StringComparison.Ordinal);
        return Editor.Inspect(marked.Remove(position, 1), position, detail, CancellationToken.None);
    }

    public void Dispose() => Engine.Dispose();
}
