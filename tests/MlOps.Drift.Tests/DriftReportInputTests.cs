using MlOps.Data;

namespace MlOps.Drift.Tests;

/// <summary>Bad input is told with column, side and remedy.</summary>
public sealed class DriftReportInputTests
{
    private static readonly Table Numbers = new(Column.Of("a", 1.0, 2.0), Column.Of("b", 1.0, 2.0));

    [Fact]
    public void Compare_DifferentColumns_ListsThemBothWays()
    {
        var other = new Table(Column.Of("a", 1.0), Column.Of("c", 1.0));

        string message = Refused(Numbers, other);

        Assert.Contains("not in the reference table: c; not in the current table: b", message, StringComparison.Ordinal);
        Assert.Contains("DriftOptions.Columns", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_ChosenColumns_IgnoresTheOthers()
    {
        var other = new Table(Column.Of("a", 1.0), Column.Of("c", 1.0));

        Assert.Equal(["a"], DriftReport.Compare(Numbers, other, new DriftOptions { Columns = ["a"] }).Columns.Select(c => c.Name));
        Assert.Contains("not in the current table: b", Refused(Numbers, other, new DriftOptions { Columns = ["a", "b"] }), StringComparison.Ordinal);
        Assert.Contains("names no column", Refused(Numbers, other, new DriftOptions { Columns = [] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_TypesThatDiffer_NamesColumnAndBothTypes()
    {
        var texts = new Table(Column.Of("a", "x", "y"), Column.Of("b", 1.0, 2.0));

        string message = Refused(Numbers, texts);

        Assert.Contains("'a' is numeric in the reference table but text in the current one", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_InfiniteValues_NamesColumnSideAndCount()
    {
        var infinite = new Table(Column.Of("a", 1.0, 2.0), Column.Of("b", double.PositiveInfinity, double.NegativeInfinity));

        Assert.Contains("'b' of the current table holds 2 infinite values", Refused(Numbers, infinite), StringComparison.Ordinal);
        Assert.Contains("'b' of the reference table", Refused(infinite, Numbers), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_EmptyTable_SaysWhichSide()
    {
        var empty = new Table(Column.Of("a", Array.Empty<double>()), Column.Of("b", Array.Empty<double>()));

        Assert.Contains("current table has no rows", Refused(Numbers, empty), StringComparison.Ordinal);
        Assert.Contains("reference table has no rows", Refused(empty, Numbers), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_NumbersTooLargeToCountBetween_StillGetsAHistogram()
    {
        var table = new Table(Column.Of("id", [.. Enumerable.Range(0, 1000).Select(i => (1L << 60) + i)])); // five different doubles, 256 apart

        BinCounts histogram = DriftReport.Compare(table, table)["id"].Histogram!;

        Assert.Equal(1000, histogram.Reference.Sum());
    }

    [Fact]
    public void Compare_OnlyTimes_SaysWhyNothingIsLeft()
    {
        var times = new Table(Column.Of("t", new DateTime(2024, 1, 1)));

        Assert.Contains("No column can be compared. 't': times", Refused(times, times), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_OptionsThatContradict_SaySo()
    {
        Assert.Contains("must include Psi", Refused(Numbers, Numbers, new DriftOptions { Tests = DriftTests.Wasserstein }), StringComparison.Ordinal);
        Assert.Contains("PsiSignificant must not be below", Refused(Numbers, Numbers, new DriftOptions { PsiModerate = 0.3 }), StringComparison.Ordinal);
        Assert.Equal("Alpha", Assert.Throws<ArgumentOutOfRangeException>(() => new DriftOptions { Alpha = 5 }).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => DriftReport.Compare(Numbers, Numbers, new DriftOptions { MaxDegreeOfParallelism = 0 }));
    }

    private static string Refused(Table reference, Table current, DriftOptions? options = null) =>
        Assert.Throws<ArgumentException>(() => DriftReport.Compare(reference, current, options)).Message;
}
