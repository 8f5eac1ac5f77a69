namespace MlOps.Data.Identifiers;

/// <summary>Recognises Indian goods and services tax identification numbers (GSTIN).</summary>
/// <remarks>
/// The state (two digits, 01 to 38, or 96 to 99), the PAN of the holder, a letter or digit, the letter Z, and a check character: with the letters and digits as 0 … 35 and weights
/// 1, 2, 1, 2 … from the left, each product adds its quotient and remainder by 36, and the check is what is missing to a multiple of 36.
/// <para>Source: Goods and Services Tax Network, structure of the GSTIN; the check is Luhn's rule for 36 characters (ISO/IEC 7812-1).</para>
/// </remarks>
public static class GstinNumber
{
    private const int Length = 15;
    private const int Radix = 36;

    /// <summary>Returns whether a text is such a number, in large or small letters.</summary>
    public static bool IsMatch(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length != Length || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[1]) || !PanNumber.IsMatch(text[2..12]) || text[13] is not ('Z' or 'z'))
        {
            return false;
        }

        int state = (10 * (text[0] - '0')) + (text[1] - '0');
        int sum = 0;
        for (int i = 0; i < Length; i++)
        {
            if (Value(text[i]) is not { } value)
            {
                return false;
            }

            int product = value * (1 + (i % 2));
            sum += (product / Radix) + (product % Radix);
        }

        return state is (>= 1 and <= 38) or (>= 96 and <= 99) && sum % Radix == 0;
    }

    private static int? Value(char letter) =>
        char.IsAsciiDigit(letter) ? letter - '0' : char.IsAsciiLetter(letter) ? char.ToUpperInvariant(letter) - 'A' + 10 : null;
}
