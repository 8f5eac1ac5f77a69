using System.ComponentModel;
using Microsoft.CodeAnalysis;

namespace MlOps.Kernel.Editing;

/// <summary>What a library's author says about a name: not for people, or not any more.</summary>
internal static class SymbolAttributes
{
    internal static bool IsHidden(ISymbol symbol) => symbol.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name == nameof(EditorBrowsableAttribute)
        && attribute.ConstructorArguments is [{ Value: (int)EditorBrowsableState.Never }]);

    internal static bool IsObsolete(ISymbol symbol) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == nameof(ObsoleteAttribute));
}
