namespace MlOps.Data.Identifiers;

/// <summary>Recognises Indian Aadhaar numbers.</summary>
/// <remarks>Twelve digits, the first 2 to 9, the last a check digit by Verhoeff's rule. Of random numbers of twelve digits 8 in 100 look so.
/// <para>Source: Unique Identification Authority of India, "A UID Numbering Scheme" (2010).</para></remarks>
public static class AadhaarNumber
{
    private const int Length = 12;

    /// <summary>Returns whether a text is such a number, with or without blanks or hyphens between its groups.</summary>
    public static bool IsMatch(ReadOnlySpan<char> text)
    {
        Span<char> digits = stackalloc char[Length];
        return CheckDigits.TryDigits(text.Trim(), digits, out int count) && count == Length && digits[0] >= '2' && CheckDigits.Verhoeff(digits);
    }
}
