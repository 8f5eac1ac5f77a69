using System.Text;
using MlOps.Grading.Submissions;

namespace MlOps.Grading.Tests.Submissions;

public class SourceTextTests
{
    private const string Program = "// Zoë 🙂 प\nclass A { string S = \"שלום\"; }\n";

    public static TheoryData<string, Encoding, bool> Encodings => new()
    {
        { "utf-8", new UTF8Encoding(true), true },
        { "utf-8 without mark", new UTF8Encoding(false), false },
        { "utf-16 le", Encoding.Unicode, true },
        { "utf-16 be", Encoding.BigEndianUnicode, true },
        { "utf-16 le without mark", Encoding.Unicode, false },
        { "utf-16 be without mark", Encoding.BigEndianUnicode, false },
        { "utf-32 le", Encoding.UTF32, true },
        { "utf-32 be", new UTF32Encoding(true, true), true },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Decode_EveryUnicodeEncoding_IsTheSameText(string name, Encoding encoding, bool mark)
    {
        byte[] bytes = [.. mark ? encoding.Preamble : [], .. encoding.GetBytes(Program)];

        Assert.True(Program == SourceText.Decode(bytes), name);
    }

    [Theory]
    [InlineData("a\r\nb\r\n", "a\nb\n")]
    [InlineData("a\rb\r", "a\nb\n")]
    [InlineData("a\nb", "a\nb")]
    [InlineData("a\r\n\rb\n\n", "a\n\nb\n\n")]
    [InlineData("", "")]
    public void Decode_EveryLineEnd_IsLf(string text, string expected) => Assert.Equal(expected, SourceText.Decode(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Decode_WesternWindowsFile_IsReadAsTheCompilerReadsIt()
    {
        // Windows-1252: 0xEB is ë, 0x85 is … (in Latin-1 it would be a line end inside the comment), 0x80 is €.
        Assert.Equal("// Zoë… €\nclass A;", SourceText.Decode([.. "// Zo"u8, 0xEB, 0x85, (byte)' ', 0x80, .. "\nclass A;"u8]));
    }

    [Fact]
    public void Decode_NulOrBrokenEncoding_IsAClearError()
    {
        Assert.Equal("Character 6 is NUL: this is not the text of a program. Save the file as UTF-8.", Refused([.. "class"u8, 0, .. "A; // long enough that one zero is no sign of UTF-16"u8]));
        Assert.Contains("is NUL", Refused([0x4D, 0x5A, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xFF, 0xFF, 0, 0]), StringComparison.Ordinal); // the start of a Windows program
        Assert.Contains("is not utf-8", Refused([0xEF, 0xBB, 0xBF, 0xFF]), StringComparison.Ordinal);
        Assert.Contains("is not utf-16", Refused([0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00]), StringComparison.Ordinal); // half a surrogate pair
        Assert.Contains("is not utf-16", Refused([0xFF, 0xFE, 0x41]), StringComparison.Ordinal); // half a character
    }

    private static string Refused(byte[] bytes) => Assert.Throws<InvalidDataException>(() => SourceText.Decode(bytes)).Message;
}
