using System.Text.Json;
using MlOps.Learning.Clustering;
using MlOps.Learning.Tests.References;

namespace MlOps.Learning.Tests.Clustering;

public sealed class KMeansTests
{
    private static readonly Matrix Iris = PrepReferences.Matrix(PrepReferences.All.GetProperty("iris"));
    private static readonly Matrix Wine = PrepReferences.Matrix(PrepReferences.All.GetProperty("wine"));
    private static readonly JsonElement Reference = PrepReferences.All.GetProperty("kmeans");

    [Theory]
    [InlineData("iris", 2)]
    [InlineData("iris", 3)]
    [InlineData("iris", 5)]
    [InlineData("iris", 8)]
    [InlineData("wine", 3)]
    [InlineData("wine", 6)]
    public void Fit_RealData_ReachesTheInertiaOfScikitLearn(string data, int k)
    {
        // scikit-learn 1.2.1, the best of 50 starts: References/prep.py. Three seeds, each within 1 % or better.
        double expected = Reference.GetProperty(data).GetProperty(k.ToString(System.Globalization.CultureInfo.InvariantCulture)).GetDouble();

        for (int seed = 0; seed < 3; seed++)
        {
            KMeansModel model = new KMeans(k, seed: seed).Fit(data == "iris" ? Iris : Wine);
            Assert.InRange(model.Inertia, 0, expected * 1.01); // a little better happens: wine, k = 6
        }
    }

    [Fact]
    public void Fit_Weights_CountAsRepeatedRows()
    {
        // Row i counts 5-fold if i is divisible by 3; the oracles are scikit-learn's sample_weight and the same rows written out.
        double[] weights = [.. Enumerable.Range(0, 150).Select(i => i % 3 == 0 ? 5.0 : 1.0)];
        Matrix repeated = Iris.Take([.. Enumerable.Range(0, 150).SelectMany(i => Enumerable.Repeat(i, i % 3 == 0 ? 5 : 1))]);

        KMeansModel weighted = new KMeans(3, tolerance: 0).Fit(Iris, weights);
        KMeansModel written = new KMeans(3, tolerance: 0).Fit(repeated);

        Assert.Equal(Reference.GetProperty("irisWeighted").GetDouble(), weighted.Inertia, 1e-9);
        Assert.Equal(written.Inertia, weighted.Inertia, 1e-9);
    }

    [Fact]
    public void Fit_AnyData_EndsInAFixedPointOfLloyd()
    {
        // Brute force: each centre is the mean of its rows, each row has the nearest centre, and the inertia is their sum of squares.
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            int n = 50 + random.Next(3000);
            int d = 1 + random.Next(19);
            int k = 1 + random.Next(20);
            var x = new Matrix(n, d, [.. Enumerable.Range(0, n * d).Select(_ => random.NextDouble())]);

            KMeansModel model = new KMeans(k, restarts: 1, maxIterations: 10_000, tolerance: 0, seed: seed).Fit(x);

            Assert.True(model.Converged);
            Assert.Equal(model.Labels, model.Predict(x));
            double inertia = 0;
            for (int i = 0; i < n; i++)
            {
                double[] distances = [.. Enumerable.Range(0, k).Select(c => Enumerable.Range(0, d).Sum(j => Math.Pow(x[i, j] - model.Centers[c, j], 2)))];
                inertia += distances[model.Labels[i]];
                Assert.Equal(distances.Min(), distances[model.Labels[i]], 1e-12);
                Assert.Equal(Math.Sqrt(distances.Min()), model.Distances(x.Take([i])).Values.ToArray().Min(), 1e-12);
            }

            Assert.Equal(inertia, model.Inertia, 1e-9 * inertia);
            for (int c = 0; c < k; c++)
            {
                int[] rows = [.. Enumerable.Range(0, n).Where(i => model.Labels[i] == c)];
                Assert.NotEmpty(rows);
                Assert.Equal(rows.Average(i => x[i, 0]), model.Centers[c, 0], 1e-12);
            }
        }
    }

    [Fact]
    public void Fit_ManyDuplicates_LeavesNoClusterEmpty()
    {
        // 5 different rows, one of them 1,000 times.
        var x = new Matrix(1004, 1, [.. Enumerable.Repeat(1.0, 1000), 2, 3, 4, 5]);

        KMeansModel model = new KMeans(5, restarts: 1).Fit(x);

        Assert.Equal(0, model.Inertia);
        Assert.Equal([1, 2, 3, 4, 5], model.Centers.Values.ToArray().Order());
    }

    [Fact]
    public void Iterate_CentersThatLoseAllRows_GetTheFarthestRow()
    {
        // By hand: both rows of each pair go to the first centre; the second, far away, gets the row farthest from the first.
        var x = new Matrix(4, 1, [0, 1, 10, 11]);
        var run = new LloydRun(x, null, [0.5, 1000]);

        run.Iterate(100, 0, default);

        Assert.Equal([0.5, 10.5], run.Centers.Order());
        Assert.Equal(1, run.Inertia);
    }

    [Fact]
    public void Fit_FarFromTheOrigin_LosesNothing()
    {
        // Shifted by 1e8, where |x|² − 2x·c + |c|² would have no digit left; the shift is exact for halves.
        var near = new Matrix(6, 1, [0, 0.5, 1, 20, 20.5, 21]);
        var far = new Matrix(6, 1, [.. near.Values.ToArray().Select(value => value + 1e8)]);

        Assert.Equal(new KMeans(2).Fit(near).Inertia, new KMeans(2).Fit(far).Inertia, 1e-12);
    }

    [Fact]
    public void Fit_BadInput_SaysWhatIsWrong()
    {
        var x = new Matrix(3, 2, [1, 2, 1, 2, 3, 4]);
        Assert.Contains("at least as many rows", Refusal(() => new KMeans(4).Fit(x)), StringComparison.Ordinal);
        Assert.Contains("only 2 different rows", Refusal(() => new KMeans(3).Fit(x)), StringComparison.Ordinal);
        Assert.Contains("only 1 different rows", Refusal(() => new KMeans(2).Fit(x, [1, 1, 0])), StringComparison.Ordinal);
        Assert.Contains("Row 1 has NaN in column 'x0'", Refusal(() => new KMeans(2).Fit(new Matrix(2, 1, [1, double.NaN]))), StringComparison.Ordinal);
        Assert.Contains("no rows", Refusal(() => new KMeans(2).Fit(new Matrix(0, 1, []))), StringComparison.Ordinal);
        Assert.Contains("squares are not finite", Refusal(() => new KMeans(1).Fit(new Matrix(2, 1, [-1e200, 1e200]))), StringComparison.Ordinal);
        Assert.Contains("fitted on 2 features", Refusal(() => new KMeans(2).Fit(x).Predict(new Matrix(1, 1, [1]))), StringComparison.Ordinal);
        Assert.Equal("clusters", Assert.Throws<ArgumentOutOfRangeException>(() => new KMeans(0)).ParamName);
        Assert.Throws<OperationCanceledException>(() => new KMeans(2).Fit(x, cancellationToken: new CancellationToken(true)));
    }

    private static string Refusal(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
}
