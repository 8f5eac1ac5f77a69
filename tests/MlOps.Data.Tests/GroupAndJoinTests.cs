namespace MlOps.Data.Tests;

public class GroupAndJoinTests
{
    private static readonly Table Loans = new(
        Column.Of("tier", "b", "a", null, "b", "a"),
        Column.Of("late", true, false, true, null, false),
        Column.Of("income", 10, 20, 30, double.NaN, 40),
        Column.Of("what", "x", "y", "x", null, "x"));

    [Fact]
    public void GroupBy_Text_GivesSortedGroupsWithMissingLast()
    {
        Table result = Loans.GroupBy("tier").Aggregate(Agg.Count(), Agg.Mean("income"), Agg.Share("late"), Agg.Share("what", "x"));

        Assert.Equal(["tier", "count", "income_mean", "late_share", "what_x_share"], result.Columns.Select(c => c.Name));
        CsvText.AssertTexts(["a", "b", null], result.Texts("tier"));
        Assert.Equal([2, 2, 1], result.Longs("count").Values.ToArray());
        Assert.Equal([30, 10, 30], result.Numbers("income_mean"));
        Assert.Equal([0, 1, 1], result.Numbers("late_share"));
        Assert.Equal([0.5, 1, 1], result.Numbers("what_x_share"));
    }

    [Fact]
    public void Aggregate_NothingPresent_IsMissingButCountsAndSumsAreZero()
    {
        Table result = new Table(Column.Of("g", 1, 1), Column.Of("v", double.NaN, double.NaN)).GroupBy("g")
            .Aggregate(Agg.Count("v"), Agg.Sum("v"), Agg.Mean("v"), Agg.Min("v"), Agg.Max("v"), Agg.Median("v"), Agg.Std("v"), Agg.Distinct("v"));

        Assert.Equal([0, 0, 0], [result.Numbers("v_count")[0], result.Numbers("v_sum")[0], result.Numbers("v_distinct")[0]]);
        foreach (string name in (string[])["v_mean", "v_min", "v_max", "v_median", "v_std"])
        {
            Assert.True(result[name].IsMissing(0), name);
        }
    }

    [Fact]
    public void Aggregate_Sum_DoesNotLoseSmallValuesToLargeOnes()
    {
        // By hand: 1e16 + 1 + 1 − 1e16 = 2, which a plain loop gives as 0.
        Table result = new Table(Column.Of("g", 1, 1, 1, 1), Column.Of("v", 1e16, 1, 1, -1e16)).GroupBy("g").Aggregate(Agg.Sum("v"));
        Assert.Equal(2, result.Numbers("v_sum")[0]);
    }

    [Fact]
    public void Aggregate_InfiniteValues_GiveAnInfiniteSum()
    {
        Table result = new Table(Column.Of("g", 1, 1), Column.Of("v", double.PositiveInfinity, 1)).GroupBy("g").Aggregate(Agg.Sum("v"));
        Assert.Equal(double.PositiveInfinity, result.Numbers("v_sum")[0]);
    }

    [Fact]
    public void Aggregate_As_NamesTheResult()
    {
        Assert.True(Loans.GroupBy("tier").Aggregate(Agg.Mean("income").As("average")).HasColumn("average"));
        Assert.Throws<ArgumentException>(() => Loans.GroupBy("tier").Aggregate(Agg.Count(), Agg.Count()));
        Assert.Equal("income_q90", Agg.Quantile("income", 0.9).Name);
    }

    [Fact]
    public void Aggregate_WrongType_NamesTheColumn()
    {
        Assert.Contains("'what' holds string", Assert.Throws<InvalidOperationException>(() => Loans.GroupBy("tier").Aggregate(Agg.Mean("what"))).Message, StringComparison.Ordinal);
        Assert.Contains("'income' holds double", Assert.Throws<InvalidOperationException>(() => Loans.GroupBy("tier").Aggregate(Agg.Share("income"))).Message, StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => Loans.GroupBy("nothing"));
        Assert.Throws<ArgumentException>(() => Loans.GroupBy());
        Assert.Throws<ArgumentOutOfRangeException>(() => Agg.Quantile("income", 1.1));
    }

    [Fact]
    public void GroupBy_Groups_PartitionTheRows()
    {
        GroupedTable groups = Loans.GroupBy("tier", "late");

        Assert.Equal(Loans.RowCount, Enumerable.Range(0, groups.Count).Sum(i => groups[i].RowCount));
        Assert.Equal([20.0, 40.0], groups[0].Numbers("income"));
        CsvText.AssertTexts(["a", "b", "b", null], groups.Keys.Texts("tier"));
        Assert.Throws<ArgumentOutOfRangeException>(() => groups[4]);
    }

    [Fact]
    public void GroupBy_NoRows_GivesNoGroups()
    {
        Assert.Equal(0, Loans.Head(0).GroupBy("tier").Aggregate(Agg.Count()).RowCount);
    }

    [Fact]
    public void Join_MissingKeys_NeverMatch()
    {
        var left = new Table(Column.Of("k", "a", null, "b"), Column.Of("v", 1, 2, 3));
        var right = new Table(Column.Of("k", null, "a"), Column.Of("w", 10.5, 20.5), Column.Of("t", "x", "y"), Column.Of("b", true, true));

        Assert.Equal([1.0], left.Join(right, "k").Numbers("v"));
        Table outer = left.Join(right, "k", JoinKind.Left);
        Assert.Equal([20.5, double.NaN, double.NaN], outer.Numbers("w"));
        CsvText.AssertTexts(["y", null, null], outer.Texts("t"));
        Assert.Equal(2, outer["b"].MissingCount);
    }

    [Fact]
    public void Join_NameTaken_NeedsASuffix()
    {
        var left = new Table(Column.Of("k", 1, 2), Column.Of("v", 1, 2));
        var right = new Table(Column.Of("k", 2, 3), Column.Of("v", 20, 30));

        Assert.Contains("'v'", Assert.Throws<ArgumentException>(() => left.Join(right, "k")).Message, StringComparison.Ordinal);
        Table joined = left.Join(right, "k", suffix: "_right");
        Assert.Equal(["k", "v", "v_right"], joined.Columns.Select(c => c.Name));
        Assert.Equal([20.0], joined.Numbers("v_right"));
    }

    [Fact]
    public void Join_KeysOfDifferentType_Throws()
    {
        var error = Assert.Throws<ArgumentException>(() => new Table(Column.Of("k", 1)).Join(new Table(Column.Of("k", "1")), "k"));
        Assert.Contains("long on the left and string on the right", error.Message, StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => Loans.Join(new Table(Column.Of("k", 1)), "tier"));
        Assert.Throws<ArgumentException>(() => Loans.Join(Loans, []));
    }
}
