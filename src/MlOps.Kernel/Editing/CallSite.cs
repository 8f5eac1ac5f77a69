using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOps.Kernel.Editing;

/// <summary>The call whose arguments are being written at a position.</summary>
/// <param name="Candidates">Methods, constructors or indexers that could be meant, those that take enough arguments first.</param>
/// <param name="Argument">How many arguments stand before the position.</param>
/// <param name="Named">The names of the arguments that are given by name.</param>
internal sealed record CallSite(IReadOnlyList<ISymbol> Candidates, int Argument, IReadOnlyList<string> Named)
{
    /// <summary>Finds the innermost call around a position; null if there is none.</summary>
    internal static CallSite? At(CellModel model, int position, CancellationToken cancellationToken)
    {
        for (SyntaxNode? node = model.TokenBefore(position).Parent; node is not null and not BlockSyntax; node = node.Parent)
        {
            (SyntaxToken open, SyntaxToken close) = node switch
            {
                ArgumentListSyntax list => (list.OpenParenToken, list.CloseParenToken),
                BracketedArgumentListSyntax list => (list.OpenBracketToken, list.CloseBracketToken),
                AttributeArgumentListSyntax list => (list.OpenParenToken, list.CloseParenToken),
                _ => default,
            };
            if (open.IsKind(SyntaxKind.None) || open.IsMissing || position < open.Span.End || (!close.IsMissing && position > close.SpanStart))
            {
                continue;
            }

            IReadOnlyList<ISymbol> candidates = Callables(model.Semantics, node.Parent!, position, cancellationToken);
            if (candidates.Count == 0)
            {
                continue;
            }

            (IEnumerable<SyntaxToken> commas, IEnumerable<NameColonSyntax?> names) = node is BaseArgumentListSyntax arguments
                ? (arguments.Arguments.GetSeparators(), arguments.Arguments.Select(argument => argument.NameColon))
                : (((AttributeArgumentListSyntax)node).Arguments.GetSeparators(), ((AttributeArgumentListSyntax)node).Arguments.Select(argument => argument.NameColon));
            int index = commas.Count(comma => comma.SpanStart < position);
            return new CallSite(
                [.. candidates.OrderBy(candidate => Parameters(candidate).Length > index || Parameters(candidate) is [.., { IsParams: true }] ? 0 : 1).ThenBy(candidate => Parameters(candidate).Length)],
                index,
                [.. names.OfType<NameColonSyntax>().Select(name => name.Name.Identifier.ValueText)]);
        }

        return null;
    }

    internal static System.Collections.Immutable.ImmutableArray<IParameterSymbol> Parameters(ISymbol candidate) => candidate switch
    {
        IMethodSymbol method => method.Parameters,
        IPropertySymbol indexer => indexer.Parameters,
        _ => [],
    };

    private static IReadOnlyList<ISymbol> Callables(SemanticModel model, SyntaxNode call, int position, CancellationToken cancellationToken) => call switch
    {
        InvocationExpressionSyntax invocation => Methods(model, invocation, cancellationToken),
        BaseObjectCreationExpressionSyntax creation => Constructors(model, model.GetTypeInfo(creation, cancellationToken).Type, position),
        AttributeSyntax attribute => Constructors(model, model.GetTypeInfo(attribute, cancellationToken).Type, position),
        ConstructorInitializerSyntax initializer => [.. model.GetMemberGroup(initializer, cancellationToken)],
        PrimaryConstructorBaseTypeSyntax initializer => Constructors(model, model.GetTypeInfo(initializer.Type, cancellationToken).Type, position),
        ElementAccessExpressionSyntax access => Indexers(model, model.GetTypeInfo(access.Expression, cancellationToken).Type, position),
        _ => [],
    };

    private static IReadOnlyList<ISymbol> Methods(SemanticModel model, InvocationExpressionSyntax invocation, CancellationToken cancellationToken)
    {
        IReadOnlyList<ISymbol> group = [.. model.GetMemberGroup(invocation.Expression, cancellationToken).OfType<IMethodSymbol>()];
        if (group.Count > 0)
        {
            return group;
        }

        return model.GetTypeInfo(invocation.Expression, cancellationToken).Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } ? [invoke] : [];
    }

    private static IReadOnlyList<ISymbol> Constructors(SemanticModel model, ITypeSymbol? type, int position) =>
        type is INamedTypeSymbol named ? [.. named.InstanceConstructors.Where(constructor => model.IsAccessible(position, constructor))] : [];

    private static IReadOnlyList<ISymbol> Indexers(SemanticModel model, ITypeSymbol? type, int position)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            IReadOnlyList<ISymbol> indexers = [.. current.GetMembers().OfType<IPropertySymbol>().Where(property => property.IsIndexer && model.IsAccessible(position, property))];
            if (indexers.Count > 0)
            {
                return indexers;
            }
        }

        return [];
    }
}
