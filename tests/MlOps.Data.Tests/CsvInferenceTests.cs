namespace MlOps.Data.Tests;

public class CsvInferenceTests
{
    [Theory]
    [InlineData("1\n-2\n+3\n007\n", typeof(long))]
    [InlineData("9223372036854775807\n-9223372036854775808\n", typeof(long))]
    [InlineData("9223372036854775808\n1\n", typeof(double))]
    [InlineData("1\n2.5\n", typeof(double))]
    [InlineData("1\n-0\n", typeof(double))]
    [InlineData("1\n1e3\n", typeof(double))]
    [InlineData("Infinity\n-inf\n1\n", typeof(double))]
    [InlineData("1\n1,000\n", null)]
    [InlineData("true\nFALSE\nTrue\n", typeof(bool))]
    [InlineData("true\n1\n", typeof(string))]
    [InlineData("2024-07-01\n2024-02-29\n", typeof(DateTime))]
    [InlineData("2024-07-01T10:20:30\n2024-07-01 10:20:30.125\n2024-07-01T10:20:30Z\n", typeof(DateTime))]
    [InlineData("2023-02-29\n", typeof(string))]
    [InlineData("2024-07-01T24:00:00\n", typeof(string))]
    [InlineData("2024-07-01T10:20\n", typeof(string))]
    [InlineData("2024-07-01\nsoon\n", typeof(string))]
    [InlineData("01/07/2024\n", typeof(string))]
    [InlineData("1\nx\n", typeof(string))]
    [InlineData("\nNA\n", typeof(double))]
    [InlineData("\"\"\n\n", typeof(string))]
    [InlineData(" 5\n6 \n", typeof(long))]
    [InlineData("1_000\n", typeof(string))]
    [InlineData(" 2024-07-01\n2024-07-02 \n", typeof(DateTime))]
    [InlineData(" true\nfalse \n", typeof(bool))]
    [InlineData("0x1F\n", typeof(string))]
    public void ReadCsv_Column_HasTheNarrowestTypeThatHoldsAllValues(string rows, Type? expected)
    {
        if (expected is null)
        {
            CsvText.Refuse("v\n" + rows); // an unquoted thousands separator is a second field
            return;
        }

        Assert.Equal(expected, CsvText.Read("v\n" + rows)["v"].ValueType);
    }

    [Fact]
    public void ReadCsv_LongThenDouble_ConvertsAndKeepsMissing()
    {
        Assert.Equal([1, double.NaN, 9007199254740993.0, 0.5], CsvText.Read("v,w\n1,a\n,a\n9007199254740993,a\n0.5,a\n").Numbers("v"));
    }

    [Fact]
    public void ReadCsv_TextAfterNumbers_KeepsTheSpellingOfTheNumbers()
    {
        CsvText.AssertTexts(["007", "1.50", null, "unknown", "1e3"], CsvText.Read("v,w\n007,1\n1.50,1\n,1\nunknown,1\n1e3,1\n").Texts("v"));
    }

    [Fact]
    public void ReadCsv_TextInALaterBlock_KeepsTheSpellingOfEarlierBlocks()
    {
        string rows = string.Concat(Enumerable.Range(0, 200).Select(i => $"{i:0000},{i}.50,true,2024-01-01,\"\"\n"));
        Table table = CsvText.ReadInBlocks("a,b,c,d,e\n" + rows + "x,x,x,x,x\n", 64);

        CsvText.AssertTexts(["0000", "0001"], table.Texts("a")[..2]);
        Assert.Equal("199.50", table.Texts("b")[199]);
        Assert.Equal("true", table.Texts("c")[0]);
        Assert.Equal("2024-01-01", table.Texts("d")[0]);
        Assert.Equal("", table.Texts("e")[0]);
    }

    [Fact]
    public void ReadCsv_Times_KeepKindAndDecimals()
    {
        Column<DateTime> times = CsvText.Read("t\n2024-11-01\n2024-11-01 18:30:05.1234567\n2024-11-01T18:30:05Z\n").Times("t");

        Assert.Equal(new DateTime(2024, 11, 1), times[0]);
        Assert.Equal(new DateTime(2024, 11, 1, 18, 30, 5).AddTicks(1234567), times[1]);
        Assert.Equal(DateTimeKind.Unspecified, times[1]!.Value.Kind);
        Assert.Equal(DateTimeKind.Utc, times[2]!.Value.Kind);
    }

    [Fact]
    public void ReadCsv_TypeAskedForText_KeepsLeadingZeros()
    {
        CsvText.AssertTexts(["0110", null], CsvText.Read("pin,n\n0110,1\n,2\n", CsvText.As<string>("pin")).Texts("pin"));
    }

    [Fact]
    public void ReadCsv_TypeAskedForDouble_TakesWholeNumbers()
    {
        Assert.Equal([1.0, 2.0], CsvText.Read("n\n1\n2\n", CsvText.As<double>("n")).Doubles("n").Values.ToArray());
    }

    [Fact]
    public void ReadCsv_TypeThatNoColumnHas_Throws()
    {
        var error = Assert.Throws<ArgumentException>(() => CsvText.Read("n\n1\n", CsvText.As<int>("n")));
        Assert.Contains("Int32", error.Message, StringComparison.Ordinal);
        Assert.Contains("'n'", error.Message, StringComparison.Ordinal);
    }
}
