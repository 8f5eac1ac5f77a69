using System.Collections;
using System.Globalization;

namespace MlOps.Kernel.Editing;

/// <summary>A variable's value in a few words. Runs no code of the user's: a cell may be running, and its objects may be half done.</summary>
internal static class ValueText
{
    private const int MaxLength = 60;

    internal static string Of(object? value) => value switch
    {
        null => "null",
        string text => Quote(text),
        char letter => $"'{letter}'",
        bool flag => flag ? "true" : "false",
        Array { Rank: 1 } array => Count(array.Length, "element"),
        Array array => string.Join(" × ", Enumerable.Range(0, array.Rank).Select(i => array.GetLength(i).ToString(CultureInfo.InvariantCulture))) + " elements",
        Enum => value.ToString()!,
        _ when !IsOfFramework(value) => value.GetType().Name.Split('`')[0] + " object",
        ICollection collection => Count(collection.Count, "element"),
        IEnumerable => "sequence", // counting it would run it
        IFormattable number => ShortText.Of(number.ToString(null, CultureInfo.InvariantCulture), MaxLength),
        _ => value.GetType().Name.Split('`')[0] + " object",
    };

    private static bool IsOfFramework(object value) => value.GetType().Assembly == typeof(object).Assembly || value.GetType().Assembly == typeof(Stack<>).Assembly;

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Quote(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(ShortText.Of(text, MaxLength), quote: true);
}
