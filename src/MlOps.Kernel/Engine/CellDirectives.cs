using Microsoft.CodeAnalysis.CSharp;

namespace MlOps.Kernel.Engine;

/// <summary>What the makers of directives need.</summary>
public static class CellDirectives
{
    /// <summary>Writes a text as a C# string literal on one line, for the code that a directive makes.</summary>
    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
