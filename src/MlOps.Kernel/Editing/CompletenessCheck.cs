using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Editing;

/// <summary>Tells a text that can run from one that needs more lines and from one that is wrong.</summary>
internal static class CompletenessCheck
{
    private const int IndentWidth = 4;

    internal static Completeness Of(CellText cell)
    {
        if (cell.Directives.Any(line => line.Directive is null && !IsCSharp(line.Name)))
        {
            return new Completeness(CompletenessStatus.Unknown);
        }

        if (!cell.EndsInCSharp)
        {
            return new Completeness(CompletenessStatus.Complete);
        }

        SourceText text = UsingDeclarations.Mask(SourceText.From(cell.CSharp), SubmissionChain.ParseOptions).Text;
        SyntaxTree tree = SyntaxFactory.ParseSyntaxTree(text, SubmissionChain.ParseOptions);
        bool broken = tree.GetDiagnostics().Any(found => found.Severity == DiagnosticSeverity.Error);
        if (!broken)
        {
            return new Completeness(CompletenessStatus.Complete);
        }

        SyntaxNode root = tree.GetRoot();
        return SyntaxFactory.IsCompleteSubmission(tree) && !EndsInOpenRawString(root)
            ? new Completeness(CompletenessStatus.Invalid)
            : new Completeness(CompletenessStatus.Incomplete, Indent(root));
    }

    private static bool IsCSharp(string name) => name.ToUpperInvariant() is "CSHARP" or "C#";

    /// <summary>The compiler calls an open raw string a plain error; for somebody who types it is the first of several lines.</summary>
    private static bool EndsInOpenRawString(SyntaxNode root) =>
        root.GetDiagnostics().Any(found => found.Id == "CS8997");

    /// <summary>Four blanks for each open brace, and for a header that waits for its statement. None inside a string, which they would become part of.</summary>
    private static string Indent(SyntaxNode root)
    {
        SyntaxToken last = root.GetLastToken(includeZeroWidth: false);
        if (EndsInOpenRawString(root) || root.GetDiagnostics().Any(found => found.Id is "CS1039" or "CS1035" or "CS1010"))
        {
            return "";
        }

        int depth = 0;
        foreach (SyntaxToken token in root.DescendantTokens())
        {
            if (token.Parent is not InterpolationSyntax)
            {
                depth += token.IsMissing ? 0 : token.Kind() switch
                {
                    SyntaxKind.OpenBraceToken => 1,
                    SyntaxKind.CloseBraceToken => -1,
                    _ => 0,
                };
            }
        }

        bool header = (last.IsKind(SyntaxKind.CloseParenToken) && last.Parent is IfStatementSyntax or WhileStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or LockStatementSyntax or UsingStatementSyntax)
            || last.Kind() is SyntaxKind.ElseKeyword or SyntaxKind.DoKeyword;
        return new string(' ', Math.Max(0, depth + (header ? 1 : 0)) * IndentWidth);
    }
}
