using MlOps.Data;
using MlOps.Learning.Preprocessing;

namespace MlOps.Learning.Tests.Preprocessing;

public sealed class PipelineAutoTests
{
    private static readonly Table Mixed = Make(60);

    [Fact]
    public void Auto_MixedTable_UsesWhatItCanAndListsTheRest()
    {
        Pipeline pipeline = Pipeline.Auto(Mixed, "y");

        FittedPipeline fitted = pipeline.Fit(Mixed);
        Assert.Equal(["amount", "few", "count", "city", "owner"], fitted.InputColumns.Select(column => column.Name));
        Assert.Equal(["row", "constant", "empty", "when", "name", "customer_id"], pipeline.LeftOut.Select(column => column.Name));
        Assert.All(fitted.Transform(Mixed).Values.ToArray(), value => Assert.True(double.IsFinite(value)));
        Assert.Contains("numbers the rows", pipeline.LeftOut[0].Reason, StringComparison.Ordinal);
        Assert.Contains("different texts in 60 rows", pipeline.LeftOut[4].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Auto_MissingCityAndNumber_GetCategoryAndMedian()
    {
        FittedPipeline fitted = Pipeline.Auto(Mixed, "y").Fit(Mixed);
        Table blank = Mixed.With(Column.Of("city", new string?[60]), Column.Of("amount", new double?[60]));

        Matrix x = fitted.Transform(blank);

        int missing = x.ColumnNames.ToList().IndexOf("city=missing");
        Assert.Equal(1, x[0, missing]);
        Assert.Equal(x[0, 0], x[59, 0]);
    }

    [Fact]
    public void Auto_MoreCategoriesThanAllowed_LeavesTheTextOut() =>
        Assert.Contains("more than 2", Pipeline.Auto(Mixed, "y", maxCategories: 2).LeftOut.Single(column => column.Name == "city").Reason, StringComparison.Ordinal);

    [Fact]
    public void Auto_BadTable_SaysWhatIsWrong()
    {
        Assert.Equal("label", Assert.Throws<ArgumentException>(() => Pipeline.Auto(Mixed, "z")).ParamName);
        Assert.Equal("table", Assert.Throws<ArgumentException>(() => Pipeline.Auto(Mixed.Rows(0..0), "y")).ParamName);
        Table useless = Mixed.Select("constant", "y");
        Assert.Contains("'constant': it is constant", Assert.Throws<ArgumentException>(() => Pipeline.Auto(useless, "y").Fit(useless)).Message, StringComparison.Ordinal);
    }

    private static Table Make(int n)
    {
        int[] rows = [.. Enumerable.Range(0, n)];
        return new Table(
            Column.Of("row", [.. rows.Select(i => (long)((i * 7) % n))]),
            Column.Of("amount", [.. rows.Select(i => i % 5 == 0 ? (double?)null : i * 1.5)]),
            Column.Of("few", [.. rows.Select(i => (long)(i % 3))]),
            Column.Of("count", [.. rows.Select(i => (long)i * i * i)]), // whole, all different, but far apart
            Column.Of("constant", [.. rows.Select(_ => 3.0)]),
            Column.Of("empty", new double?[n]),
            Column.Of("when", [.. rows.Select(i => new DateTime(2026, 1, 1).AddDays(i))]),
            Column.Of("city", [.. rows.Select(i => i % 4 == 0 ? null : "city " + (i % 4))]),
            Column.Of("name", [.. rows.Select(i => (string?)("name " + i))]),
            Column.Of("customer_id", [.. rows.Select(i => (string?)("C" + i))]),
            Column.Of("owner", [.. rows.Select(i => (bool?)(i % 2 == 0))]),
            Column.Of("y", [.. rows.Select(i => (long)(i % 2))]));
    }
}
