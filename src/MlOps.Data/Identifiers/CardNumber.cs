namespace MlOps.Data.Identifiers;

/// <summary>Recognises the numbers of payment cards.</summary>
/// <remarks>13 to 19 digits that begin like those of an issuer of payment cards (3, 4, 5, 6, or 2221 to 2720, or 8 for RuPay), the last a check digit by Luhn's rule.
/// <para>Source: ISO/IEC 7812-1:2017.</para></remarks>
public static class CardNumber
{
    private const int Shortest = 13;
    private const int Longest = 19;

    /// <summary>Returns whether a text is such a number, with or without blanks or hyphens between its groups.</summary>
    public static bool IsMatch(ReadOnlySpan<char> text)
    {
        Span<char> digits = stackalloc char[Longest];
        if (!CheckDigits.TryDigits(text.Trim(), digits, out int count) || count < Shortest)
        {
            return false;
        }

        ReadOnlySpan<char> number = digits[..count];
        int start = (1000 * (number[0] - '0')) + (100 * (number[1] - '0')) + (10 * (number[2] - '0')) + (number[3] - '0');
        return (start is (>= 2221 and <= 2720) or (>= 3000 and < 7000) or (>= 8100 and < 8300)) && CheckDigits.Luhn(number);
    }
}
