namespace MlOps.Grading.Calling;

/// <summary>A C# spelling of a type, taken apart: <c>Dictionary&lt;string, double[]&gt;</c> is <c>Dictionary</c> of <c>string</c> and <c>[]</c> of <c>double</c>.</summary>
/// <param name="Name">The name without type arguments; <c>[]</c>, <c>[,]</c>, <c>?</c>, <c>*</c> or <c>()</c> for arrays, nullables, pointers, tuples.</param>
/// <param name="Arguments">The type arguments, element type, or tuple items.</param>
internal sealed record TypeSpelling(string Name, IReadOnlyList<TypeSpelling> Arguments)
{
    /// <exception cref="FormatException">The text is no spelling of a type.</exception>
    internal static TypeSpelling Parse(string text)
    {
        int at = 0;
        TypeSpelling type = Parse(text, ref at, depth: 0);
        return at == text.Length ? type : throw new FormatException($"'{text}' is no type.");
    }

    private static TypeSpelling Parse(string text, ref int at, int depth)
    {
        if (depth > 32)
        {
            throw new FormatException("A type is nested too deep.");
        }

        TypeSpelling type;
        if (at < text.Length && text[at] == '(')
        {
            type = new TypeSpelling("()", List(text, ref at, ')', depth));
        }
        else
        {
            int start = at;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '`' or '@' or '$' or '#' or '=' or '{' or '}' or '-'))
            {
                at++;
            }

            if (at == start)
            {
                throw new FormatException($"'{text}' is no type.");
            }

            string name = text[start..at];
            type = new TypeSpelling(name, at < text.Length && text[at] == '<' ? List(text, ref at, '>', depth) : []);
        }

        return Suffixes(type, text, ref at);
    }

    private static TypeSpelling Suffixes(TypeSpelling type, string text, ref int at)
    {
        while (at < text.Length && text[at] is ('?' or '*' or '['))
        {
            int start = at++;
            if (text[start] == '[')
            {
                while (at < text.Length && text[at] == ',')
                {
                    at++;
                }

                at++; // ]
            }

            type = new TypeSpelling(text[start..Math.Min(at, text.Length)], [type]);
        }

        return type;
    }

    private static List<TypeSpelling> List(string text, ref int at, char end, int depth)
    {
        List<TypeSpelling> types = [];
        do
        {
            at++; // ( or < or ,
            while (at < text.Length && text[at] == ' ')
            {
                at++;
            }

            types.Add(Parse(text, ref at, depth + 1));
        }
        while (at < text.Length && text[at] == ',');
        return at < text.Length && text[at++] == end ? types : throw new FormatException($"'{text}' is no type.");
    }
}
