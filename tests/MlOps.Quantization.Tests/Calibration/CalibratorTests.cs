using MlOps.Onnx;
using MlOps.Quantization.Arithmetic;
using MlOps.Quantization.Calibration;

namespace MlOps.Quantization.Tests.Calibration;

public class CalibratorTests
{
    private static readonly float[] s_first = [-3, 1, 0];
    private static readonly float[] s_second = [2, 5, -1, 0.5f];

    [Fact]
    public void Ranges_MinMaxOfAReluModel_AreTheHandValues()
    {
        // relu(x) + 1 of -3, 1, 0 and 2, 5, -1, 0.5, in batches of different size.
        OnnxFile file = ReluPlusOne();
        string relu = file.Graph.NodesOf("Relu")[0].Output[0];
        CalibrationRanges ranges = Calibrator.Ranges(file, Activations.Data(s_first, s_second), ["x", relu, "y", "one"], RangeMethod.MinMax);
        Assert.Equal(new RealRange(-3, 5), ranges["x"]);
        Assert.Equal(new RealRange(0, 5), ranges[relu]);
        Assert.Equal(new RealRange(1, 6), ranges["y"]);
        Assert.Equal(new RealRange(1, 1), ranges["one"]);
        ActivationStatistics seen = ranges.Values[relu].Statistics;
        Assert.Equal((7L, 8.5 / 7, 3.0 / 7), (seen.Count, seen.Mean, seen.ShareOfZeros));
        Assert.Equal(["x", relu, "y", "one"], ranges.Values.Keys);
        Assert.Throws<ArgumentException>(() => ranges["other"]);
    }

    [Fact]
    public void Ranges_LeaveTheModelAsItWas()
    {
        OnnxFile file = ReluPlusOne();
        OnnxFile before = file.Clone();
        Calibrator.Ranges(file, Activations.Data(s_first), [file.Graph.NodesOf("Relu")[0].Output[0]], RangeMethod.Entropy);
        Assert.Equal(before, file);
    }

    [Fact]
    public void Ranges_ManyValues_EqualSingleOnesWhateverTheBatches()
    {
        var random = new Random(2);
        float[] all = [.. Enumerable.Range(0, 10_000).Select(_ => (float)(random.NextDouble() - 0.3))];
        CalibratedValue whole = Activations.Calibrate(RangeMethod.Entropy, all);
        CalibratedValue parts = Activations.Calibrate(RangeMethod.Entropy, [.. all.Chunk(37)]);
        Assert.Equal(whole.Range, parts.Range);
        Assert.Equal(whole.Histogram!.Counts, parts.Histogram!.Counts);
        Assert.Equal(all.Length, whole.Histogram.Counts.Sum());
    }

    [Fact]
    public void Histogram_CountsAsABruteForceDoes()
    {
        float[] values = [-2, -1.5f, -0.001f, 0, 0.001f, 1, 1.25f, 2];
        ActivationHistogram histogram = Activations.Calibrate(new PercentileRange(100, Bins: 8), values).Histogram!;
        // Bins of width 0.5 on [-2, 2]; 2 itself is in the last.
        Assert.Equal([1, 1, 0, 1, 2, 0, 2, 1], histogram.Counts);
        Assert.Equal((-2.0, 0.0, 2.0), (histogram.Edge(0), histogram.Edge(4), histogram.Edge(8)));
    }

    [Fact]
    public void Ranges_NaN_NamesValueAndBatch()
    {
        var e = Assert.Throws<OnnxException>(() => Activations.Calibrate(RangeMethod.MinMax, s_first, [1, float.NaN]));
        Assert.Contains("'a' holds NaN in batch 1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranges_WhatCannotBeCalibrated_IsNamed()
    {
        var graph = new GraphBuilder("m");
        string x = graph.Input("x", OnnxElementType.Int64, 1);
        OnnxFile whole = graph.Output("y", graph.Add("Cast", [x], OnnxAttribute.Of("to", (long)OnnxElementType.Float)), OnnxElementType.Float, 1).Build();
        var data = new ModelData([new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Of("x", new long[] { 1, 2 }, 2, 1) }], 2);
        Assert.Contains("'x' holds Int64", Assert.Throws<OnnxException>(() => Calibrator.Ranges(whole, data, ["x", "y"], RangeMethod.MinMax)).Message, StringComparison.Ordinal);
        Assert.Contains("'nothing'", Assert.Throws<OnnxException>(() => Calibrator.Ranges(whole, data, ["nothing"], RangeMethod.MinMax)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Calibrator.Ranges(whole, new ModelData([], 0), ["y"], RangeMethod.MinMax));
    }

    [Fact]
    public void Notices_SayWhatIsDoubtful()
    {
        Assert.Empty(Notices([.. Enumerable.Range(0, 40).Select(i => (float)i)]));
        Assert.Contains("Only 3 rows", Assert.Single(Notices(s_first)), StringComparison.Ordinal);
        Assert.Contains("every time", Assert.Single(Notices(new float[40])), StringComparison.Ordinal);
        Assert.Contains("infinite", Assert.Single(Notices([float.PositiveInfinity, .. Enumerable.Range(0, 40).Select(i => (float)i)])), StringComparison.Ordinal);
        Assert.Contains("most other numbers become 0", Assert.Single(Notices([1e30f, .. Enumerable.Range(0, 400).Select(i => (float)i)])), StringComparison.Ordinal);

        static IReadOnlyList<string> Notices(float[] values) => Calibrator.Ranges(Activations.Model(), Activations.Data(values), ["a"], RangeMethod.MinMax).Notices;
    }

    [Fact]
    public void Ranges_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => Calibrator.Ranges(Activations.Model(), Activations.Data(s_first), ["a"], RangeMethod.MinMax, null, cancelled.Token));
    }

    private static OnnxFile ReluPlusOne()
    {
        var graph = new GraphBuilder("m");
        string x = graph.Input("x", OnnxElementType.Float, 1);
        string sum = graph.Add("Add", [graph.Add("Relu", [x]), graph.Constant("one", [1f])]);
        return graph.Output("y", sum, OnnxElementType.Float, 1).Build();
    }
}
