using System.Buffers;
using System.Text;

namespace MlOps.Kernel.Jupyter;

/// <summary>The two ways in which front ends count characters, and text that is not valid UTF-16.</summary>
/// <remarks>The protocol counts Unicode code points; VS Code counts UTF-16 units. They differ behind an emoji.</remarks>
internal static class Utf16
{
    /// <summary>The text with each half of a surrogate pair that stands alone replaced by U+FFFD: JSON cannot carry it.</summary>
    internal static string Valid(string text)
    {
        int at = 0;
        ReadOnlySpan<char> rest = text;
        while (at < text.Length)
        {
            int surrogate = rest[at..].IndexOfAnyInRange('\ud800', '\udfff');
            if (surrogate < 0)
            {
                return text;
            }

            at += surrogate;
            if (Rune.DecodeFromUtf16(rest[at..], out _, out int length) != OperationStatus.Done)
            {
                return string.Concat(text.EnumerateRunes()); // the enumerator gives U+FFFD for what is invalid
            }

            at += length;
        }

        return text;
    }

    /// <summary>The index in the text behind a number of code points; the nearest end if there are not as many.</summary>
    internal static int FromCodePoints(string text, int codePoints)
    {
        int index = 0;
        for (int i = 0; i < codePoints && index < text.Length; i++)
        {
            index += char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;
        }

        return index;
    }

    /// <summary>The number of code points in front of an index.</summary>
    internal static int ToCodePoints(string text, int index)
    {
        int points = 0;
        for (int i = 0; i < Math.Min(index, text.Length); i++)
        {
            points += char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1]) ? 0 : 1;
        }

        return points;
    }
}
