using Microsoft.CodeAnalysis.CSharp;

namespace MlOps.Kernel.Engine;

/// <summary>Cells that are more than C#: the first line names a directive.</summary>
public static class CellDirectives
{
    private const string Mark = "#!";

    /// <summary>Writes a text as a C# string literal, for the code that a directive makes.</summary>
    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>The code that runs for a cell: what its directive makes of it, or the cell itself.</summary>
    internal static string Apply(string cell, IReadOnlyDictionary<string, CellDirective> directives)
    {
        if (directives.Count == 0 || !cell.AsSpan().TrimStart().StartsWith(Mark))
        {
            return cell;
        }

        string text = cell.TrimStart();
        int lineEnd = text.AsSpan().IndexOfAny('\r', '\n');
        string line = lineEnd < 0 ? text : text[..lineEnd];
        string body = lineEnd < 0 ? string.Empty : text[(lineEnd + (text.AsSpan(lineEnd).StartsWith("\r\n") ? 2 : 1))..];
        int nameEnd = line.AsSpan().IndexOfAny(' ', '\t');
        string name = nameEnd < 0 ? line[Mark.Length..] : line[Mark.Length..nameEnd];
        return directives.TryGetValue(name, out CellDirective? directive)
            ? directive(nameEnd < 0 ? string.Empty : line[nameEnd..].Trim(), body)
            : cell;
    }
}
