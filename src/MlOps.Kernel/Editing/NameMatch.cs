namespace MlOps.Kernel.Editing;

/// <summary>How well a name fits what has been typed of it.</summary>
internal static class NameMatch
{
    /// <summary>Rates a name: 0 starts with the text as typed, 1 starts with it but for case, 2 by capitals, 3 somewhere inside; null: not at all.</summary>
    internal static int? Rate(string name, string typed)
    {
        if (name.StartsWith(typed, StringComparison.Ordinal))
        {
            return 0;
        }

        if (name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        return FitsCapitals(name, typed) ? 2 : name.Contains(typed, StringComparison.OrdinalIgnoreCase) ? 3 : null;
    }

    /// <summary>Whether the text is made of beginnings of the name's words, in order: <c>WL</c> and <c>wriLi</c> for WriteLine.</summary>
    private static bool FitsCapitals(string name, string typed)
    {
        int matched = 0;
        for (int word = 0; word < name.Length && matched < typed.Length; word = NextWord(name, word))
        {
            int before = matched;
            for (int i = word; i < name.Length && matched < typed.Length && Same(name[i], typed[matched]); i++)
            {
                matched++;
            }

            if (word == 0 && matched == before)
            {
                return false; // the first word has to take part
            }
        }

        return matched == typed.Length;
    }

    private static int NextWord(string name, int from)
    {
        for (int i = from + 1; i < name.Length; i++)
        {
            bool begins = (char.IsUpper(name[i]) && !char.IsUpper(name[i - 1])) || (name[i - 1] == '_' && name[i] != '_') || (char.IsDigit(name[i]) && !char.IsDigit(name[i - 1]));
            if (begins || (char.IsUpper(name[i]) && i + 1 < name.Length && char.IsLower(name[i + 1])))
            {
                return i;
            }
        }

        return name.Length;
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
