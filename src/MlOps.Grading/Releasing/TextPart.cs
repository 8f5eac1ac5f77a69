namespace MlOps.Grading.Releasing;

/// <summary>A text within a released file.</summary>
/// <param name="Path">Its place in a JSON file, such as <c>cells[3].source</c>; empty for the whole file.</param>
/// <param name="Text">The text.</param>
internal sealed record TextPart(string Path, string Text)
{
    private string? _squeezed;

    /// <summary>Gets the text without white space, so that neither line breaks nor indentation hide a sentence.</summary>
    internal string Squeezed => _squeezed ??= Squeeze(Text);

    internal static string Squeeze(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));

    /// <summary>The place of a character, as a person looks for it.</summary>
    internal string Place(int index) => PlaceOfLine(Text.AsSpan(0, index).Count('\n'));

    /// <summary>The place of a character of <see cref="Squeezed"/>.</summary>
    internal string PlaceOfSqueezed(int index)
    {
        int at = 0;
        for (int left = index; left > 0 || char.IsWhiteSpace(Text[at]); at++)
        {
            left -= char.IsWhiteSpace(Text[at]) ? 0 : 1;
        }

        return Place(at);
    }

    internal string PlaceOfLine(int line) => Path.Length == 0 ? $"line {line + 1}" : $"{Path}, line {line + 1}";
}
