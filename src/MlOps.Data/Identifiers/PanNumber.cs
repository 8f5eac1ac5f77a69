namespace MlOps.Data.Identifiers;

/// <summary>Recognises Indian permanent account numbers (PAN).</summary>
/// <remarks>Five letters, four digits, a letter. The fourth letter says who holds it: P a person, C a company, H a family, F a firm, A, B, G, J, L, T others. The rule of
/// the last letter is not published.
/// <para>Source: Income Tax Department of India, structure of the PAN.</para></remarks>
public static class PanNumber
{
    private const int Length = 10;

    /// <summary>Returns whether a text is such a number, in large or small letters.</summary>
    public static bool IsMatch(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length != Length || !"ABCFGHJLPT".Contains(char.ToUpperInvariant(text[3])))
        {
            return false;
        }

        for (int i = 0; i < Length; i++)
        {
            bool digit = i is >= 5 and <= 8;
            if (digit ? !char.IsAsciiDigit(text[i]) : !char.IsAsciiLetter(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
