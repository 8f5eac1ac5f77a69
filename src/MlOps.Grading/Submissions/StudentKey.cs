using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MlOps.Grading.Submissions;

/// <summary>Turns a student's name, which may hold anything, into a name for files.</summary>
/// <remarks>A name of plain ASCII letters, digits, spaces and <c>-_.@+</c> stays as it is. Any other name keeps what it can and gets eight digits
/// of its SHA-256, so that two names never meet: neither <c>é</c> in its two Unicode forms nor <c>a/b</c> and <c>a\b</c>.</remarks>
internal static class StudentKey
{
    private const int ReadableCharacters = 48; // at most 144 bytes of UTF-8 before the digest; file systems allow 255
    private const int DigestCharacters = 8;

    /// <summary>The key of one name, whoever else there is.</summary>
    internal static string Of(string student)
    {
        string readable = Readable(student);
        return readable == student && !IsReserved(readable) ? student : WithDigest(student, DigestCharacters);
    }

    /// <summary>One key a name, for names in their final order: the first of several that differ only in case keeps its plain key.</summary>
    internal static IReadOnlyList<string> OfAll(IEnumerable<string> students)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        List<string> keys = [];
        foreach (string student in students)
        {
            string key = Of(student);
            for (int digits = DigestCharacters; !taken.Add(key); digits += DigestCharacters)
            {
                key = WithDigest(student, digits);
            }

            keys.Add(key);
        }

        return keys;
    }

    private static string WithDigest(string student, int digits)
    {
        string readable = Readable(student);
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(student)))[..digits];
        return (IsReserved(readable) ? "_" : "") + readable + "-" + digest;
    }

    private static string Readable(string student)
    {
        var kept = new StringBuilder();
        foreach (char c in student.AsSpan(0, Math.Min(student.Length, ReadableCharacters)))
        {
            kept.Append(c < 128 ? (char.IsAsciiLetterOrDigit(c) || " -_.@+".Contains(c, StringComparison.Ordinal) ? c : '_') : IsLetter(c) ? c : '_');
        }

        string readable = kept.ToString().TrimStart(' ', '-', '_', '.', '@', '+').TrimEnd(' ', '.');
        return readable.Length == 0 ? "student" : readable.All(char.IsAscii) ? readable : readable + "_"; // never equal to a name that needs a digest
    }

    private static bool IsLetter(char c) =>
        char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Names that Windows keeps for devices, with or without an extension, and <c>index</c>, the page that lists all students.</summary>
    private static bool IsReserved(string name)
    {
        string stem = name.Split('.')[0].TrimEnd().ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL" or "INDEX"
            || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)) && char.IsAsciiDigit(stem[3]));
    }
}
