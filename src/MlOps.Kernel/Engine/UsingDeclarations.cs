using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MlOps.Kernel.Engine;

/// <summary>Lets a cell say <c>using var x = …;</c>, which C# scripts lack: the keyword is blanked out, and x is disposed of at the cell's end.</summary>
internal static class UsingDeclarations
{
    /// <summary>Blanks the keywords. Every position stays what it was.</summary>
    /// <returns>The text to parse, and where a declaration of that kind starts after its keywords, by the positions of its declarators.</returns>
    internal static (SourceText Text, HashSet<int> Declarators) Mask(SourceText text, CSharpParseOptions options)
    {
        HashSet<int> declarators = [];
        string code = text.ToString();
        if (!code.Contains("using", StringComparison.Ordinal))
        {
            return (text, declarators);
        }

        List<TextChange> changes = [];
        int depth = 0;
        SyntaxToken previous = default;
        SyntaxToken beforePrevious = default;
        foreach (SyntaxToken token in SyntaxFactory.ParseTokens(code, options: options))
        {
            depth += token.Kind() switch
            {
                SyntaxKind.OpenBraceToken or SyntaxKind.OpenParenToken => 1,
                SyntaxKind.CloseBraceToken or SyntaxKind.CloseParenToken => -1,
                _ => 0,
            };
            bool awaited = previous.ValueText == "await";
            if (depth == 0 && token.IsKind(SyntaxKind.UsingKeyword) && StartsStatement(awaited ? beforePrevious : previous)
                && Declaration(code, token.SpanStart) is { } declaration)
            {
                int start = awaited ? previous.SpanStart : token.SpanStart;
                changes.Add(new TextChange(TextSpan.FromBounds(start, token.Span.End), new string(' ', token.Span.End - start)));
                declarators.UnionWith(declaration.Declaration.Variables.Select(variable => token.SpanStart + variable.SpanStart));
            }

            (beforePrevious, previous) = (previous, token);
        }

        return (text.WithChanges(changes), declarators);
    }

    private static bool StartsStatement(SyntaxToken before) =>
        before.Kind() is SyntaxKind.None or SyntaxKind.SemicolonToken or SyntaxKind.CloseBraceToken;

    /// <summary>The statement at a position if it is such a declaration, rather than a directive: <c>using X = Y;</c> declares nothing.</summary>
    private static LocalDeclarationStatementSyntax? Declaration(string code, int position) =>
        SyntaxFactory.ParseStatement(code[position..], consumeFullText: false) is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } local
        && local.Declaration.Variables.All(variable => !variable.Identifier.IsMissing && variable.Initializer is not null)
            ? local
            : null;
}
