using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MlOps.Kernel.Editing;

/// <summary>What the place itself asks for: properties to set, argument names, the values of an enum.</summary>
internal sealed class ContextCompletions(CellModel model, int position, SyntaxToken left, CancellationToken cancellationToken)
{
    /// <summary>The members that an object initializer, <c>with</c> or property pattern can still name; null anywhere else.</summary>
    internal IReadOnlyList<ISymbol>? Members()
    {
        if (left.Kind() is not (SyntaxKind.OpenBraceToken or SyntaxKind.CommaToken))
        {
            return null;
        }

        (ITypeSymbol? type, IEnumerable<string> used, bool sets) = left.Parent switch
        {
            InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation } initializer =>
                (model.Semantics.GetTypeInfo(creation, cancellationToken).Type, Assigned(initializer), true),
            InitializerExpressionSyntax { Parent: WithExpressionSyntax with } initializer =>
                (model.Semantics.GetTypeInfo(with.Expression, cancellationToken).Type, Assigned(initializer), true),
            PropertyPatternClauseSyntax { Parent: RecursivePatternSyntax pattern } clause => (
                model.Semantics.GetTypeInfo(pattern, cancellationToken).ConvertedType ?? (pattern.Type is null ? null : model.Semantics.GetTypeInfo(pattern.Type, cancellationToken).Type),
                clause.Subpatterns.Select(sub => sub.NameColon?.Name.Identifier.ValueText ?? ""),
                false),
            _ => (null, [], false),
        };
        if (type is null or IErrorTypeSymbol)
        {
            return null;
        }

        HashSet<string> taken = new(used, StringComparer.Ordinal);
        return [.. model.Semantics.LookupSymbols(position, type)
            .Where(member => !member.IsStatic && !taken.Contains(member.Name) && model.Semantics.IsAccessible(position, member))
            .Where(member => member switch
            {
                IPropertySymbol { IsIndexer: true } => false,
                IPropertySymbol property => sets ? property.SetMethod is { } setter && model.Semantics.IsAccessible(position, setter) : property.GetMethod is not null,
                IFieldSymbol field => !sets || !(field.IsReadOnly || field.IsConst),
                _ => false,
            })];
    }

    /// <summary>Whether values may stand beside <see cref="Members"/>: the braces may also fill a collection.</summary>
    internal bool TakesValues() =>
        left.Parent is InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation }
        && model.Semantics.GetTypeInfo(creation, cancellationToken).Type is { } type
        && type.AllInterfaces.Any(candidate => candidate.SpecialType == SpecialType.System_Collections_IEnumerable);

    /// <summary>The parameters that an argument could name, and the values of an enum that is expected here.</summary>
    internal IEnumerable<CompletionEntry> Entries()
    {
        bool startsArgument = left.Parent is BaseArgumentListSyntax or AttributeArgumentListSyntax && left.Kind() is SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken or SyntaxKind.CommaToken;
        string? named = left is { RawKind: (int)SyntaxKind.ColonToken, Parent: NameColonSyntax { Parent: ArgumentSyntax } colon } ? colon.Name.Identifier.ValueText : null;
        CallSite? call = startsArgument || named is not null ? CallSite.At(model, position, cancellationToken) : null;
        foreach (IParameterSymbol parameter in startsArgument ? Unnamed(call) : [])
        {
            yield return new CompletionEntry(SymbolText.Identifier(parameter.Name) + ":", EntryKind.Variable, SymbolText.OneLine(parameter));
        }

        IEnumerable<ITypeSymbol?> expected = call is not null
            ? call.Candidates.Select(candidate => named is null
                ? CallSite.Parameters(candidate).ElementAtOrDefault(call.Argument)?.Type
                : CallSite.Parameters(candidate).FirstOrDefault(parameter => parameter.Name == named)?.Type)
            : [Expected()];
        foreach (INamedTypeSymbol type in expected.Select(Underlying).OfType<INamedTypeSymbol>().Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default))
        {
            string name = type.ToMinimalDisplayString(model.Semantics, position);
            foreach (IFieldSymbol value in type.GetMembers().OfType<IFieldSymbol>().Where(field => field.IsConst))
            {
                yield return new CompletionEntry($"{name}.{SymbolText.Identifier(value.Name)}", EntryKind.EnumMember, SymbolText.Full(value));
            }
        }
    }

    private static IEnumerable<string> Assigned(InitializerExpressionSyntax initializer) =>
        initializer.Expressions.OfType<AssignmentExpressionSyntax>().Select(assignment => assignment.Left).OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText);

    private static IEnumerable<IParameterSymbol> Unnamed(CallSite? call) => call is null
        ? []
        : call.Candidates
            .SelectMany(candidate => CallSite.Parameters(candidate).Skip(Math.Max(0, call.Argument - call.Named.Count)))
            .Where(parameter => parameter.Name.Length > 0 && !call.Named.Contains(parameter.Name))
            .DistinctBy(parameter => parameter.Name);

    /// <summary>The enum behind a type and its nullable form; null for anything else.</summary>
    private static INamedTypeSymbol? Underlying(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol { TypeKind: TypeKind.Enum } plain => plain,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => Underlying(nullable.TypeArguments[0]),
        _ => null,
    };

    /// <summary>The type that the code before the position asks for; null if it asks for none.</summary>
    private ITypeSymbol? Expected()
    {
        SemanticModel semantics = model.Semantics;
        return left.Parent switch
        {
            BinaryExpressionSyntax binary when left == binary.OperatorToken => semantics.GetTypeInfo(binary.Left, cancellationToken).Type,
            AssignmentExpressionSyntax assignment when left == assignment.OperatorToken => semantics.GetTypeInfo(assignment.Left, cancellationToken).Type,
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type: { IsVar: false } type } } } => semantics.GetTypeInfo(type, cancellationToken).Type,
            EqualsValueClauseSyntax { Parent: ParameterSyntax { Type: { } type } } => semantics.GetTypeInfo(type, cancellationToken).Type,
            EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax { Type: { } type } } => semantics.GetTypeInfo(type, cancellationToken).Type,
            SwitchLabelSyntax { Parent.Parent: SwitchStatementSyntax statement } => semantics.GetTypeInfo(statement.Expression, cancellationToken).Type,
            SwitchExpressionSyntax choice => semantics.GetTypeInfo(choice.GoverningExpression, cancellationToken).Type,
            IsPatternExpressionSyntax pattern => semantics.GetTypeInfo(pattern.Expression, cancellationToken).Type,
            ReturnStatementSyntax => (semantics.GetEnclosingSymbol(position, cancellationToken) as IMethodSymbol)?.ReturnType,
            _ => null,
        };
    }
}
