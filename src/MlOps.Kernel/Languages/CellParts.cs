using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Languages;

/// <summary>Splits a text at its <c>#!</c> lines.</summary>
/// <remarks>
/// A language reaches from its line to the next language's. A directive that only acts cuts it in two, so that what stands above it runs
/// before it. In C#, a <c>#!</c> line inside a string or a comment is text; everywhere, <c>#!</c> without a letter behind it is
/// (<c>#!/bin/sh</c>).
/// </remarks>
internal sealed class CellParts
{
    private readonly CellText _cell;
    private readonly DirectiveTable _table;
    private readonly List<CellPart> _parts = [];
    private CellDirective _language;
    private string _arguments = "";
    private int _languageLine = -1;
    private int _languageStart;
    private int _bodyLine;

    private CellParts(CellText cell, DirectiveTable table)
    {
        (_cell, _table) = (cell, table);
        _language = table.Find(cell.Language, "") is ({ Description.IsLanguage: true } language, _)
            ? language
            : throw new DirectiveException($"The notebook says that this cell is written in '{cell.Language}'. " + table.WhyUnknown(cell.Language), cell, 0);
    }

    /// <summary>The parts in the order in which they run.</summary>
    /// <exception cref="DirectiveException">A line names a directive that does not exist, or the cell's language does not.</exception>
    internal static IReadOnlyList<CellPart> Split(CellText cell, DirectiveTable table)
    {
        var split = new CellParts(cell, table);
        bool plain = ReferenceEquals(split._language, BuiltInDirectives.CSharp) && !cell.Text.Contains("#!", StringComparison.Ordinal);
        if (plain)
        {
            return [new CellPart(cell, split._language, split._language, "", cell.Text, 0, 0)]; // most cells: not even the lines are counted
        }

        split.Run();
        return split._parts;
    }

    private void Run()
    {
        for (int line = 0; line < _cell.Lines.Count; line++)
        {
            string text = _cell.Line(line);
            if (Mark(text) is not var (name, arguments) || (InCSharp && IsText(line, text)))
            {
                continue;
            }

            if (_table.Find(name, arguments) is not var (directive, full))
            {
                throw new DirectiveException(_table.WhyUnknown(name), _cell, line);
            }

            EndBody(line);
            if (directive.Description.IsLanguage)
            {
                EndLanguage();
                (_language, _arguments, _languageLine, _languageStart) = (directive, full, line, _parts.Count);
            }
            else
            {
                _parts.Add(new CellPart(_cell, directive, _language, full, "", line, line));
            }

            _bodyLine = line + 1;
        }

        EndBody(_cell.Lines.Count);
        EndLanguage();
    }

    private bool InCSharp => ReferenceEquals(_language, BuiltInDirectives.CSharp);

    /// <summary>The name and the rest of a line that looks like a directive.</summary>
    private static (string Name, string Arguments)? Mark(string line)
    {
        ReadOnlySpan<char> text = line.AsSpan().Trim(" \t");
        if (!text.StartsWith("#!") || text.Length == 2 || !char.IsLetter(text[2]))
        {
            return null;
        }

        int end = text.IndexOfAny(' ', '\t');
        return end < 0 ? (text[2..].ToString(), "") : (text[2..end].ToString(), text[end..].Trim().ToString());
    }

    /// <summary>Whether a line of C# starts inside a string, a comment, or code that is switched off.</summary>
    private bool IsText(int line, string text)
    {
        int position = _cell.Lines[line].Start + text.Length - text.AsSpan().TrimStart(" \t").Length;
        int start = _cell.Lines[_bodyLine].Start;
        foreach (SyntaxToken token in SyntaxFactory.ParseTokens(_cell.Text, start, start, SubmissionChain.ParseOptions))
        {
            if (token.FullSpan.End > position)
            {
                return (token.SpanStart < position && position < token.Span.End)
                    || token.LeadingTrivia.Concat(token.TrailingTrivia).Any(trivia => Hides(trivia, position));
            }
        }

        return false;
    }

    private static bool Hides(SyntaxTrivia trivia, int position) =>
        trivia.GetStructure() is DirectiveTriviaSyntax directive
            ? !directive.IsActive && directive.FullSpan.Contains(position)
            : trivia.SpanStart < position && position < trivia.Span.End;

    private void EndBody(int line)
    {
        if (line > _bodyLine && Body(line) is { } body && !string.IsNullOrWhiteSpace(body))
        {
            _parts.Add(new CellPart(_cell, _language, _language, _arguments, body, _languageLine < 0 ? _bodyLine : _languageLine, _bodyLine));
        }
    }

    private string Body(int line)
    {
        int end = line < _cell.Lines.Count ? _cell.Lines[line - 1].End : _cell.Text.Length;
        return _cell.Text[_cell.Lines[_bodyLine].Start..end];
    }

    /// <summary>A language line runs even if nothing stands below it, where it stands: <c>#!value --from-file x</c>.</summary>
    private void EndLanguage()
    {
        bool hasBody = _parts.Skip(_languageStart).Any(part => ReferenceEquals(part.Directive, _language));
        if (_languageLine >= 0 && !hasBody)
        {
            _parts.Insert(_languageStart, new CellPart(_cell, _language, _language, _arguments, "", _languageLine, _languageLine));
        }
    }
}
