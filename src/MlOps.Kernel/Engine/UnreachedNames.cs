using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MlOps.Kernel.Engine;

/// <summary>Hides the variables that a failed cell did not come to declare, so that later cells see the older ones of that name.</summary>
/// <remarks>
/// The loaded code cannot change any more, but the compilation that later cells are bound against can: it is the same one with those
/// variables renamed, everywhere in the cell. Renaming rather than deleting keeps every inferred type and every anonymous type's
/// generated name, which must match the loaded code.
/// </remarks>
internal static class UnreachedNames
{
    private const string Suffix = "__notReached";

    /// <summary>Whether a later cell cannot see this, because the cell that declares it did not come so far.</summary>
    internal static bool IsHidden(ISymbol member) => member.Name.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>The compilation to build on after a cell passed mark <paramref name="reached"/> and then failed.</summary>
    internal static CSharpCompilation Hide(CSharpCompilation compilation, CellSource source, int reached)
    {
        SyntaxTree tree = source.Compiled;
        HashSet<ISymbol> unreached = new(
            compilation.ScriptClass!.GetMembers().Where(member => member is IFieldSymbol or IPropertySymbol or IEventSymbol
                && member.Locations.Any(location => location.SourceTree == tree && source.MarkAfter(location.SourceSpan.Start) > reached)),
            SymbolEqualityComparer.Default);
        if (unreached.Count == 0)
        {
            return compilation;
        }

        SourceText text = tree.GetText();
        SyntaxTree renamed = tree.WithChangedText(text.WithChanges(Renames(compilation.GetSemanticModel(tree), unreached)));
        CSharpCompilation hidden = compilation.ReplaceSyntaxTree(tree, renamed);

        // Emitting gives the anonymous types their names; the bytes are not needed. Should the renamed cell not compile, its names stay
        // visible with whatever values they have: a wrong default in one cell is better than a session that refuses all others.
        return hidden.Emit(Stream.Null).Success ? hidden : compilation;
    }

    private static List<TextChange> Renames(SemanticModel model, HashSet<ISymbol> unreached)
    {
        HashSet<string> names = [.. unreached.Select(symbol => symbol.Name)];
        List<TextChange> changes = [];
        foreach (SyntaxToken token in model.SyntaxTree.GetRoot().DescendantTokens())
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken) || !names.Contains(token.ValueText) || token.Parent is not { } node)
            {
                continue;
            }

            ISymbol? symbol = node is IdentifierNameSyntax ? model.GetSymbolInfo(node).Symbol : model.GetDeclaredSymbol(node);
            if (symbol is null || !unreached.Contains(symbol))
            {
                continue;
            }

            // In new { x } the variable also names the property, which must stay x.
            bool namesProperty = node.Parent is AnonymousObjectMemberDeclaratorSyntax { NameEquals: null };
            changes.Add(new TextChange(token.Span, (namesProperty ? token.Text + " = " : "") + token.Text + Suffix));
        }

        return changes;
    }
}
