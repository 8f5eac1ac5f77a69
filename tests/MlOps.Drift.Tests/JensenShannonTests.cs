namespace MlOps.Drift.Tests;

public sealed class JensenShannonTests
{
    [Fact]
    public void FromShares_DisjointShares_IsOneBit()
    {
        Assert.Equal(1, JensenShannon.FromShares([1, 0], [0, 1], 2).Distance, 1e-15);
        Assert.Equal(Math.Sqrt(Math.Log(2)), JensenShannon.FromShares([1, 0], [0, 1]).Distance, 1e-15);
    }

    [Fact]
    public void FromShares_WorkedExample_EqualsTheHandCalculation()
    {
        // p = (1, 0), q = (½, ½), m = (¾, ¼): ½·ln(4/3) + ½·(½·ln(2/3) + ½·ln 2). SciPy's documentation gives the distance 0.46450140402245893.
        JensenShannon result = JensenShannon.FromShares([1, 0], [0.5, 0.5]);

        Assert.Equal((0.5 * Math.Log(4.0 / 3)) + (0.25 * Math.Log(2.0 / 3)) + (0.25 * Math.Log(2)), result.Divergence, 1e-15);
        Assert.Equal(0.46450140402245893, result.Distance, 1e-15);
    }

    [Fact]
    public void FromShares_EqualUpToScale_IsZero() => Assert.Equal(0, JensenShannon.FromShares([1, 2, 5], [2, 4, 10]).Distance);

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    public void FromShares_BaseNotAboveOne_Throws(double logBase) =>
        Assert.Equal("logBase", Assert.Throws<ArgumentOutOfRangeException>(() => JensenShannon.FromShares([1], [1], logBase)).ParamName);

    [Fact]
    public void FromShares_NoWeightAtAll_Throws() =>
        Assert.Equal("reference", Assert.Throws<ArgumentException>(() => JensenShannon.FromShares([0, 0], [1, 1])).ParamName);
}
