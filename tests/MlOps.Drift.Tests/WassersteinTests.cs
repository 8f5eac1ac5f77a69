namespace MlOps.Drift.Tests;

public sealed class WassersteinTests
{
    [Fact]
    public void Measure_WorkedExample_IsTheMeanWay()
    {
        // {0, 1, 3} to {5, 6, 8}: every value moves by 5.
        Assert.Equal(5, Wasserstein.Measure([0, 1, 3], [5, 6, 8]).Distance, 1e-15);

        // {0, 0} to {0, 1, 1, 1}: three quarters of the mass move by 1.
        Assert.Equal(0.75, Wasserstein.Measure([0, 0], [1, 0, 1, 1]).Distance, 1e-15);
    }

    [Fact]
    public void Measure_EqualDistributionsOfDifferentSizes_IsZero() =>
        Assert.Equal(0, Wasserstein.Measure([1, 2], [2, 1, 1, 2, 2, 1]).Distance);

    [Fact]
    public void Measure_EqualSizes_IsTheMeanDistanceOfSortedPairs()
    {
        double[] a = Samples.Make("heavy", 777, 1, 0);
        double[] b = Samples.Make("signed", 777, 2, 0);
        double expected = a.Order().Zip(b.Order(), (x, y) => Math.Abs(x - y)).Average();

        Assert.Equal(expected, Wasserstein.Measure(a, b).Distance, expected * 1e-12);
    }

    [Fact]
    public void Measure_FurtherApartThanADouble_IsInfinite() =>
        Assert.Equal(double.PositiveInfinity, Wasserstein.Measure([-double.MaxValue], [double.MaxValue]).Distance);

    [Fact]
    public void Measure_EmptySample_NamesIt() =>
        Assert.Equal("current", Assert.Throws<ArgumentException>(() => Wasserstein.Measure([1], [])).ParamName);
}
