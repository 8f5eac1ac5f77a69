using System.Text;

namespace MlOps.Grading.Submissions;

/// <summary>Turns the bytes of a source file into text, whatever editor wrote it.</summary>
/// <remarks>
/// A byte order mark decides (UTF-8, UTF-16, UTF-32, either byte order). Without one, UTF-16 is recognised by its zero bytes, then UTF-8 is tried
/// strictly. What is neither is read as Windows-1252, as the C# compiler does: a file that builds for its author must not lose its points over
/// an accent in a comment. Line ends become LF, so that a string over several lines is the same from Windows and from Linux.
/// </remarks>
public static class SourceText
{
    private static readonly Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly (byte[] Mark, Encoding Encoding)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], StrictUtf8),
        ([0xFF, 0xFE, 0, 0], new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true)), // before UTF-16, whose mark begins alike
        ([0, 0, 0xFE, 0xFF], new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true)),
        ([0xFF, 0xFE], Utf16(bigEndian: false)),
        ([0xFE, 0xFF], Utf16(bigEndian: true)),
    ];

    /// <summary>Decodes a file.</summary>
    /// <returns>The text without a byte order mark, lines ended by LF.</returns>
    /// <exception cref="InvalidDataException">It is no text: a mark promises an encoding that the bytes do not keep, or there is a NUL character.</exception>
    public static string Decode(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        string text = Characters(bytes);
        int nul = text.IndexOf('\0', StringComparison.Ordinal);
        return nul < 0
            ? text.ReplaceLineEndingsWithLf()
            : throw new InvalidDataException(FormattableString.Invariant($"Character {nul + 1} is NUL: this is not the text of a program. Save the file as UTF-8."));
    }

    private static string Characters(byte[] bytes)
    {
        foreach ((byte[] mark, Encoding encoding) in Marks)
        {
            if (bytes.AsSpan().StartsWith(mark))
            {
                return Strictly(encoding, bytes.AsSpan(mark.Length));
            }
        }

        if (Utf16WithoutMark(bytes) is { } utf16)
        {
            return Strictly(utf16, bytes);
        }

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Western.GetString(bytes);
        }
    }

    private static string Strictly(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException(FormattableString.Invariant($"Byte {e.Index + 1} is not {encoding.WebName}, which the file claims to be. Save it as UTF-8."), e);
        }
    }

    /// <summary>Programs are mostly ASCII: in UTF-16 every second byte is then 0, always on the same side.</summary>
    private static Encoding? Utf16WithoutMark(byte[] bytes)
    {
        int[] zeros = new int[2];
        for (int i = 0; i < bytes.Length; i++)
        {
            zeros[i % 2] += bytes[i] == 0 ? 1 : 0;
        }

        int units = bytes.Length / 2;
        bool enough = bytes.Length % 2 == 0 && Math.Max(zeros[0], zeros[1]) * 3 >= units && units > 0;
        return !enough || Math.Min(zeros[0], zeros[1]) > 0 ? null : Utf16(bigEndian: zeros[0] > 0);
    }

    private static UnicodeEncoding Utf16(bool bigEndian) => new(bigEndian, byteOrderMark: false, throwOnInvalidBytes: true);

    // string.ReplaceLineEndings would also touch form feeds and U+2028, which may stand inside a string.
    private static string ReplaceLineEndingsWithLf(this string text) =>
        text.Contains('\r', StringComparison.Ordinal) ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;
}
