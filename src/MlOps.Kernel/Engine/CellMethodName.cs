using System.Reflection;

namespace MlOps.Kernel.Engine;

/// <summary>The name a user gave to code, from the name the compiler gave to its method.</summary>
internal static class CellMethodName
{
    /// <summary>Such as "Average(values)"; empty for the statements of the cell itself.</summary>
    internal static string Of(MethodBase method)
    {
        Type? type = method.DeclaringType;
        string name = method.Name;
        while (type is not null && type.Name.StartsWith('<'))
        {
            // Async methods, iterators and lambdas live in generated types: <Load>d__3 is Load, <>c__DisplayClass0_0 has no name.
            string inner = Between(type.Name, '<', '>');
            name = inner.Length > 0 ? inner : name;
            type = type.DeclaringType;
        }

        if (name.Contains("g__", StringComparison.Ordinal))
        {
            name = Between(name, "g__", "|"); // a local function: <Outer>g__Inner|0_1
        }
        else if (name.StartsWith('<'))
        {
            string outer = Between(name, '<', '>');
            return outer is "Initialize" or "Main" or "Factory" or "" ? "" : outer;
        }

        if (name is "Initialize" or ".ctor" && type is { IsNested: false })
        {
            return "";
        }

        string owner = type is { IsNested: true } ? type.Name.Split('`')[0] : "";
        string member = name == ".ctor" ? "new " + owner : owner.Length > 0 ? owner + "." + name : name;
        string parameters = method.Name == "MoveNext" ? "…" : string.Join(", ", method.GetParameters().Select(parameter => parameter.Name));
        return member + "(" + parameters + ")";
    }

    private static string Between(string text, char start, char end)
    {
        int from = text.IndexOf(start, StringComparison.Ordinal) + 1;
        int to = text.LastIndexOf(end);
        return to > from ? text[from..to].Trim('<', '>') : "";
    }

    private static string Between(string text, string start, string end)
    {
        int from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        int to = text.IndexOf(end, from, StringComparison.Ordinal);
        return to > from ? text[from..to] : text[from..];
    }
}
