using System.Text;

namespace MlOps.Data.Tests;

public class CsvErrorTests
{
    [Fact]
    public void ReadCsv_RaggedRow_NamesLineAndBothCounts()
    {
        CsvException few = CsvText.Refuse("a,b,c\n1,2,3\n\n1,2\n");
        Assert.Equal(4, few.Line);
        Assert.Equal("stream, line 4: the row has 2 fields, the header has 3.", few.Message);

        CsvException many = CsvText.Refuse("a,b\n1,2\n1,2,3,4\n");
        Assert.Equal("stream, line 3: the row has 4 fields, the header has 2.", many.Message);
    }

    [Fact]
    public void ReadCsv_RowAfterQuotedLineEnds_IsCountedInLinesOfTheFile()
    {
        Assert.Equal(6, CsvText.Refuse("a,b\n\"x\ny\r\nz\",1\n2,2\n5\n").Line);
        Assert.Equal(3, CsvText.Refuse("a,b\n1,2\n\"x\ny\nz\"\n5,5\n").Line);
    }

    [Fact]
    public void ReadCsv_FaultsInSeveralBlocks_ReportsTheFirstOfTheFile()
    {
        var text = new StringBuilder("a,b\n");
        for (int i = 0; i < 1000; i++)
        {
            text.Append(i is 700 or 800 or 900 ? "only one\n" : "1,2\n");
        }

        CsvException error = Assert.Throws<CsvException>(() => CsvText.ReadInBlocks(text.ToString(), 32));
        Assert.Equal(702, error.Line);
    }

    [Fact]
    public void ReadCsv_DuplicateName_IsRefused()
    {
        CsvException error = CsvText.Refuse("a,b,a\n1,2,3\n");
        Assert.Equal(("a", 1L), (error.Column, error.Line));
        Assert.Contains("columns 1 and 3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,,c\n1,2,3\n", "column 2 of 3")]
    [InlineData("a,b,\n1,2,\n", "column 3 of 3")]
    [InlineData("a,\" \"\n1,2\n", "column 2 of 2")]
    public void ReadCsv_EmptyName_IsRefused(string text, string place)
    {
        Assert.Contains(place, CsvText.Refuse(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadCsv_ValueOfAnotherTypeThanAskedFor_NamesLineColumnAndValue()
    {
        CsvException error = CsvText.Refuse("n,m\n1,1\n2,1\nx2,1\n", CsvText.As<long>("n"));

        Assert.Equal(("n", 4L), (error.Column, error.Line));
        Assert.Equal("stream, line 4, column 'n': 'x2' is not a whole number in the range of long, the type asked for.", error.Message);
        Assert.Equal(2, CsvText.Refuse("n,m\n1.5,1\n", CsvText.As<long>("n")).Line);
        Assert.Equal(2, CsvText.Refuse("n,m\n1,yes\n", CsvText.As<bool>("m")).Line);
        Assert.Equal(2, CsvText.Refuse("n,m\n1,1 May\n", CsvText.As<DateTime>("m")).Line);
    }

    [Fact]
    public void ReadCsv_UnclosedQuote_NamesTheLineWhereItOpens()
    {
        CsvException error = CsvText.Refuse("a,b\n1,2\n3,\"open\n5,6\n7,8\n");
        Assert.Equal(("b", 3L), (error.Column, error.Line));
        Assert.Contains("never closed", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, CsvText.Refuse("a,\"b\n1,2\n").Line);
    }

    [Fact]
    public void ReadCsv_TextAfterClosingQuote_IsRefused()
    {
        CsvException error = CsvText.Refuse("a,b\n1,\"x\"y\n");
        Assert.Equal(("b", 2L), (error.Column, error.Line));
        Assert.Contains("closing quote", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadCsv_RowBeyondTheLimit_IsRefusedInsteadOfFillingMemory()
    {
        byte[] text = new byte[140 << 20];
        text.AsSpan().Fill((byte)'x');
        "a\n1\n\""u8.CopyTo(text);
        using var stream = new MemoryStream(text);

        var error = Assert.Throws<CsvException>(() => Table.ReadCsv(stream));
        Assert.Equal(3, error.Line);
        Assert.Contains("64 MiB; is a quote not closed?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n\n")]
    [InlineData("\uFEFF")]
    public void ReadCsv_EmptyFile_SaysSo(string text)
    {
        Assert.Contains("empty", CsvText.Refuse(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadCsv_MissingFile_NamesThePath()
    {
        CsvException error = Assert.Throws<CsvException>(() => Table.ReadCsv("no/such/file.csv"));
        Assert.Equal("no/such/file.csv", error.Path);
        Assert.Contains("no such file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadCsv_Folder_SaysSo()
    {
        CsvException error = Assert.Throws<CsvException>(() => Table.ReadCsv(Path.GetTempPath()));
        Assert.Contains("folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadCsv_NulBytes_AreBinary()
    {
        CsvException inFirstLines = CsvText.Refuse("a,b\n1,\0\n");
        Assert.Contains("NUL", inFirstLines.Message, StringComparison.Ordinal);

        string text = "a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 50_000)) + "1,\0\n";
        Assert.Equal(50_002, CsvText.Refuse(text).Line);
    }

    [Fact]
    public void ReadCsv_Utf16_SaysHowToSave()
    {
        using var stream = new MemoryStream([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("a,b\n1,2\n")]);
        var error = Assert.Throws<CsvException>(() => Table.ReadCsv(stream));
        Assert.Contains("UTF-16", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadCsv_BytesThatAreNotUtf8_AreRefusedWithTheirPlace()
    {
        using var stream = new MemoryStream([.. "a,b\n1,x\n2,"u8, 0xE9, .. "t\n"u8]); // Latin-1 é
        var error = Assert.Throws<CsvException>(() => Table.ReadCsv(stream));
        Assert.Equal(("b", 3L), (error.Column, error.Line));
        Assert.Contains("UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadCsv_UnknownColumnInOptions_ListsTheColumns()
    {
        CsvException subset = CsvText.Refuse("a,b\n1,2\n", new CsvOptions { Columns = ["c"] });
        Assert.Equal("c", subset.Column);
        Assert.Contains("There are: a, b.", subset.Message, StringComparison.Ordinal);
        Assert.Equal("c", CsvText.Refuse("a,b\n1,2\n", CsvText.As<long>("c")).Column);
    }

    [Fact]
    public void ReadCsv_LongValueInAMessage_IsCutShort()
    {
        string message = CsvText.Refuse("n\n" + new string('x', 5000) + "\n", CsvText.As<long>("n")).Message;
        Assert.InRange(message.Length, 60, 200);
    }
}
