namespace MlOps;

/// <summary>The beginning of a text, for a message or a cell of a table.</summary>
internal static class ShortText
{
    /// <summary>At most <paramref name="most"/> characters, 2 or more: of a longer text the beginning and "…". No character is cut in half.</summary>
    internal static string Of(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1), "…");

    /// <summary>The same in one line: "⏎" stands where a line ends.</summary>
    internal static string Line(string text, int most) => Of(text.ReplaceLineEndings("⏎"), most);
}
