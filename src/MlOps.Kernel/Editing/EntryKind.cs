using Microsoft.CodeAnalysis;

namespace MlOps.Kernel.Editing;

/// <summary>The words that VS Code and JupyterLab have icons for. Both show an unknown word as plain text.</summary>
internal static class EntryKind
{
    internal const string Class = "class";
    internal const string Constant = "constant";
    internal const string Directive = "magic";
    internal const string Enum = "enum";
    internal const string EnumMember = "enumMember";
    internal const string Event = "event";
    internal const string Field = "field";
    internal const string File = "file";
    internal const string Folder = "folder";
    internal const string Interface = "interface";
    internal const string Keyword = "keyword";
    internal const string Method = "method";
    internal const string Namespace = "module";
    internal const string Property = "property";
    internal const string Struct = "struct";
    internal const string TypeParameter = "typeParameter";
    internal const string Variable = "variable";

    internal static string Of(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol => Namespace,
        IMethodSymbol => Method,
        IPropertySymbol => Property,
        IEventSymbol => Event,
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } => EnumMember,
        IFieldSymbol field when SymbolText.IsCellVariable(field) => Variable,
        IFieldSymbol { IsConst: true } => Constant,
        IFieldSymbol => Field,
        ITypeParameterSymbol => TypeParameter,
        INamedTypeSymbol type => type.TypeKind switch
        {
            TypeKind.Enum => Enum,
            TypeKind.Interface => Interface,
            TypeKind.Struct => Struct,
            _ => Class,
        },
        _ => Variable,
    };
}
