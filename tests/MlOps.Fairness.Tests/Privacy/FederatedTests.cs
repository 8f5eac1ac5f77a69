using MlOps.Fairness.Privacy;

namespace MlOps.Fairness.Tests.Privacy;

public sealed class FederatedTests
{
    private static readonly (double[][] X, bool[] Y)[] s_homes = [.. PrivacyReference.Root.GetProperty("federated").GetProperty("clients").EnumerateArray().Select(client => (
        client.GetProperty("x").EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray()).ToArray(),
        client.GetProperty("y").EnumerateArray().Select(value => value.GetBoolean()).ToArray()))];

    private static FederatedClient[] Clients(int epochs) => [.. s_homes.Select((home, i) => LogisticClient.Of($"home {i}", home.X, home.Y, epochs, 0.3))];

    [Fact]
    public void Run_ThreeClients_AgreesWithNumPy()
    {
        FederatedResult result = FederatedAveraging.Run(new double[4], Clients(2), new FederatedOptions { Rounds = 4 });
        double[] expected = [.. PrivacyReference.Root.GetProperty("federated").GetProperty("parameters").EnumerateArray().Select(value => value.GetDouble())];

        Assert.All(expected.Zip(result.Parameters), pair => Assert.Equal(pair.First, pair.Second, 12));
    }

    // One epoch of the whole home a round is gradient descent on all rows together.
    [Fact]
    public void Run_OneEpoch_IsPlainGradientDescent()
    {
        FederatedClient all = LogisticClient.Of("all", [.. s_homes.SelectMany(home => home.X)], [.. s_homes.SelectMany(home => home.Y)], 1, 0.3);
        FederatedResult together = FederatedAveraging.Run(new double[4], [all], new FederatedOptions { Rounds = 6 });
        FederatedResult apart = FederatedAveraging.Run(new double[4], Clients(1), new FederatedOptions { Rounds = 6 });

        Assert.All(together.Parameters.Zip(apart.Parameters), pair => Assert.Equal(pair.First, pair.Second, 12));
    }

    [Fact]
    public void Run_Twice_SameBytes()
    {
        var options = new FederatedOptions { Rounds = 5, ClientShare = 0.67, ClipNorm = 0.5, NoiseMultiplier = 0.4, Seed = 9 };

        Assert.Equal(FederatedAveraging.Run(new double[4], Clients(3), options).Parameters, FederatedAveraging.Run(new double[4], Clients(3), options).Parameters);
    }

    [Fact]
    public void Run_BrokenClients_AreNamedAndLeftOut()
    {
        FederatedClient[] clients = [.. Clients(1)[..1],
            new("throws", 100, (_, _) => throw new IOException("no power")),
            new("NaN", 100, (_, _) => [double.NaN, 0, 0, 0]),
            new("short", 100, (_, _) => [1])];
        FederatedResult result = FederatedAveraging.Run(new double[4], clients, new FederatedOptions { Rounds = 2 });

        Assert.Equal(["throws", "NaN", "short"], result.Rounds[0].Failed.Select(failed => failed.Client));
        Assert.Equal("no power", result.Rounds[0].Failed[0].Reason);
        Assert.Equal(FederatedAveraging.Run(new double[4], Clients(1)[..1], new FederatedOptions { Rounds = 2 }).Parameters, result.Parameters);
    }

    [Fact]
    public void Run_AllBroken_Throws() =>
        Assert.Contains("no power", Assert.Throws<InvalidOperationException>(() => FederatedAveraging.Run([0], [new("a", 1, (_, _) => throw new IOException("no power"))])).Message);

    [Fact]
    public void Run_Clip_BoundsTheStep()
    {
        FederatedResult result = FederatedAveraging.Run([0, 0], [new("far", 1, (_, _) => [30, 40])], new FederatedOptions { Rounds = 1, ClipNorm = 5 });

        Assert.Equal([3.0, 4.0], result.Parameters.Select(value => Math.Round(value, 12)));
        Assert.Equal(5, result.Rounds[0].MeanStep, 12);
    }

    [Fact]
    public void Run_BadInput_IsTold()
    {
        Assert.Throws<ArgumentException>(() => FederatedAveraging.Run([0], []));
        Assert.Throws<ArgumentException>(() => FederatedAveraging.Run([0], [new("a", 1, (w, _) => [.. w]), new("a", 1, (w, _) => [.. w])]));
        Assert.Throws<ArgumentException>(() => FederatedAveraging.Run([0], [new("a", 1, (w, _) => [.. w])], new FederatedOptions { NoiseMultiplier = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FederatedAveraging.Run([0], [new("a", 1, (w, _) => [.. w])], new FederatedOptions { ClientShare = 0 }));
        Assert.Throws<ArgumentException>(() => LogisticClient.Of("a", [[1, double.NaN]], [true]));
    }

    [Fact]
    public void Chart_NeedsScores()
    {
        FederatedResult scored = FederatedAveraging.Run(new double[4], Clients(1), new FederatedOptions { Rounds = 3 }, w => w[0]);

        Assert.Equal(3, scored.Rounds.Count(round => round.Score is not null));
        Assert.NotNull(scored.Chart("first weight"));
        Assert.Throws<InvalidOperationException>(() => FederatedAveraging.Run(new double[4], Clients(1)).Chart("accuracy"));
    }
}
