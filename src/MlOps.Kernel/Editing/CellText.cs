using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Editing;

/// <summary>A line of a cell that starts with <c>#!</c>.</summary>
/// <param name="Start">The position of the mark.</param>
/// <param name="End">The end of the line.</param>
/// <param name="Name">The word behind the mark; empty while it is not typed yet.</param>
/// <param name="Directive">What the word means; null if nothing.</param>
internal sealed record DirectiveLine(int Start, int End, string Name, DirectiveDescription? Directive);

/// <summary>A cell's text and which of it is C#.</summary>
internal sealed class CellText
{
    private const string Mark = "#!";

    private readonly List<DirectiveLine> _lines = [];
    private readonly List<(int Start, int End)> _foreign = [];
    private readonly List<(int Start, int End)> _references = [];

    internal CellText(string code, IReadOnlyList<DirectiveDescription> directives)
    {
        Code = code;
        char[] csharp = code.ToCharArray();
        bool inCSharp = true;
        int partStart = 0;
        int next;
        for (int start = 0; start < code.Length; start = next)
        {
            int end = LineEnd(code, start);
            next = end + (code.AsSpan(end).StartsWith("\r\n") ? 2 : end < code.Length ? 1 : 0);
            int indent = code.AsSpan(start, end - start).IndexOfAnyExcept(' ', '\t');
            ReadOnlySpan<char> line = indent < 0 ? [] : code.AsSpan(start + indent, end - start - indent);
            if (line.StartsWith(Mark) && !(inCSharp && IsInsideToken(code[partStart..], start - partStart)))
            {
                string name = Word(line[Mark.Length..]);
                DirectiveDescription? directive = Find(directives, name) ?? Find(directives, name.Split('-')[0]); // #!sql-sales is #!sql on a connection
                _lines.Add(new DirectiveLine(start + indent, end, name, directive));
                inCSharp = IsCSharpName(name) || (inCSharp && directive is not { IsLanguage: true });
                partStart = next;
                Blank(csharp, start, end);
            }
            else if (!inCSharp)
            {
                _foreign.Add((start, end));
                Blank(csharp, start, end);
            }
            else if ((line.StartsWith("#r") || line.StartsWith("#i")) && IsReference(line) && !IsInsideToken(code[partStart..], start - partStart))
            {
                _references.Add((start, end));
                Blank(csharp, start, end); // binding it would read the file and hold on to that build; it counts once the cell has run
            }
        }

        EndsInCSharp = inCSharp;
        CSharp = new string(csharp);
    }

    /// <summary>Gets the text as the user wrote it.</summary>
    internal string Code { get; }

    /// <summary>Gets the C# of it; everything else is blanks, so that positions stay.</summary>
    internal string CSharp { get; }

    internal IReadOnlyList<DirectiveLine> Directives => _lines;

    /// <summary>Gets whether the last line is C#.</summary>
    internal bool EndsInCSharp { get; }

    /// <summary>Whether a position is in a part of another language.</summary>
    internal bool IsForeign(int position) => _foreign.Exists(line => position >= line.Start && position <= line.End);

    /// <summary>Whether a position is behind the mark of a line that is no C#: a directive or a reference.</summary>
    internal bool IsDirective(int position) =>
        _lines.Exists(line => position > line.Start && position <= line.End) || _references.Exists(line => position > line.Start && position <= line.End);

    /// <summary>The position moved into the text, and off the middle of a surrogate pair.</summary>
    internal int Clamp(int position)
    {
        int inside = Math.Clamp(position, 0, Code.Length);
        return inside > 0 && inside < Code.Length && char.IsSurrogatePair(Code[inside - 1], Code[inside]) ? inside - 1 : inside;
    }

    private static DirectiveDescription? Find(IReadOnlyList<DirectiveDescription> directives, string name) =>
        directives.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static int LineEnd(string code, int start)
    {
        int length = code.AsSpan(start).IndexOfAny('\r', '\n');
        return length < 0 ? code.Length : start + length;
    }

    private static string Word(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAny(' ', '\t');
        return (end < 0 ? text : text[..end]).ToString();
    }

    private static bool IsCSharpName(string name) => name.ToUpperInvariant() is "CSHARP" or "C#";

    private static bool IsReference(ReadOnlySpan<char> line) => line.Length == 2 || line[2] is ' ' or '\t' or '"';

    private static void Blank(char[] text, int start, int end) => text.AsSpan(start, end - start).Fill(' ');

    /// <summary>Whether a line starts inside a string or a comment, where its first characters mean nothing.</summary>
    private static bool IsInsideToken(string code, int position)
    {
        foreach (SyntaxToken token in SyntaxFactory.ParseTokens(code, options: SubmissionChain.ParseOptions))
        {
            if (token.FullSpan.End <= position)
            {
                continue;
            }

            return (token.SpanStart < position && position < token.Span.End)
                || token.LeadingTrivia.Concat(token.TrailingTrivia).Any(trivia =>
                    trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) && trivia.SpanStart < position && position < trivia.Span.End);
        }

        return false;
    }
}
