namespace MlOps.Data.Tests;

/// <summary>Numbers against pandas 1.5.3; Reference/make_reference.py made the files.</summary>
public class ReferenceTests
{
    private const double Tolerance = 1e-12; // relative; both sides round each step once

    private static readonly Table Mixed = Table.ReadCsv(Repository.Reference("mixed.csv"));

    [Fact]
    public void Describe_Numbers_ConsistentWithPandas()
    {
        Table expected = Table.ReadCsv(Repository.Reference("describe.csv"));
        Table actual = Mixed.Select("x", "k", "big").Describe();

        foreach (string statistic in (string[])["count", "mean", "std", "min", "25%", "50%", "75%", "max"])
        {
            AssertClose(expected.Numbers(statistic), actual.Numbers(statistic));
        }
    }

    [Fact]
    public void GroupBy_TwoKeysWithMissing_ConsistentWithPandas()
    {
        Table expected = Table.ReadCsv(Repository.Reference("groupby.csv"));
        Table actual = Mixed.GroupBy("tier", "flag").Aggregate(
            Agg.Count(), Agg.Count("x"), Agg.Mean("x"), Agg.Sum("x"), Agg.Min("x"), Agg.Max("x"), Agg.Std("x"), Agg.Median("x"),
            Agg.Quantile("x", 0.9), Agg.Distinct("k"), Agg.Std("big"));

        Assert.Equal(expected.Columns.Select(c => c.Name), actual.Columns.Select(c => c.Name));
        CsvText.AssertTexts(expected.Texts("tier"), actual.Texts("tier"));
        Assert.Equal(expected.Bools("flag").Values.ToArray(), actual.Bools("flag").Values.ToArray());
        foreach (Column column in expected.Columns.Skip(2))
        {
            AssertClose(expected.Numbers(column.Name), actual.Numbers(column.Name));
        }
    }

    [Fact]
    public void OrderBy_TextThenNumberDescending_ConsistentWithPandas()
    {
        Table actual = Mixed.With(Column.Of("index", [.. Enumerable.Range(0, Mixed.RowCount)])).OrderBy("tier", SortKey.Descending("x"));
        Assert.Equal(Table.ReadCsv(Repository.Reference("orderby.csv")).Numbers("index"), actual.Numbers("index"));
    }

    [Theory]
    [InlineData(JoinKind.Inner, "join_inner.csv")]
    [InlineData(JoinKind.Left, "join_left.csv")]
    public void Join_ManyToManyOnTwoKeys_ConsistentWithPandas(JoinKind kind, string file)
    {
        Table actual = Table.ReadCsv(Repository.Reference("left.csv")).Join(Table.ReadCsv(Repository.Reference("right.csv")), ["id", "part"], kind);
        Table expected = Table.ReadCsv(Repository.Reference(file));

        Assert.Equal(expected.Columns.Select(c => c.Name), actual.Columns.Select(c => c.Name));
        Assert.Equal(expected.Numbers("v"), actual.Numbers("v"));
        Assert.Equal(expected.Numbers("w"), actual.Numbers("w"));
        CsvText.AssertTexts(expected.Texts("part"), actual.Texts("part"));
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (double.IsNaN(expected[i]))
            {
                Assert.True(double.IsNaN(actual[i]));
                continue;
            }

            Assert.Equal(expected[i], actual[i], Tolerance * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
