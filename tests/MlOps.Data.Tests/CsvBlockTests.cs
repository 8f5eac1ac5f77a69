using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace MlOps.Data.Tests;

/// <summary>The size of the blocks and the number of workers decide nothing.</summary>
public class CsvBlockTests
{
    private static readonly string[] Values =
    [
        "", "1", "-7", "2.5", "true", "2024-01-01", "x", "NA", "\"\"", "\"NA\"", "\"a,b\"", "\"line\nbreak\"", "\"line\r\nbreak\"",
        "\"\"\"quoted\"\"\"", "5\"", "ü", "9223372036854775808", "-0",
    ];

    [Fact]
    public void ReadCsv_AnyBlockSize_GivesTheSameTable()
    {
        Gen<string> line = Gen.Elements(Values).ArrayOf(3).Select(fields => string.Join(',', fields));
        Gen<string> text =
            from lines in line.ListOf()
            from end in Gen.Elements("\n", "\r\n", "\r")
            from last in Gen.Elements(true, false)
            select "a,b,c" + end + string.Join(end, lines) + (last ? end : "");

        Prop.ForAll(text.ToArbitrary(), Gen.Choose(2, 60).ToArbitrary(), (csv, size) =>
        {
            CsvText.AssertEqual(CsvText.Read(csv), CsvText.ReadInBlocks(csv, size));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void ReadCsv_OneTypeWithLateWidening_GivesTheSameTableForAnyBlockSize()
    {
        // Each column keeps one kind for long and then leaves it, which is where blocks disagree about a column.
        var text = new StringBuilder("a,b,c,d,e\n");
        for (int i = 0; i < 400; i++)
        {
            text.Append(i).Append(',').Append(i < 300 ? "1" : "0.5").Append(',').Append(i < 390 ? "true" : "maybe")
                .Append(',').Append(i < 200 ? "" : "2024-01-01").Append(',').Append(i < 350 ? "" : "\"\"").Append('\n');
        }

        Table whole = CsvText.Read(text.ToString());
        Assert.Equal(
            [typeof(long), typeof(double), typeof(string), typeof(DateTime), typeof(string)],
            whole.Columns.Select(c => c.ValueType));
        foreach (int size in (int[])[8, 50, 333, 1000])
        {
            CsvText.AssertEqual(whole, CsvText.ReadInBlocks(text.ToString(), size));
        }
    }

    [Fact]
    public void ReadCsv_RowLongerThanABlock_IsReadWhole()
    {
        string longText = new('x', 10_000);
        Table table = CsvText.ReadInBlocks($"a,b\n1,{longText}\n2,\"{longText}\n{longText}\"\n3,y\n", 64);

        CsvText.AssertTexts([longText, longText + "\n" + longText, "y"], table.Texts("b"));
    }

    [Fact]
    public void ReadCsv_ManyDistinctTexts_KeepsEachInItsRow()
    {
        var text = new StringBuilder("id,n\n");
        for (int i = 0; i < 300_000; i++)
        {
            text.Append("id-").Append(i).Append(',').Append(i).Append('\n');
        }

        Table table = CsvText.Read(text.ToString());
        Assert.Equal(300_000, table.Strings("id").Levels.Length);
        for (int i = 0; i < 300_000; i += 997)
        {
            Assert.Equal(FormattableString.Invariant($"id-{i}"), table.Strings("id")[i]);
        }
    }
}
