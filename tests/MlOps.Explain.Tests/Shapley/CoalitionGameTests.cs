using FsCheck;
using FsCheck.Fluent;
using MlOps.Explain.Shapley;

namespace MlOps.Explain.Tests.Shapley;

public sealed class CoalitionGameTests
{
    private static readonly Gen<double[]> Games = Gen.Choose(-1000, 1000).Select(n => n / 8.0).ArrayOf(16);

    /// <summary>By hand. One glove game: player 0 has a left glove, 1 and 2 have right ones, a pair earns 1: 2/3, 1/6, 1/6 (a textbook result).</summary>
    [Fact]
    public void ShapleyValues_GloveGame_EqualTheTextbook() =>
        BruteForce.Equal([2 / 3.0, 1 / 6.0, 1 / 6.0], CoalitionGame.ShapleyValues(3, mask => (mask & 1) != 0 && (mask & 6) != 0 ? 1 : 0), 1e-15);

    [Fact]
    public void ShapleyValues_OnePlayer_GetsAll() => Assert.Equal([3.5], CoalitionGame.ShapleyValues(1, mask => mask == 0 ? 1.5 : 5));

    /// <summary>Oracle: all orders of arrival.</summary>
    [Fact]
    public void ShapleyValues_AnyGame_EqualTheMeanOverAllOrders() => Prop.ForAll(Games.ToArbitrary(), game =>
    {
        double[] expected = BruteForce.Values(4, known => game[known.Select((yes, i) => yes ? 1 << i : 0).Sum()]);
        BruteForce.Equal(expected, CoalitionGame.ShapleyValues(4, mask => game[mask]), 1e-10);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ShapleyValues_SumOfGames_AreTheSums() => Prop.ForAll(Games.ToArbitrary(), Games.ToArbitrary(), (a, b) =>
    {
        double[] sums = [.. CoalitionGame.ShapleyValues(4, mask => a[mask]).Zip(CoalitionGame.ShapleyValues(4, mask => b[mask]), (x, y) => (2 * x) + y)];
        BruteForce.Equal(sums, CoalitionGame.ShapleyValues(4, mask => (2 * a[mask]) + b[mask]), 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ShapleyValues_PlayerWhoAddsNothing_GetsNothing() => Prop.ForAll(Games.ToArbitrary(), game =>
        CoalitionGame.ShapleyValues(4, mask => game[mask & ~4])[2] == 0).QuickCheckThrowOnFailure();

    [Fact]
    public void ShapleyValues_EqualPlayers_GetTheSame() => Prop.ForAll(Games.ToArbitrary(), game =>
    {
        double[] shares = CoalitionGame.ShapleyValues(4, mask => game[(mask & 12) + int.PopCount(mask & 3)]);
        return Math.Abs(shares[0] - shares[1]) < 1e-10;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(21)]
    public void ShapleyValues_PlayersOutOfRange_AreRefused(int players) =>
        Assert.Equal("players", Assert.Throws<ArgumentOutOfRangeException>(() => CoalitionGame.ShapleyValues(players, _ => 0)).ParamName);

    [Fact]
    public void ShapleyValues_NaN_NamesTheCoalition() =>
        Assert.Contains("players 0, 2", Assert.Throws<InvalidOperationException>(() => CoalitionGame.ShapleyValues(3, mask => mask == 5 ? double.NaN : 0)).Message);
}
