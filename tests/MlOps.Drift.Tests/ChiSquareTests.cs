namespace MlOps.Drift.Tests;

public sealed class ChiSquareTests
{
    [Fact]
    public void Test_TwoByTwoByHand_EqualsTheClosedForm()
    {
        // N·(ad − bc)² / (row and column totals) = 200·(50·40 − 50·60)² / (100·100·110·90) = 2.0202…; one degree of freedom.
        ChiSquare result = ChiSquare.Test([50, 50], [60, 40]);

        Assert.Equal(200.0 * 1e6 / (100.0 * 100 * 110 * 90), result.Statistic, 1e-12);
        Assert.Equal(1, result.DegreesOfFreedom);
        Assert.Equal(45, result.SmallestExpected);
        Assert.False(result.IsRough);
    }

    [Fact]
    public void Test_NewAndVanishedLevels_AreOrdinaryCells()
    {
        ChiSquare result = ChiSquare.Test([10, 10, 0], [10, 0, 10]);

        Assert.Equal(2, result.DegreesOfFreedom);
        Assert.Equal(20, result.Statistic, 1e-12); // expected 10, 5, 5 on both sides: 4 · 5²/5
        Assert.InRange(result.PValue, 4.5e-5, 4.6e-5); // e^(−10)
    }

    [Fact]
    public void Test_EqualSharesOfUnequalSizes_IsExactlyZero()
    {
        ChiSquare result = ChiSquare.Test([1, 3, 7], [3, 9, 21]);

        Assert.Equal(0, result.Statistic);
        Assert.Equal(1, result.PValue);
        Assert.True(result.IsRough);
    }

    [Fact]
    public void Test_OneLevel_SaysNothingChanged()
    {
        ChiSquare result = ChiSquare.Test([5, 0], [7, 0]);

        Assert.Equal((0, 1.0, 0), (result.Statistic, result.PValue, result.DegreesOfFreedom));
    }

    [Fact]
    public void Test_EmptySide_NamesIt() =>
        Assert.Equal("reference", Assert.Throws<ArgumentException>(() => ChiSquare.Test([0, 0], [1, 2])).ParamName);
}
