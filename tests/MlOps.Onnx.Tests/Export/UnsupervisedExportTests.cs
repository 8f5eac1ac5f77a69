using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using MlOps.Learning;
using MlOps.Learning.Clustering;
using MlOps.Learning.Decomposition;

namespace MlOps.Onnx.Tests.Export;

/// <summary>Real ONNX Runtime on clusterings and decompositions of unscaled data; the C# models are the oracle.</summary>
public sealed class UnsupervisedExportTests
{
    // Three clouds, features of very different size, far from the origin: where single precision alone would fail.
    private static readonly Matrix Raw = Make(600);
    private static readonly Matrix Rounded = new(Raw.RowCount, Raw.ColumnCount, [.. Raw.Values.ToArray().Select(value => (double)(float)value)]);

    [Fact]
    public void Export_KMeans_GivesTheSameGroups()
    {
        KMeansModel model = new KMeans(7).Fit(Raw);

        foreach (Matrix x in new[] { Rounded, Raw })
        {
            Assert.Equal(model.Predict(x), Groups(OnnxExport.Export(model), x));
        }
    }

    [Theory]
    [InlineData(CovarianceType.Full)]
    [InlineData(CovarianceType.Diagonal)]
    public void Export_GaussianMixture_GivesTheSameGroupsAndProbabilities(CovarianceType covariance)
    {
        GaussianMixtureModel model = new GaussianMixture(3, covariance, regularization: 1e-3).Fit(Raw);
        OnnxFile file = OnnxExport.Export(model);
        using var onnx = OnnxModel.Open(file);

        foreach (Matrix x in new[] { Rounded, Raw })
        {
            Assert.Equal(model.Predict(x), Groups(file, x));
            Close(model.PredictProbabilities(x).Values, onnx.Run(x, "probabilities").Values);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Export_Pca_GivesTheSameScores(bool whiten)
    {
        PcaModel model = new Pca(3, whiten).Fit(Raw);
        using var onnx = OnnxModel.Open(OnnxExport.Export(model));

        foreach (Matrix x in new[] { Rounded, Raw })
        {
            Close(model.Transform(x).Values, onnx.Run(x, "features").Values);
        }
    }

    [Fact]
    public void Export_MatrixFactorization_GivesTheSameRatingsAlsoForUnknownOnes()
    {
        var random = new Random(1);
        Labels users = new([.. Enumerable.Range(0, 500).Select(_ => random.Next(20))], [.. Enumerable.Range(0, 20).Select(u => "u" + u)]);
        Labels items = new([.. Enumerable.Range(0, 500).Select(_ => random.Next(30))], [.. Enumerable.Range(0, 30).Select(i => "i" + i)]);
        MatrixFactorizationModel model = new MatrixFactorization(4).Fit(users, items, [.. Enumerable.Range(0, 500).Select(_ => 1 + (4 * random.NextDouble()))]);
        long[] userCodes = [.. Enumerable.Range(-1, 21).SelectMany(u => Enumerable.Repeat((long)u, 31))];
        long[] itemCodes = [.. Enumerable.Range(0, 21).SelectMany(_ => Enumerable.Range(-1, 31)).Select(i => (long)i)];

        using var session = new InferenceSession(OnnxExport.Export(model).ToByteArray());
        using OrtValue user = OrtValue.CreateTensorValueFromMemory(userCodes, [userCodes.Length]);
        using OrtValue item = OrtValue.CreateTensorValueFromMemory(itemCodes, [itemCodes.Length]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, ["user", "item"], [user, item], ["prediction"]);

        Close([.. userCodes.Select((u, i) => model.Predict((int)u, (int)itemCodes[i]))], Array.ConvertAll(results[0].GetTensorDataAsSpan<float>().ToArray(), value => (double)value));
    }

    private static Matrix Make(int n)
    {
        var random = new Random(7);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Matrix.FromRows([.. Enumerable.Range(0, n).Select(i => new[] { 100 + (i % 3 * 40) + (15 * Normal()), 0.1 + (0.02 * Normal()) + (i % 3 * 0.03), 50 + (9 * Normal()), (i % 3) - (0.4 * Normal()) })]);
    }

    private static int[] Groups(OnnxFile file, Matrix x)
    {
        using var session = new InferenceSession(file.ToByteArray());
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(x.Values.ToArray(), value => (float)value), [x.RowCount, x.ColumnCount]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, ["x"], [input], ["cluster"]);
        return Array.ConvertAll(results[0].GetTensorDataAsSpan<long>().ToArray(), value => (int)value);
    }

    private static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5 * Math.Max(1, Math.Abs(expected[i])), FormattableString.Invariant($"Value {i}: {expected[i]:R} in C#, {actual[i]:R} in ONNX Runtime."));
        }
    }
}
