namespace MlOps.Fairness.Cards.Rendering;

/// <summary>A piece of a document, before it is Markdown or HTML. Its texts are plain: whoever writes them escapes them.</summary>
internal abstract record CardBlock;

internal sealed record HeadingBlock(int Level, string Text) : CardBlock;

internal sealed record ParagraphBlock(string Text, TextRole Role = TextRole.Plain) : CardBlock;

internal sealed record ListBlock(IReadOnlyList<string> Items) : CardBlock;

internal sealed record TableBlock(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows) : CardBlock;

/// <summary>What a paragraph is.</summary>
internal enum TextRole
{
    Plain,
    Question,
    Recorded,
    Open,
    Notice,
}
