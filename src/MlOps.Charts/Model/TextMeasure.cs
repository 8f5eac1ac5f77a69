namespace MlOps.Charts.Model;

/// <summary>How wide a text will be, without a font: widths of a common sans-serif in thousandths of the font size.</summary>
/// <remarks>Meant to be a little too wide: a label that is skipped is better than two that overlap.</remarks>
internal static class TextMeasure
{
    private const int Average = 580;
    private const int Widest = 1000;

    // The widest of the fonts that "sans-serif" stands for.
    private const double Allowance = 1.05;

    // U+0020 to U+007E, rounded from the widths that Helvetica-like faces share, plus 3 %.
    private static readonly int[] Ascii =
    [
        286, 286, 366, 573, 573, 916, 687, 197, 343, 343, 401, 602, 286, 343, 286, 286,
        573, 573, 573, 573, 573, 573, 573, 573, 573, 573, 286, 286, 602, 602, 602, 573,
        1045, 687, 687, 744, 744, 687, 629, 801, 744, 286, 515, 687, 573, 858, 744, 801,
        687, 801, 744, 687, 629, 744, 687, 972, 687, 687, 629, 286, 286, 286, 483, 573,
        343, 573, 573, 515, 573, 573, 286, 573, 573, 229, 229, 515, 229, 858, 573, 573,
        573, 573, 343, 515, 286, 573, 515, 744, 515, 515, 515, 344, 268, 344, 602,
    ];

    internal static double Width(string text, double size)
    {
        int sum = 0;
        foreach (char c in text)
        {
            // From the Indic and East Asian blocks on, letters are wide.
            sum += c is >= ' ' and <= '~' ? Ascii[c - ' '] : c < 0x900 || c is >= '\u2000' and < '\u2e80' ? Average : Widest;
        }

        return sum * size * Allowance / 1000;
    }

    /// <summary>Lines no wider than <paramref name="width"/> and about equally long; a single word may be wider.</summary>
    internal static string[] Wrap(string text, double size, double width)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double whole = Width(text, size);
        if (whole <= width || words.Length < 2)
        {
            return [text];
        }

        // Even lines look better than a full one with one word below it.
        double even = whole / Math.Ceiling(whole / width) + size * 2;
        string[] balanced = Fill(words, size, Math.Min(even, width));
        string[] greedy = Fill(words, size, width);
        return balanced.Length <= greedy.Length ? balanced : greedy;
    }

    /// <summary>The text, or as much of it as fits with an ellipsis.</summary>
    internal static string Shorten(string text, double size, double width)
    {
        if (Width(text, size) <= width)
        {
            return text;
        }

        int length = text.Length;
        while (length > 1 && Width(text[..length] + "…", size) > width)
        {
            length--;
        }

        // Never half a surrogate pair.
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length).TrimEnd(), "…");
    }

    private static string[] Fill(string[] words, double size, double width)
    {
        var lines = new List<string> { words[0] };
        foreach (string word in words.Skip(1))
        {
            string longer = $"{lines[^1]} {word}";
            if (Width(longer, size) <= width)
            {
                lines[^1] = longer;
            }
            else
            {
                lines.Add(word);
            }
        }

        return [.. lines];
    }
}
