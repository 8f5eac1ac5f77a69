namespace MlOps.Data.Identifiers;

/// <summary>Recognises telephone numbers: Indian mobile numbers, and international ones with their plus sign.</summary>
/// <remarks>Source: ITU-T E.164 (2010), 6: at most 15 digits, of which 1 to 3 name the country; numbering plan of India: mobile numbers have 10 digits and begin with 6 to 9.</remarks>
public static class PhoneNumber
{
    private const int LongestInternational = 15;
    private const int ShortestInternational = 8;

    /// <summary>Returns whether a text is <c>98765 43210</c>, <c>098765-43210</c>, <c>+91 98765 43210</c>, or <c>+</c> and 8 to 15 digits.</summary>
    /// <remarks>Blanks, hyphens, dots and brackets between digits are skipped. A number of 10 digits that begins with 6 to 9 need not be a telephone number.</remarks>
    public static bool IsMatch(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        bool international = text.StartsWith("+");
        text = international ? text[1..] : text;
        Span<char> digits = stackalloc char[LongestInternational];
        int count = 0;
        foreach (char letter in text)
        {
            if (char.IsAsciiDigit(letter) && count < digits.Length)
            {
                digits[count++] = letter;
            }
            else if (letter is not (' ' or '-' or '.' or '(' or ')'))
            {
                return false;
            }
        }

        ReadOnlySpan<char> number = digits[..count];
        return international
            ? count >= ShortestInternational && number[0] != '0' && (!number.StartsWith("91") || IsIndianMobile(number[2..]) || count < 12)
            : IsIndianMobile(number) || (number.StartsWith("0") && IsIndianMobile(number[1..])) || (number.StartsWith("91") && IsIndianMobile(number[2..]));
    }

    private static bool IsIndianMobile(ReadOnlySpan<char> digits) => digits.Length == 10 && digits[0] is >= '6' and <= '9';
}
