using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MlOps.Kernel.Languages;

/// <summary>Makes an ordinary C# file fit for a session, which has no namespaces: their declarations become blanks, what is in them stays.</summary>
internal static class Namespaces
{
    /// <summary>The same text, every position unchanged, without <c>namespace X;</c> and without <c>namespace X {</c> and its <c>}</c>.</summary>
    internal static string Blank(string code)
    {
        if (!code.Contains("namespace", StringComparison.Ordinal))
        {
            return code;
        }

        char[] text = code.ToCharArray();
        SyntaxNode root = SyntaxFactory.ParseCompilationUnit(code, options: new CSharpParseOptions(LanguageVersion.Latest));
        foreach (BaseNamespaceDeclarationSyntax declaration in root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>())
        {
            int start = declaration.NamespaceKeyword.SpanStart;
            if (declaration is NamespaceDeclarationSyntax block)
            {
                Blank(text, TextSpan.FromBounds(start, block.OpenBraceToken.Span.End));
                Blank(text, block.CloseBraceToken.Span);
            }
            else
            {
                Blank(text, TextSpan.FromBounds(start, ((FileScopedNamespaceDeclarationSyntax)declaration).SemicolonToken.Span.End));
            }
        }

        return new string(text);
    }

    private static void Blank(char[] text, TextSpan span)
    {
        for (int i = span.Start; i < span.End; i++)
        {
            text[i] = text[i] is '\r' or '\n' ? text[i] : ' ';
        }
    }
}
