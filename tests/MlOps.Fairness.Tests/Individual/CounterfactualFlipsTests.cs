using MlOps.Data;
using MlOps.Fairness.Individual;

namespace MlOps.Fairness.Tests.Individual;

public sealed class CounterfactualFlipsTests
{
    private static readonly Table s_people = new(
        Column.Of("gender", new[] { "f", "m", "f", "m", null }),
        Column.Of("income", 10.0, 10.0, 30.0, 20.0, 50.0));

    // A rule that asks women for 25 and men for 15.
    private static bool[] Unfair(Table table) => [.. Enumerable.Range(0, table.RowCount).Select(i => table.Doubles("income")[i] >= (table.Strings("gender")[i] == "f" ? 25 : 15))];

    [Fact]
    public void Of_RuleThatLooksAtTheColumn_AsByHand()
    {
        var flips = CounterfactualFlips.Of(Unfair, s_people, "gender");

        // By hand: of four people with a gender only row 3 (a man with 20) would be decided upon differently.
        Assert.Equal(new Rate(1, 4), flips.FlipRate);
        Assert.Equal(new FlippedRow(3, "m", "f", 1, 0), Assert.Single(flips.Flips));
        Assert.Equal([new FlipCount("f", "m", 2, 0, 0, 0, 0), new FlipCount("m", "f", 2, 0, 1, -0.5, 0.5)], flips.ByChange);
        Assert.Equal(1, flips.MissingCount);
        Assert.Contains("1 of 4 people", flips.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RuleThatDoesNotLook_NeverFlips()
    {
        var flips = CounterfactualFlips.Of(table => Array.ConvertAll(table.Numbers("income"), income => income > 15), s_people, "gender");

        Assert.Equal(0, flips.FlipRate.Value);
        Assert.Contains("look for proxies", flips.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Scores_GiveTheMeanChangeToo()
    {
        var people = new Table(Column.Of("band", 1L, 2L, 3L, 1L));
        var flips = CounterfactualFlips.Of(table => Array.ConvertAll(table.Numbers("band"), band => band / 4), people, "band");

        // By hand: from 1 to 2 every score rises by 0.25 and reaches 0.5; from 2 to 3 it rises and flips nothing.
        FlipCount up = flips.ByChange.Single(change => (change.From, change.To) == ("1", "2"));
        Assert.Equal(new FlipCount("1", "2", 2, 2, 0, 0.25, 0.25), up);
        Assert.Equal(0, flips.ByChange.Single(change => (change.From, change.To) == ("2", "3")).Rate.Value);
        Assert.Equal(6, flips.ByChange.Count);
        Assert.Equal(1, flips.FlipRate.Value);
    }

    [Fact]
    public void Of_ModelIsCalledOnceForTheTableAndOnceAValue()
    {
        int calls = 0;
        CounterfactualFlips.Of(table =>
        {
            calls++;
            return new double[table.RowCount];
        }, s_people, "gender");

        Assert.Equal(3, calls);
    }

    [Fact]
    public void Of_BadModelOrColumn_IsToldWhere()
    {
        ArgumentException nan = Assert.Throws<ArgumentException>(() => CounterfactualFlips.Of(
            table => [.. Enumerable.Range(0, 5).Select(i => i == 2 && table.Strings("gender")[i] == "m" ? double.NaN : 0)], s_people, "gender"));
        Assert.Contains("NaN for row 2 with 'gender' set to 'm'", nan.Message, StringComparison.Ordinal);
        Assert.Contains("1 scores for 5 rows", Assert.Throws<ArgumentException>(() => CounterfactualFlips.Of(_ => new double[1], s_people, "gender")).Message, StringComparison.Ordinal);
        Assert.Equal("column", Assert.Throws<ArgumentException>(() => CounterfactualFlips.Of(Unfair, new Table(Column.Of("gender", "f", "f"), Column.Of("income", 1.0, 2.0)), "gender")).ParamName);
        Assert.Throws<KeyNotFoundException>(() => CounterfactualFlips.Of(Unfair, s_people, "caste"));
    }
}
