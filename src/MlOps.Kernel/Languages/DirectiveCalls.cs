using System.ComponentModel;
using System.Text.Json;
using MlOps.Kernel.Display;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Languages;

/// <summary>What the code that directives make calls. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DirectiveCalls
{
    /// <summary>Shows HTML; values given to the cell's HTML come before it, as a script.</summary>
    /// <param name="text">HTML.</param>
    public static void Html(string text)
    {
        string values = ScriptCell.Declarations(Cell().Given.Of("html"), "var");
        DisplayedValue.Show(MimeBundles.Of(values.Length == 0 ? text : $"<script>\n{values}</script>\n{text}", MimeBundles.Html));
    }

    /// <summary>Shows Markdown.</summary>
    /// <param name="text">Markdown.</param>
    public static void Markdown(string text) => DisplayedValue.Show(MimeBundles.Of(text, "text/markdown"));

    /// <summary>Shows a script that runs where the notebook is shown.</summary>
    /// <param name="script">JavaScript.</param>
    public static void JavaScript(string script) => ScriptCell.Show(script, Cell());

    /// <summary>Runs a shell script to its end.</summary>
    /// <param name="shell">sh or bash.</param>
    /// <param name="script">The script.</param>
    /// <exception cref="ShellExitException">The script ended with an exit code other than 0.</exception>
    public static void Shell(string shell, string script) => ShellScript.Run(shell, script, Cell());

    /// <summary>Keeps a text under a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="text">The text.</param>
    /// <param name="mimeType">What the text is; null for plain text. If given, the text is shown as that.</param>
    public static void Keep(string name, string text, string? mimeType)
    {
        Cell().Engine.Values.Set(name, new KeptValue(text, mimeType ?? MimeBundles.Plain));
        if (mimeType is not null)
        {
            DisplayedValue.Show(MimeBundles.Of(text, mimeType));
        }
    }

    /// <summary>Keeps a file's text under a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="path">The file; a relative path starts at the notebook's folder.</param>
    /// <param name="mimeType">As for <see cref="Keep"/>.</param>
    public static void KeepFile(string name, string path, string? mimeType) =>
        Keep(name, File.ReadAllText(Path.GetFullPath(path, Cell().Engine.Folder)), mimeType);

    /// <summary>Keeps any value under a name: text as it is, everything else as JSON.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public static void KeepValue(string name, object? value) => Cell().Engine.Values.Set(
        name, value is string text ? new KeptValue(text, MimeBundles.Plain) : new KeptValue(ToJson(value), SharedJson.MimeType));

    /// <summary>The text kept under a name.</summary>
    /// <param name="name">The name.</param>
    public static string Kept(string name) => Cell().Engine.Values.Get(name).Text;

    /// <summary>Gives a value to this cell's parts in another language.</summary>
    /// <param name="language">The language.</param>
    /// <param name="name">What it calls the value.</param>
    /// <param name="value">The value.</param>
    public static void Give(string language, string name, object? value) => Cell().Given.Add(language, name, value);

    /// <summary>A value as JSON.</summary>
    /// <param name="value">Any value.</param>
    public static string ToJson(object? value) => SharedJson.Of(value);

    /// <summary>A value from JSON: a double, a string, a bool, or a <see cref="JsonDocument"/>.</summary>
    /// <param name="json">JSON.</param>
    public static T FromJson<T>(string json) => JsonSerializer.Deserialize<T>(json)!;

    /// <summary>A value as text of a MIME type.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="mimeType">The type, such as text/html.</param>
    public static string Formatted(object? value, string mimeType) => MimeBundles.Of(value, mimeType)[mimeType];

    /// <summary>Starts the clock of <c>#!time</c>.</summary>
    public static void Time() => WallTime.Start(Cell());

    /// <summary>Lists the variables' names.</summary>
    public static void Who() => VariablesTable.ShowNames(Cell().Engine.Variables);

    /// <summary>Shows the variables as a table.</summary>
    public static void Whos() => VariablesTable.Show(Cell().Engine.Variables);

    /// <summary>Shows the directives as a table.</summary>
    public static void Lsmagic() => DisplayedValue.Show(MimeBundles.Of(
        Cell().Engine.Directives.Select(directive => new { directive.Usage, directive.Summary }).ToArray()));

    /// <summary>Shows the versions.</summary>
    public static void About() => Versions.Show();

    private static CellContext Cell() => CellContext.Current ?? throw new InvalidOperationException("Only the code of a notebook cell can do this; no cell is running here.");
}
