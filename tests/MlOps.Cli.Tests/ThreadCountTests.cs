namespace MlOps.Cli.Tests;

/// <summary>Equal seeds give equal bytes whatever the number of processors, which only a process of its own can be told.</summary>
public sealed class ThreadCountTests
{
    private const string Data =
        """
        var random = new Random(5);
        var x = new Matrix(6_000, 8, [.. Enumerable.Range(0, 48_000).Select(_ => 3 * random.NextDouble())]);
        var y = Labels.Of(Enumerable.Range(0, x.RowCount).Select(i => x[i, 0] * x[i, 1] > 2 + random.NextDouble()));
        double[] t = [.. Enumerable.Range(0, x.RowCount).Select(i => x[i, 0] - 2 * x[i, 3] + random.NextDouble())];
        string Digest(params IEnumerable<double> values) =>
            Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(values.SelectMany(BitConverter.GetBytes).ToArray()));
        var part = x.Take([.. Enumerable.Range(0, 1_200)]);
        var some = y.Take([.. Enumerable.Range(0, 1_200)]);
        """;

    private static readonly string[] s_fits =
    [
        "Digest(new LinearRegression().Fit(x, t).Coefficients.ToArray())",
        "Digest(new LogisticRegression().Fit(x, y).Coefficients.Values.ToArray())",
        "Digest(new LinearSvm().Fit(part, some).Scores(x).Values.ToArray())",
        "Digest(new RbfSvm().Fit(part, some).Scores(x).Values.ToArray())",
        "Digest(new KNeighborsRegressor().Fit(x, t).Predict(part))",
        "Digest(new RandomForestClassifier(10).Fit(x, y).PredictProbabilities(part).Values.ToArray())",
        "Digest(new GradientBoostingRegressor(rounds: 20).Fit(x, t).Predict(part))",
        "Digest(new IsolationForest(20).Fit(x).Score(part))",
        "Digest(new KMeans(9, restarts: 2, seed: 4).Fit(x).Centers.Values.ToArray())",
        "Digest(new GaussianMixture(3).Fit(part).Means.Values.ToArray())",
        "Digest(new Pca(3).Fit(x).Transform(part).Values.ToArray())",
        "Digest(Silhouette.Of(part, some.Codes).Mean)",
        "Digest(new MlpClassifier(new MlpOptions { Epochs = 2 }).Fit(part, some).PredictProbabilities(part).Values.ToArray())",
    ];

    [Fact]
    public void Fits_OneProcessorOrThree_GiveEqualBytes()
    {
        string[] one = Digests(processors: 1);
        Assert.Equal(s_fits.Length, one.Distinct().Count(digest => digest.Length == 64));
        Assert.Equal(one, Digests(processors: 3));
    }

    private static string[] Digests(int processors)
    {
        using var notebook = new TestNotebook([Data, .. s_fits]);
        CommandResult run = MlopsCommand.Run(
            MlopsCommand.RepositoryRoot,
            ["execute", notebook.Input, "-o", notebook.Output],
            new Dictionary<string, string?> { ["DOTNET_PROCESSOR_COUNT"] = $"{processors}" });
        Assert.True(run.ExitCode == 0, run.Errors);
        return [.. s_fits.Select((_, i) => Assert.Single(notebook.TextsOf(i + 2)).Trim('"'))];
    }
}
