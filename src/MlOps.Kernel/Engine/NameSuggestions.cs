using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOps.Kernel.Engine;

/// <summary>Finds what an unknown name was probably meant to be.</summary>
internal static class NameSuggestions
{
    private const int MaxNamespaces = 2;

    /// <summary>A sentence, or null if no known name is near.</summary>
    internal static string? For(Diagnostic diagnostic, Compilation compilation)
    {
        if (diagnostic.Id is not ("CS0103" or "CS0246" or "CS1061" or "CS0117") || diagnostic.Location.SourceTree is not { } tree)
        {
            return null;
        }

        SyntaxToken token = tree.GetRoot().FindToken(diagnostic.Location.SourceSpan.Start);
        token = token.IsKind(SyntaxKind.DotToken) ? token.GetNextToken() : token; // a?.b is reported at the dot
        if (!token.IsKind(SyntaxKind.IdentifierToken))
        {
            return null;
        }

        SemanticModel model = compilation.GetSemanticModel(tree);
        bool isMember = diagnostic.Id is "CS1061" or "CS0117";
        if (!isMember && Namespaces(compilation, token.ValueText) is { Count: > 0 } namespaces)
        {
            return "Add " + string.Join(" or ", namespaces.Select(name => $"using {name};")) + " to the cell.";
        }

        IEnumerable<ISymbol> known = isMember ? Members(model, token) : diagnostic.Id == "CS0246"
            ? model.LookupNamespacesAndTypes(token.SpanStart)
            : model.LookupSymbols(token.SpanStart);
        string? near = Nearest(token.ValueText, known.Where(symbol => symbol.CanBeReferencedByName && symbol.Name != CellSource.MarkerField && !UnreachedNames.IsHidden(symbol)).Select(symbol => symbol.Name));
        return near is null ? null : $"Did you mean {near}?";
    }

    /// <summary>The name that differs least: in nothing but capitals, or in at most a third of its letters; null if none is that near.</summary>
    internal static string? Nearest(string typed, IEnumerable<string> names)
    {
        int limit = typed.Length < 3 ? 0 : Math.Max(1, typed.Length / 3);
        return names.Distinct(StringComparer.Ordinal)
            .Where(name => Math.Abs(name.Length - typed.Length) <= limit)
            .Select(name => (Name: name, Distance: EditDistance.Between(typed.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(found => found.Distance <= limit)
            .OrderBy(found => found.Distance)
            .ThenBy(found => found.Name, StringComparer.Ordinal)
            .Select(found => found.Name)
            .FirstOrDefault();
    }

    private static IEnumerable<ISymbol> Members(SemanticModel model, SyntaxToken token)
    {
        ExpressionSyntax? before = token.Parent?.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == token.Parent => access.Expression,
            MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        };
        if (before is null || model.GetTypeInfo(before).Type is not { } type)
        {
            return [];
        }

        bool isStatic = model.GetSymbolInfo(before).Symbol is ITypeSymbol;
        return model.LookupSymbols(token.SpanStart, type, includeReducedExtensionMethods: true)
            .Where(member => member.IsStatic == isStatic || member is IMethodSymbol { ReducedFrom: not null } && !isStatic);
    }

    /// <summary>The namespaces that have a public type of this name; the shortest first.</summary>
    private static List<string> Namespaces(Compilation compilation, string name)
    {
        List<string> found = [];
        Stack<INamespaceSymbol> open = new([compilation.GlobalNamespace]);
        while (open.TryPop(out INamespaceSymbol? space))
        {
            if (!space.IsGlobalNamespace && space.GetTypeMembers(name).Any(type => type.DeclaredAccessibility == Accessibility.Public))
            {
                found.Add(space.ToDisplayString());
            }

            foreach (INamespaceSymbol inner in space.GetNamespaceMembers())
            {
                open.Push(inner);
            }
        }

        return [.. found.OrderBy(space => space.Length).ThenBy(space => space, StringComparer.Ordinal).Take(MaxNamespaces)];
    }
}
