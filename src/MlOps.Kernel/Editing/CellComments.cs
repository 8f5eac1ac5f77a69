using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Editing;

/// <summary>The <c>///</c> comments of what cells declare. Cells are parsed without them, for speed, so they are plain comments.</summary>
internal static class CellComments
{
    private const string Mark = "///";

    /// <summary>Reads the comment above a declaration; null if there is none, or it is not XML.</summary>
    internal static XElement? Of(ISymbol symbol)
    {
        SyntaxNode? node = symbol.DeclaringSyntaxReferences[0].GetSyntax();
        node = node is VariableDeclaratorSyntax ? node.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? node : node;
        IEnumerable<string> lines = CommentHolder(node).GetLeadingTrivia()
            .Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && trivia.ToString().StartsWith(Mark, StringComparison.Ordinal))
            .Select(trivia => trivia.ToString()[Mark.Length..]);
        string comment = string.Join('\n', lines);
        if (comment.Length == 0)
        {
            return null;
        }

        try
        {
            var member = XElement.Parse("<member>" + comment + "</member>", LoadOptions.PreserveWhitespace);
            return member.HasElements ? member : new XElement("member", new XElement("summary", comment));
        }
        catch (XmlException)
        {
            return new XElement("member", new XElement("summary", comment)); // half written: shown as it stands
        }
    }

    /// <summary>The engine puts its own field in front of a cell's first declaration: the comment above then stands before that field.</summary>
    private static SyntaxNode CommentHolder(SyntaxNode node) =>
        node.GetFirstToken().GetPreviousToken().Parent is FieldDeclarationSyntax { Declaration.Variables: [{ Identifier.ValueText: CellSource.MarkerField }] } marker ? marker : node;
}
