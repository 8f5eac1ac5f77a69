namespace MlOps.Data.Identifiers;

/// <summary>Checks of the last digit of a number, which is made from the others so that slips of the pen show.</summary>
internal static class CheckDigits
{
    // Multiplication in the dihedral group of order 10, and the permutation that makes the place of a digit count.
    private static readonly byte[] s_product =
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
        1, 2, 3, 4, 0, 6, 7, 8, 9, 5,
        2, 3, 4, 0, 1, 7, 8, 9, 5, 6,
        3, 4, 0, 1, 2, 8, 9, 5, 6, 7,
        4, 0, 1, 2, 3, 9, 5, 6, 7, 8,
        5, 9, 8, 7, 6, 0, 4, 3, 2, 1,
        6, 5, 9, 8, 7, 1, 0, 4, 3, 2,
        7, 6, 5, 9, 8, 2, 1, 0, 4, 3,
        8, 7, 6, 5, 9, 3, 2, 1, 0, 4,
        9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
    ];

    private static readonly byte[] s_permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

    /// <summary>Returns whether the last digit is right by Luhn's rule, as on payment cards.</summary>
    /// <remarks>From the right every second digit is doubled, the digits of the products and the others are added, and the sum is a multiple of 10. Finds
    /// every wrong digit. A random number passes one time in ten.
    /// <para>Source: ISO/IEC 7812-1:2017, annex B.</para></remarks>
    /// <param name="digits">Digits only; anything else, or nothing, is false.</param>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            int digit = digits[^(i + 1)] - '0';
            if ((uint)digit > 9)
            {
                return false;
            }

            int doubled = i % 2 == 0 ? digit : 2 * digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        return digits.Length > 1 && sum % 10 == 0;
    }

    /// <summary>Returns whether the last digit is right by Verhoeff's rule, as on Aadhaar numbers.</summary>
    /// <remarks>Finds every wrong digit and every two neighbours that changed places. A random number passes one time in ten.
    /// <para>Source: J. Verhoeff, "Error Detecting Decimal Codes", Mathematical Centre Tract 29 (1969).</para></remarks>
    /// <param name="digits">Digits only; anything else, or nothing, is false.</param>
    public static bool Verhoeff(ReadOnlySpan<char> digits)
    {
        int check = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            int digit = digits[^(i + 1)] - '0';
            if ((uint)digit > 9)
            {
                return false;
            }

            for (int times = i % 8; times > 0; times--) // the permutation has order 8
            {
                digit = s_permutation[digit];
            }

            check = s_product[(10 * check) + digit];
        }

        return digits.Length > 1 && check == 0;
    }

    /// <summary>The digits of a number that is written with blanks or hyphens between groups; false for anything else.</summary>
    internal static bool TryDigits(ReadOnlySpan<char> text, Span<char> digits, out int count)
    {
        count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                if (count == digits.Length)
                {
                    return false;
                }

                digits[count++] = text[i];
            }
            else if (text[i] is not (' ' or '-') || count == 0 || i == text.Length - 1 || !char.IsAsciiDigit(text[i - 1]))
            {
                return false;
            }
        }

        return count > 0;
    }
}
