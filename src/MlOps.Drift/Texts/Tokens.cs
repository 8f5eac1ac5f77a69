using System.Globalization;

namespace MlOps.Drift.Texts;

/// <summary>Cuts a text into words.</summary>
/// <remarks>A word is a run of letters, digits and the marks that belong to them, in any script, in lower case: <c>Loan-2024!</c> gives
/// <c>loan</c> and <c>2024</c>, and the vowel signs of Devanagari stay with their letters. No stemming, no list of stop words.</remarks>
public static class Tokens
{
    /// <summary>Returns the words of a text, in order; none for an empty text.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<string>();
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            bool inWord = i < text.Length && IsPartOfWord(text, i);
            if (inWord && start < 0)
            {
                start = i;
            }
            else if (!inWord && start >= 0)
            {
                words.Add(text[start..i].ToLowerInvariant());
                start = -1;
            }
        }

        return words;
    }

    private static bool IsPartOfWord(string text, int i)
    {
        UnicodeCategory category = char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1])
            ? CharUnicodeInfo.GetUnicodeCategory(text, i - 1)
            : CharUnicodeInfo.GetUnicodeCategory(text, i);
        return category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
    }
}
