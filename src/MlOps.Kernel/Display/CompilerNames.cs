using System.Text;
using System.Text.RegularExpressions;

namespace MlOps.Kernel.Display;

/// <summary>Makes names readable that only the compiler needs: anonymous types, <c>&lt;&gt;f__AnonymousType0#6&lt;Int32&gt;</c>, get words,
/// and types declared in a cell lose the class around the cell, <c>Submission#3+Order</c>.</summary>
internal static partial class CompilerNames
{
    private const string Anonymous = "<>f__AnonymousType";

    internal static string Replace(string text)
    {
        text = CellClass().Replace(text, "");
        int at = text.IndexOf(Anonymous, StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var readable = new StringBuilder();
        int done = 0;
        for (; at >= 0; at = text.IndexOf(Anonymous, done, StringComparison.Ordinal))
        {
            readable.Append(text, done, at - done).Append("anonymous type");
            done = EndOfName(text, at + Anonymous.Length);
        }

        return readable.Append(text, done, text.Length - done).ToString();
    }

    [GeneratedRegex(@"Submission#\d+(\+|&#x2B;)")]
    private static partial Regex CellClass();

    /// <summary>The place behind the number and the type arguments, which may nest.</summary>
    private static int EndOfName(string text, int at)
    {
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '#' or '`'))
        {
            at++;
        }

        if (at == text.Length || text[at] != '<')
        {
            return at;
        }

        int depth = 0;
        do
        {
            depth += text[at] switch { '<' => 1, '>' => -1, _ => 0 };
            at++;
        }
        while (depth > 0 && at < text.Length);
        return at;
    }
}
