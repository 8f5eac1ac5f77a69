using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MlOps.Kernel.Editing;

/// <summary>Symbols as one line of C#.</summary>
internal static class SymbolText
{
    private static readonly SymbolDisplayFormat Short = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeConstantValue)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeExtensionThis)
        .WithKindOptions(SymbolDisplayKindOptions.None);

    private static readonly SymbolDisplayFormat Member = Short.AddMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType);

    private static readonly SymbolDisplayFormat TypeName = SymbolDisplayFormat.CSharpErrorMessageFormat
        .WithKindOptions(SymbolDisplayKindOptions.IncludeTypeKeyword)
        .AddGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance);

    /// <summary>Whether a symbol is a variable of a cell: for the compiler a field of the class around the cell.</summary>
    internal static bool IsCellVariable(ISymbol symbol) => symbol is IFieldSymbol { ContainingType.IsScriptClass: true };

    internal static bool IsOfCell(ISymbol symbol) => symbol.ContainingType is { IsScriptClass: true };

    /// <summary>One line for a list: no containing type, since the reader knows what stands before the dot.</summary>
    internal static string OneLine(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol space => "namespace " + space.ToDisplayString(),
        ITypeSymbol type => Type(type),
        _ => symbol.ToDisplayString(Short),
    };

    /// <summary>The full line for the one thing that is asked about.</summary>
    internal static string Full(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol space => "namespace " + space.ToDisplayString(),
        ITypeSymbol type => Type(type),
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.ToDisplayString(Short),
        IMethodSymbol method when IsOfCell(method) || method.MethodKind == MethodKind.LocalFunction => method.ToDisplayString(Short),
        IMethodSymbol { ReducedFrom: not null } method => "(extension) " + method.ToDisplayString(Member),
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } value => value.ToDisplayString(Member),
        ILocalSymbol { IsConst: false } or IRangeVariableSymbol => "(variable) " + symbol.ToDisplayString(Short),
        IParameterSymbol => "(parameter) " + symbol.ToDisplayString(Short),
        IFieldSymbol field when IsCellVariable(field) => "(variable) " + symbol.ToDisplayString(Short),
        _ when IsOfCell(symbol) => symbol.ToDisplayString(Short),
        _ => symbol.ToDisplayString(Member),
    };

    /// <summary>The short name for prose: a reference to a type or member in documentation.</summary>
    internal static string OfReference(string id)
    {
        string name = id.Length > 1 && id[1] == ':' ? id[2..] : id;
        bool isType = id.StartsWith("T:", StringComparison.Ordinal) || id.StartsWith("N:", StringComparison.Ordinal);
        int parameters = name.IndexOf('(', StringComparison.Ordinal);
        name = parameters < 0 ? name : name[..parameters];
        string[] parts = [.. name.Split('.', '+').Where(part => part.Length > 0).Select(static part => part.Split('`')[0])];
        if (id.StartsWith("N:", StringComparison.Ordinal) || parts.Length == 0)
        {
            return name;
        }

        bool isConstructor = parts.Length > 1 && name.EndsWith("#ctor", StringComparison.Ordinal);
        return isType || id.IndexOf(':', StringComparison.Ordinal) != 1 || parts.Length == 1 ? parts[^1] : isConstructor ? parts[^2] : $"{parts[^2]}.{parts[^1]}";
    }

    /// <summary>The name as it may stand in code: a keyword gets its @.</summary>
    internal static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    internal static string Overloads(int others) => others switch
    {
        0 => "",
        1 => " (+ 1 overload)",
        _ => string.Create(CultureInfo.InvariantCulture, $" (+ {others} overloads)"),
    };

    private static string Type(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { IsAnonymousType: false } named => named.ToDisplayString(TypeName),
        _ => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
    };
}
