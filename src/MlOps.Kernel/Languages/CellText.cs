using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace MlOps.Kernel.Languages;

/// <summary>A text whose parts run one after the other: a cell, an imported file, a cell of an imported notebook.</summary>
/// <param name="label">What errors call it.</param>
/// <param name="text">The text.</param>
/// <param name="language">The language of its first lines.</param>
/// <param name="path">The file it comes from; null for a cell.</param>
/// <param name="importedBy">The text with the <c>#!import</c>; null for a cell.</param>
internal sealed class CellText(string label, string text, string language, string? path = null, CellText? importedBy = null)
{
    internal string Label => label;

    internal string Text => text;

    internal string Language => language;

    internal string? Path => path;

    internal CellText? ImportedBy => importedBy;

    /// <summary>Gets the lines as the compiler counts them, so that line numbers agree.</summary>
    internal TextLineCollection Lines => field ??= SourceText.From(text, Encoding.UTF8).Lines;

    /// <summary>One line without its end; empty beyond the last.</summary>
    internal string Line(int index) => index < Lines.Count ? Lines[index].ToString() : "";
}
