using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace MlOps.Grading.Similarity;

/// <summary>A source as the symbols that matter: no names, no values, no comments, no layout.</summary>
/// <remarks>
/// All identifiers are one symbol, and so are the names of built-in types, so that <c>int total</c> and <c>var sum</c> are equal. Literals are one symbol a kind:
/// number, character, text. An interpolated string counts as text, with what is in its braces. Other tokens are their
/// <see cref="SyntaxKind"/>. The lexer alone is used: text that does not parse has tokens too.
/// </remarks>
internal sealed class TokenStream
{
    private readonly SourceText _text;
    private readonly List<TextSpan> _spans = [];

    private TokenStream(SourceText text) => _text = text;

    internal List<int> Symbols { get; } = [];

    internal static TokenStream Read(string source)
    {
        var stream = new TokenStream(SourceText.From(source));
        foreach (SyntaxToken token in SyntaxFactory.ParseTokens(source, options: new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None)))
        {
            if (!token.IsKind(SyntaxKind.EndOfFileToken) && token.Span.Length > 0)
            {
                stream.Symbols.Add((int)SymbolOf(token.Kind()));
                stream._spans.Add(token.Span);
            }
        }

        return stream;
    }

    /// <summary>The lines that tokens <paramref name="first"/> to <paramref name="last"/> stand on.</summary>
    internal LineRange Lines(int first, int last) => new(
        _text.Lines.GetLineFromPosition(_spans[first].Start).LineNumber + 1,
        _text.Lines.GetLineFromPosition(_spans[last].End - 1).LineNumber + 1);

    /// <summary>The text of these lines, joined by line feeds.</summary>
    internal string Text(LineRange lines) =>
        string.Join('\n', Enumerable.Range(lines.First - 1, lines.Last - lines.First + 1).Select(i => _text.Lines[i].ToString()));

    private static SyntaxKind SymbolOf(SyntaxKind kind) => kind switch
    {
        _ when SyntaxFacts.IsPredefinedType(kind) => SyntaxKind.IdentifierToken,
        SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or
        SyntaxKind.Utf8StringLiteralToken or SyntaxKind.Utf8SingleLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken or
        SyntaxKind.InterpolatedStringToken => SyntaxKind.StringLiteralToken,
        _ => kind,
    };
}
