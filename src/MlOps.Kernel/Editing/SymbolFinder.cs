using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOps.Kernel.Editing;

/// <summary>What the word at a position names.</summary>
internal static class SymbolFinder
{
    /// <summary>The symbol, followed by its overloads; empty if the position touches no name or the name means nothing.</summary>
    internal static IReadOnlyList<ISymbol> At(CellModel model, int position, CancellationToken cancellationToken)
    {
        SyntaxToken token = Word(model, position);
        if (token.Parent is not { } node)
        {
            return [];
        }

        SemanticModel semantics = model.Semantics;
        if (node is not ExpressionSyntax && semantics.GetDeclaredSymbol(node, cancellationToken) is { } declared)
        {
            return [declared];
        }

        if (node is ThisExpressionSyntax or BaseExpressionSyntax)
        {
            return semantics.GetTypeInfo(node, cancellationToken).Type is { } type ? [type] : [];
        }

        if (node is not ExpressionSyntax && node is not AttributeSyntax)
        {
            return [];
        }

        SymbolInfo info = semantics.GetSymbolInfo(node, cancellationToken);
        if (info.Symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { } created } && node is IdentifierNameSyntax or GenericNameSyntax)
        {
            return [created]; // in an attribute the type's name stands for its constructor
        }

        IReadOnlyList<ISymbol> group = [.. semantics.GetMemberGroup(node, cancellationToken)];
        return info.Symbol is { } symbol
            ? [symbol, .. group.Where(other => !SymbolEqualityComparer.Default.Equals(other.OriginalDefinition, symbol.OriginalDefinition) && !Reduces(symbol, other))]
            : group.Count > 0 ? group : info.CandidateSymbols;
    }

    /// <summary>Whether two are one extension method, one of them with its type arguments found.</summary>
    private static bool Reduces(ISymbol symbol, ISymbol other) =>
        symbol is IMethodSymbol { ReducedFrom: { } a } && other is IMethodSymbol { ReducedFrom: { } b }
        && SymbolEqualityComparer.Default.Equals(a.OriginalDefinition, b.OriginalDefinition);

    /// <summary>The name or keyword that the position lies in or touches; what follows it goes first.</summary>
    private static SyntaxToken Word(CellModel model, int position)
    {
        if (model.IsInsideText(position))
        {
            return default;
        }

        SyntaxToken token = model.Root.FindToken(position);
        if (IsWord(token) && token.SpanStart <= position && position <= token.Span.End)
        {
            return token;
        }

        SyntaxToken before = model.TokenBefore(position);
        return IsWord(before) && before.Span.End == position ? before : default;
    }

    private static bool IsWord(SyntaxToken token) => token.IsKind(SyntaxKind.IdentifierToken) || token.IsKeyword();
}
