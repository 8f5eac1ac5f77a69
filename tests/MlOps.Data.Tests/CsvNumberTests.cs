using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace MlOps.Data.Tests;

/// <summary>Numbers are read as double.Parse reads them, to the bit; double.Parse is the oracle.</summary>
public class CsvNumberTests
{
    [Theory]
    [InlineData("0.1")]
    [InlineData("-0.0")]
    [InlineData("5.")]
    [InlineData(".5")]
    [InlineData("-.5")]
    [InlineData("+1.5")]
    [InlineData("1e308")]
    [InlineData("1e309")]
    [InlineData("4.9406564584124654E-324")]
    [InlineData("2.2250738585072011e-308")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740993.0")]
    [InlineData("0.000000000000000000000000001")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1.7976931348623157E+308")]
    [InlineData("8.5070591730234615865843651857942052864e37")]
    [InlineData("0.3000000000000000444089209850062616169452667236328125")]
    [InlineData("1844674407370955161.7")]
    public void ReadCsv_AwkwardNumbers_ParseAsDoubleParse(string text)
    {
        double expected = double.Parse(text, CultureInfo.InvariantCulture);
        double actual = CsvText.Read($"v,w\n{text},1\n0.5,1\n").Doubles("v").Values[0];
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));
    }

    [Fact]
    public void ReadCsv_AnyDoubleInAnyForm_ParsesAsDoubleParse()
    {
        string[] forms = ["R", "F0", "F3", "F6", "F15", "F22", "E5", "E16", "G17"];
        Prop.ForAll(ArbMap.Default.ArbFor<double>(), ArbMap.Default.ArbFor<int>(), (value, scale) =>
        {
            double number = double.IsFinite(value) ? value * Math.Pow(10, scale % 12) : value;
            string[] texts = [.. forms.Select(form => number.ToString(form, CultureInfo.InvariantCulture)), "0.5"];
            Table table = CsvText.Read("v,w\n" + string.Concat(texts.Select(text => text + ",1\n")), new CsvOptions { MissingTokens = [] });
            IEnumerable<long> expected = texts.Select(text => BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)));
            return expected.SequenceEqual(table.Doubles("v").Values.ToArray().Select(BitConverter.DoubleToInt64Bits));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void ReadCsv_AnyLong_ParsesAsLongParse()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<long>(), ArbMap.Default.ArbFor<int>(), (value, small) =>
        {
            Table table = CsvText.Read(FormattableString.Invariant($"v,w\n{value},1\n{small},1\n{long.MinValue},1\n"));
            return table.Longs("v").Values.SequenceEqual([value, small, long.MinValue]);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void ReadCsv_OtherCulture_ChangesNothing()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // Built by hand: the project runs in invariant mode, in which named cultures have no data.
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            comma.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = comma;

            Table table = CsvText.Read("v,d\n-1.5,2024-01-02\n");
            Assert.Equal(-1.5, table.Doubles("v")[0]);
            Assert.Equal("v,d\n-1.5,2024-01-02\n", CsvText.Write(table));
            Assert.Contains("-1.5", table.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
