using System.Text;

namespace MlOps.Data.Tests;

public class CsvFormTests
{
    [Theory]
    [InlineData("a,b\n1,x\n2,y\n")]
    [InlineData("a,b\r\n1,x\r\n2,y\r\n")]
    [InlineData("a,b\r1,x\r2,y\r")]
    [InlineData("a,b\n1,x\n2,y")]
    [InlineData("a,b\r\n1,x\r\n2,y")]
    [InlineData("a,b\r1,x\r2,y")]
    [InlineData("\uFEFFa,b\n1,x\n2,y\n")]
    [InlineData("\n\na,b\n\n1,x\n\n\n2,y\n\n")]
    [InlineData("\"a\",\"b\"\n\"1\",\"x\"\n\"2\",\"y\"")]
    [InlineData("a,b\n1,x\r\n2,y\r")]
    public void ReadCsv_AnyLineEndBomBlankLineOrQuote_GivesTheSameTable(string text)
    {
        CsvText.AssertEqual(new Table(Column.Of("a", 1L, 2L), Column.Of("b", "x", "y")), CsvText.Read(text));
    }

    [Fact]
    public void ReadCsv_QuotedFields_KeepSeparatorsLineEndsAndDoubledQuotes()
    {
        Table table = CsvText.Read("a,b\n\"x,\"\"y\"\"\nz\",1\n\"\"\"\",2\n");

        CsvText.AssertTexts(["x,\"y\"\nz", "\""], table.Texts("a"));
        Assert.Equal([1.0, 2.0], table.Numbers("b"));
    }

    [Fact]
    public void ReadCsv_QuoteInsideUnquotedField_IsAnOrdinaryCharacter()
    {
        Table table = CsvText.Read("size,n\n5\" pipe,1\n6\",2\n");

        CsvText.AssertTexts(["5\" pipe", "6\""], table.Texts("size"));
    }

    [Fact]
    public void ReadCsv_QuotedEmpty_IsEmptyTextButMissingNumber()
    {
        Table table = CsvText.Read("t,n\n\"\",\"\"\n,\nx,1\n");

        CsvText.AssertTexts(["", null, "x"], table.Texts("t"));
        Assert.Equal([double.NaN, double.NaN, 1], table.Numbers("n"));
        Assert.Equal(typeof(long), table["n"].ValueType);
    }

    [Fact]
    public void ReadCsv_QuotedTokens_AreText()
    {
        CsvText.AssertTexts(["NA", null, "NA", "x"], CsvText.Read("t,u\n\"NA\",1\nNA,1\n\"NA\",1\nx,1\n").Texts("t"));
    }

    [Fact]
    public void ReadCsv_DefaultTokens_AreMissing()
    {
        Table table = CsvText.Read("n,t\n,x\nNA,NA\nN/A,N/A\nNaN,NaN\nnull,null\nNULL,NULL\n7,\n");

        Assert.Equal(6, table["n"].MissingCount);
        Assert.Equal(7, table.Longs("n")[6]);
        Assert.Equal(6, table["t"].MissingCount);
    }

    [Fact]
    public void ReadCsv_OwnTokens_ReplaceTheDefault()
    {
        Table table = CsvText.Read("n,t\n-,NA\n5,\n", new CsvOptions { MissingTokens = ["-"] });

        Assert.Equal([double.NaN, 5], table.Numbers("n"));
        CsvText.AssertTexts(["NA", ""], table.Texts("t"));
    }

    [Fact]
    public void ReadCsv_NaNThatIsNoToken_IsStillAMissingNumber()
    {
        Table table = CsvText.Read("n\nNaN\n5\n", new CsvOptions { MissingTokens = [] });

        Assert.Equal(typeof(double), table["n"].ValueType);
        Assert.Equal(1, table["n"].MissingCount);
    }

    [Fact]
    public void ReadCsv_OneColumn_BlankLineIsAMissingValue()
    {
        Assert.Equal([1, double.NaN, 2], CsvText.Read("n\n1\n\n2\n").Numbers("n"));
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    [InlineData(' ')]
    public void ReadCsv_OtherSeparator_SplitsThere(char separator)
    {
        Table table = CsvText.Read($"a{separator}b\n1,5{separator}2\n", new CsvOptions { Separator = separator });

        CsvText.AssertTexts(["1,5"], table.Texts("a"));
        Assert.Equal(2, table.Longs("b")[0]);
    }

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData('.')]
    [InlineData('5')]
    [InlineData('é')]
    public void ReadCsv_UnusableSeparator_Throws(char separator)
    {
        var error = Assert.Throws<ArgumentException>(() => CsvText.Read("a\n1\n", new CsvOptions { Separator = separator }));
        Assert.Contains("Separator", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadCsv_ChosenColumns_ComeInTheOrderAskedFor()
    {
        Table table = CsvText.Read("a,b,c\n1,\"x,y\",true\n2,z,false\n", new CsvOptions { Columns = ["c", "a"] });

        Assert.Equal(["c", "a"], table.Columns.Select(c => c.Name));
        Assert.Equal([1.0, 2.0], table.Numbers("a"));
    }

    [Fact]
    public void ReadCsv_HeaderOnly_GivesNoRows()
    {
        Table table = CsvText.Read("a,b");

        Assert.Equal(0, table.RowCount);
        Assert.Equal(["a", "b"], table.Columns.Select(c => c.Name));
    }

    [Fact]
    public void ReadCsv_TextBeyondAscii_IsKept()
    {
        CsvText.AssertTexts(["दिवाली", "Zürich", "😀"], CsvText.Read("t\nदिवाली\nZürich\n😀\n").Texts("t"));
    }

    [Fact]
    public void ReadCsv_Levels_AreInOrderOfFirstAppearance()
    {
        Table table = CsvText.ReadInBlocks("t,n\nz,1\na,2\nz,3\nm,4\na,5\nb,6\n", 16);

        Assert.Equal(["z", "a", "m", "b"], table.Strings("t").Levels.ToArray());
        Assert.Equal([0, 1, 0, 2, 1, 3], table.Strings("t").Codes.ToArray());
    }

    [Fact]
    public void ReadCsv_StreamThatCannotSeek_IsReadFromWhereItStands()
    {
        using var zip = new MemoryStream();
        using (var packer = new System.IO.Compression.GZipStream(zip, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
        {
            packer.Write(Encoding.UTF8.GetBytes("a\n1\nx\n"));
        }

        zip.Position = 0;
        using var unpacker = new System.IO.Compression.GZipStream(zip, System.IO.Compression.CompressionMode.Decompress);

        CsvText.AssertTexts(["1", "x"], Table.ReadCsv(unpacker).Texts("a"));
    }

    [Fact]
    public void ReadCsv_StreamNotAtItsStart_IsReadFromWhereItStands()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("skip me\na\n1\nx\n"));
        stream.Position = 8;

        CsvText.AssertTexts(["1", "x"], Table.ReadCsv(stream).Texts("a"));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void ReadCsv_Progress_RisesToOne()
    {
        var shares = new List<double>();
        var text = new StringBuilder("a,b\n");
        for (int i = 0; i < 500_000; i++)
        {
            text.Append("12345,67890\n");
        }

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        Table table = Table.ReadCsv(stream, progress: new Collect(shares));

        Assert.Equal(500_000, table.RowCount);
        Assert.Equal(shares.Order(), shares);
        Assert.Contains(shares, share => share is > 0 and < 1);
        Assert.Equal(1, shares[^1]);
    }

    [Fact]
    public void ReadCsv_Cancelled_Throws()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("a\n1\n"));
        Assert.ThrowsAny<OperationCanceledException>(() => Table.ReadCsv(stream, cancellationToken: new CancellationToken(canceled: true)));
    }

    private sealed class Collect(List<double> shares) : IProgress<double>
    {
        public void Report(double value)
        {
            lock (shares)
            {
                shares.Add(value);
            }
        }
    }
}
