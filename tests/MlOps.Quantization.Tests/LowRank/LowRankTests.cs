using System.Text.Json;
using MlOps.Learning;
using MlOps.Learning.Neural;
using MlOps.Onnx;
using MlOps.Quantization.Benchmarking;
using MlOps.Quantization.LowRank;
using MlOps.Quantization.Tests.Distillation;

namespace MlOps.Quantization.Tests.LowRank;

public sealed class LowRankTests
{
    [Fact]
    public void Factors_ManyMatrices_AgreeWithNumpy()
    {
        foreach (JsonElement one in DistilReference.Root.GetProperty("matrices").EnumerateArray())
        {
            var w = new Matrix(one.GetProperty("rows").GetInt32(), one.GetProperty("columns").GetInt32(), one.Doubles("w"));
            double[] sigma = one.Doubles("singular");
            double[] errors = one.Doubles("error");
            for (int r = 1; r <= sigma.Length; r++)
            {
                var factors = LowRankFactors.Of(w, RankChoice.Rank(r));
                Assert.All(Enumerable.Range(0, sigma.Length), k => Assert.Equal(sigma[k], factors.SingularValues[k], 1e-12 * sigma[0]));
                Assert.Equal(errors[r], factors.Error, 1e-12 * sigma[0]);
                Assert.Equal(errors[r], Distance(w, factors), 1e-12 * sigma[0]); // Eckart–Young: the product is that far away, brute force
            }

            foreach (JsonProperty energy in one.GetProperty("rankForEnergy").EnumerateObject())
            {
                Assert.Equal(energy.Value.GetInt32(), LowRankFactors.Of(w, RankChoice.Energy(double.Parse(energy.Name, System.Globalization.CultureInfo.InvariantCulture))).Rank);
            }
        }
    }

    [Fact]
    public void Factors_ShareOfParameters_IsTheLargestRankThatFits()
    {
        Matrix w = Random(20, 30, 3);
        int r = LowRankFactors.Of(w, RankChoice.Parameters(0.5)).Rank;
        Assert.True(r * 50 <= 300 && (r + 1) * 50 > 300); // r (m + n) ≤ mn / 2
        Assert.Equal(1, RankChoice.Parameters(0.001).For([1], 20, 30));
    }

    [Fact]
    public void Factors_Zeros_HaveNoError()
    {
        var factors = LowRankFactors.Of(new Matrix(3, 4, new double[12]), RankChoice.Energy(0.9));
        Assert.Equal((1, 0.0, 0.0, 1.0), (factors.Rank, factors.Error, factors.RelativeError, factors.Energy));
        Assert.All(factors.Left.Values.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Factors_BadInput_NamesTheArgument()
    {
        Assert.Throws<ArgumentException>("w", () => LowRankFactors.Of(new Matrix(1, 2, [1, double.NaN]), RankChoice.Rank(1)));
        Assert.Throws<ArgumentException>("w", () => LowRankFactors.Of(new Matrix(0, 2, []), RankChoice.Rank(1)));
        Assert.Contains("has rank 2 at most", Assert.Throws<ArgumentOutOfRangeException>("choice", () => LowRankFactors.Of(Random(2, 5, 1), RankChoice.Rank(3))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("rank", () => RankChoice.Rank(0));
        Assert.Throws<ArgumentOutOfRangeException>("share", () => RankChoice.Energy(0));
        Assert.Throws<ArgumentOutOfRangeException>("share", () => RankChoice.Parameters(1.1));
    }

    [Fact]
    public void Network_OfLowRankAlready_SaysTheSameWithFewerNumbers()
    {
        Network network = Thinned(ConvNet());
        Tensor x = Images(6);
        LowRankNetwork made = LowRankNetwork.Of(network, RankChoice.Rank(3));
        Assert.Equal(["0 Conv2D", "3 Conv2D", "6 Dense"], made.Report.Layers.Select(layer => layer.Name));
        Assert.Equal("8 Dense", Assert.Single(made.Report.Kept).Node);
        Assert.True(made.Network.ParameterCount < network.ParameterCount);
        Assert.Equal(network.OutputActivation, made.Network.OutputActivation);
        AssertClose(network.Predict(x).Values, made.Network.Predict(x).Values, 1e-5f);
    }

    [Fact]
    public void Model_OfLowRankAlready_SaysTheSameWithFewerNumbers()
    {
        Network network = Thinned(ConvNet());
        OnnxFile file = OnnxExport.Export(network);
        byte[] before = Bytes(file);
        LowRankModel made = LowRankModel.Of(file, RankChoice.Energy(0.999999));
        Assert.Equal(["Conv", "Conv", "Gemm"], made.Report.Layers.Select(layer => layer.Operation));
        Assert.All(made.Report.Layers, layer => Assert.InRange(layer.Rank, 1, 3));
        Assert.Equal(before, Bytes(file)); // the caller's model stays
        Assert.True(made.BytesAfter < made.BytesBefore);
        using var model = OnnxModel.Open(made.File);
        AssertClose(network.Predict(Images(6)).Values, [.. model.Run(Images(6).ToMatrix(), "probabilities").Values.ToArray().Select(value => (float)value)], 1e-5f);
    }

    [Theory]
    [InlineData(0, 1f)]
    [InlineData(1, 0.5f)]
    public void Model_Gemm_KeepsTransposeAndFactors(int transB, float alpha)
    {
        float[] low = Array.ConvertAll(Product(Random(6, 2, 1), Random(2, 8, 2)), value => (float)value); // 6 × 8 of rank 2
        var graph = new GraphBuilder("gemm");
        string x = graph.Input("x", OnnxElementType.Float, transB == 0 ? 6 : 8);
        string y = graph.Add("Gemm", [x, graph.Constant("w", low, 6, 8), graph.Constant("b", new float[transB == 0 ? 8 : 6].Select((_, i) => (float)i).ToArray())], OnnxAttribute.Of("transB", transB), OnnxAttribute.Of("alpha", alpha), OnnxAttribute.Of("beta", 2f));
        OnnxFile file = graph.Output("y", y, OnnxElementType.Float, transB == 0 ? 8 : 6).Build();
        LowRankModel made = LowRankModel.Of(file, RankChoice.Rank(2));
        Assert.Single(made.Report.Layers);
        AssertSame(file, made.File, Random(5, transB == 0 ? 6 : 8, 4), "y");
    }

    [Fact]
    public void Model_ConvWithStridePadsAndDilation_MovesTheSame()
    {
        var graph = new GraphBuilder("conv");
        string x = graph.Input("x", OnnxElementType.Float, 3, 9, 7);
        float[] w = Array.ConvertAll(Product(Random(8, 2, 1), Random(2, 27, 2)), value => (float)value);
        string y = graph.Add(
            "Conv",
            [x, graph.Constant("w", w, 8, 3, 3, 3), graph.Constant("b", Enumerable.Range(0, 8).Select(i => (float)i).ToArray())],
            OnnxAttribute.Of("strides", [2L, 1L]), OnnxAttribute.Of("pads", [1L, 2L, 0L, 1L]), OnnxAttribute.Of("dilations", [1L, 2L]));
        OnnxFile file = graph.Output("y", graph.Add("Flatten", [y]), OnnxElementType.Float, 8 * 4 * 6).Build();
        LowRankModel made = LowRankModel.Of(file, RankChoice.Rank(2));
        Assert.Single(made.Report.Layers);
        AssertSame(file, made.File, Random(4, 189, 5), "y");
    }

    [Fact]
    public void Model_NodesThatCannot_AreKeptWithTheReason()
    {
        var graph = new GraphBuilder("kept");
        string x = graph.Input("x", OnnxElementType.Float, 4);
        string w = graph.Constant("w", new float[16], 4, 4);
        string twice = graph.Add("MatMul", [graph.Add("MatMul", [x, w]), w]);
        string dynamic = graph.Add("MatMul", [twice, graph.Add("Transpose", [x])]);
        string back = graph.Add("MatMul", [dynamic, x]);
        string full = graph.Add("MatMul", [back, graph.Constant("v", [.. Enumerable.Range(0, 16).Select(i => (float)(i * i % 7))], 4, 4)]);
        OnnxFile file = graph.Output("y", full, OnnxElementType.Float, 4).Build();
        LowRankModel made = LowRankModel.Of(file, RankChoice.Rank(3));
        Assert.Empty(made.Report.Layers);
        Assert.Equal(
            ["its weights are read by another node too", "its weights are read by another node too", "its weights are no constant", "its weights are no constant", "rank 3 of 4 × 4 needs 24 numbers, not fewer than the 16 there are; it pays below rank 2"],
            made.Report.Kept.Select(node => node.Reason));
        Assert.Contains("0 of 5 layers factorised", made.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    [InlineData("cnn-depthwise")]
    [InlineData("opset9")]
    [InlineData("transformer")]
    [InlineData("sklearn-mlp")]
    public void Model_OfPyTorchOrScikitLearn_RunsAndMostlyAgrees(string name)
    {
        OnnxFile file = Models.Load(name);
        ModelData data = Models.Data(name, 100, 5);
        LowRankModel made = LowRankModel.Of(file, RankChoice.Energy(0.98));
        Assert.True(made.Report.Layers.Count + made.Report.Kept.Count > 0);
        using var before = OnnxModel.Open(file);
        using var after = OnnxModel.Open(made.File);
        Assert.InRange(AnswerComparison.Of(ModelAnswers.Of(before, data), ModelAnswers.Of(after, data)).Agreement!.Value, 0.9, 1);
        Assert.True(made.BytesAfter <= made.BytesBefore + 200, $"{made.BytesBefore} → {made.BytesAfter} bytes"); // names of new nodes
    }

    [Fact]
    public void Chart_OfALayer_NamesTheRank() =>
        Assert.Contains("3 of 6 singular values", LowRankFactors.Of(Random(6, 9, 1), RankChoice.Rank(3)).Chart("fc1").ToString(), StringComparison.Ordinal);

    private static Network ConvNet() => new NetworkBuilder(TensorShape.Image(2, 8, 8))
        .Conv2D(8, 3, padding: 1).BatchNorm().ReLU().Conv2D(12, 3, stride: 2).ReLU().Flatten().Dense(20).ReLU().Dense(3).Build(7).WithActivation(OutputActivation.Softmax);

    /// <summary>The same network with the matrices of its large layers cut to rank 3 by a product of thin random ones.</summary>
    private static Network Thinned(Network network)
    {
        var values = new Dictionary<string, float[]>();
        foreach (Parameter parameter in network.Parameters.Where(parameter => parameter.Name is "0.weight" or "3.weight" or "6.weight"))
        {
            int rows = parameter.Shape[0];
            int columns = parameter.Values.Length / rows;
            values[parameter.Name] = Array.ConvertAll(Product(Random(rows, 3, rows), Random(3, columns, columns)), value => (float)(0.1 * value));
        }

        return network.WithParameters(values);
    }

    private static Tensor Images(int n) => new(n, TensorShape.Image(2, 8, 8), Array.ConvertAll(Random(n, 128, 9).Values.ToArray(), value => (float)value));

    private static Matrix Random(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return new Matrix(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => (2 * random.NextDouble()) - 1)]);
    }

    private static double[] Product(Matrix a, Matrix b) =>
        [.. Enumerable.Range(0, a.RowCount * b.ColumnCount).Select(at => Enumerable.Range(0, a.ColumnCount).Sum(k => a[at / b.ColumnCount, k] * b[k, at % b.ColumnCount]))];

    private static double Distance(Matrix w, LowRankFactors factors) =>
        Math.Sqrt(Product(factors.Left, factors.Right).Zip(w.Values.ToArray()).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second)));

    private static void AssertSame(OnnxFile one, OnnxFile other, Matrix x, string output)
    {
        using var first = OnnxModel.Open(one);
        using var second = OnnxModel.Open(other);
        double[] a = first.Run(x, output).Values.ToArray();
        double[] b = second.Run(x, output).Values.ToArray();
        Assert.All(Enumerable.Range(0, a.Length), i => Assert.Equal(a[i], b[i], 1e-4));
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }

    private static byte[] Bytes(OnnxFile file)
    {
        string path = Path.GetTempFileName();
        file.Save(path);
        byte[] bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }
}
