using MlOps.Onnx;
using MlOps.Onnx.Checking;
using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Tests;

public sealed class WeightOnlyQuantizationTests
{
    private const int Inputs = 70;
    private const int Hidden = 48;
    private const int Outputs = 20;

    // Oracle: ONNX Runtime on the same graph with the weights that the codes stand for, in floats.
    [Theory]
    [InlineData(true, 32, 0)]
    [InlineData(false, 32, 1)]
    [InlineData(true, 16, 0)]
    [InlineData(false, 128, 1)]
    public void Quantize_MatMulAndBothGemms_ComputeWithTheDequantizedWeights(bool symmetric, int size, int accuracy)
    {
        OnnxFile file = Layers();
        QuantizedModel model = WeightOnlyQuantization.Quantize(file, new WeightOnlyOptions { Symmetric = symmetric, BlockSize = size, AccuracyLevel = accuracy });

        Assert.Equal(["first", "second", "third"], model.Quantized);
        Assert.Empty(model.Kept);
        Assert.Equal("int4", model.Method);
        Assert.DoesNotContain(OnnxChecker.Check(model.File), finding => finding.Severity == OnnxSeverity.Error);
        OnnxFile rounded = file.Clone();
        Round(rounded, "w1", Inputs, Hidden, false, size, symmetric);
        Round(rounded, "w2", Hidden, Hidden, false, size, symmetric);
        Round(rounded, "w3", Hidden, Outputs, true, size, symmetric);
        Close(Run(rounded), Run(model.File), 1e-4f);
    }

    // By hand: 8,160 floats become half a byte each, filled up to blocks, and a scale a block.
    [Fact]
    public void Quantize_Weights_TakeAboutASixth()
    {
        OnnxFile file = Layers();

        QuantizedModel model = WeightOnlyQuantization.Quantize(file, new WeightOnlyOptions { BlockSize = 16 });

        Assert.Equal(file.CalculateSize(), model.BytesBefore);
        Assert.InRange(model.Ratio, 0.17, 0.27); // (8 + 4) / 64 of the weights, and names and nodes
        Assert.Equal(["w1", "w2", "w3"], file.Graph.Initializer.Select(tensor => tensor.Name).Where(name => name.StartsWith('w')));
        Assert.DoesNotContain(model.File.Graph.Initializer, tensor => tensor.Name is "w1" or "w2" or "w3");
        Assert.Equal(["x"], model.File.Graph.Input.Select(input => input.Name));
        Assert.Equal("y", Assert.Single(model.File.Graph.Output).Name);
        Assert.NotNull(model.File.Graph.FindNode("first"));
    }

    [Fact]
    public void Quantize_Excluded_StaysFloat()
    {
        QuantizedModel model = WeightOnlyQuantization.Quantize(Layers(), new WeightOnlyOptions { Exclude = ["third"] });

        Assert.Equal(["first", "second"], model.Quantized);
        Assert.Equal(new KeptNode("third", "Gemm", "It is excluded."), Assert.Single(model.Kept));
        Assert.NotNull(model.File.Graph.Constant("w3"));
        Assert.Throws<ArgumentException>("options", () => WeightOnlyQuantization.Quantize(Layers(), new WeightOnlyOptions { Exclude = ["fourth"] }));
    }

    [Theory]
    [InlineData("alpha", "factor")]
    [InlineData("beta", "factor")]
    [InlineData("transA", "transposed")]
    public void Quantize_GemmWithFactors_IsKept(string attribute, string reason)
    {
        OnnxFile file = Layers();
        file.Graph.FindNode("second")!.Set(attribute == "transA" ? OnnxAttribute.Of(attribute, 1) : OnnxAttribute.Of(attribute, 0.5f));

        KeptNode kept = Assert.Single(WeightOnlyQuantization.Quantize(file).Kept);

        Assert.Equal("second", kept.Node);
        Assert.Contains(reason, kept.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-3e38f)]
    public void Quantize_WeightWithoutNumbers_IsKept(float value)
    {
        OnnxFile file = Layers();
        float[] weights = file.Graph.Constant("w2")!.ToFloats();
        weights[5] = value;
        SetWeights(file, "w2", weights, Hidden, Hidden);

        Assert.Contains("NaN", Assert.Single(WeightOnlyQuantization.Quantize(file).Kept).Reason, StringComparison.Ordinal);
    }

    // By hand: weights of all zeros give zero, an outlier of 1e30 costs its own block only.
    [Fact]
    public void Quantize_ZerosAndOutliers_AreTaken()
    {
        OnnxFile file = Layers();
        SetWeights(file, "w1", new float[Inputs * Hidden], Inputs, Hidden);
        float[] weights = file.Graph.Constant("w2")!.ToFloats();
        weights[0] = 1e30f;
        SetWeights(file, "w2", weights, Hidden, Hidden);

        QuantizedModel model = WeightOnlyQuantization.Quantize(file);

        Assert.Empty(model.Kept);
        Close(Run(file), Run(model.File), 0.2f); // the input of w2 is the bias-free zero
    }

    [Fact]
    public void Quantize_WhatCannotBe_IsListedWithTheReason()
    {
        var graph = new GraphBuilder("kept");
        string x = graph.Input("x", OnnxElementType.Float, 64);
        string wide = graph.Add("Unsqueeze", [x, graph.Constant("axes", [1L])]);
        string filtered = graph.Add("Conv", [wide, graph.Constant("filter", new float[3], 1, 1, 3)], OnnxAttribute.Of("pads", [1L, 1L]));
        string flat = graph.Add("Flatten", [filtered]);
        string left = graph.Add("MatMul", [graph.Constant("mix", new float[64], 1, 64), graph.Add("Transpose", [flat])]);
        string row = graph.Add("MatMul", [flat, graph.Constant("narrow", new float[64 * 1], 64, 1)]);
        string tiny = graph.Add("MatMul", [row, graph.Constant("tiny", new float[2], 1, 2)]);
        string stacked = graph.Add("MatMul", [wide, graph.Constant("stack", new float[64 * 8], 1, 64, 8)]);
        string attention = graph.Add("MatMul", [wide, graph.Add("Transpose", [wide], OnnxAttribute.Of("perm", [0L, 2L, 1L]))]);
        OnnxFile file = graph.Output("a", left, OnnxElementType.Float, 1).Output("b", tiny, OnnxElementType.Float, 2).Output("c", stacked, OnnxElementType.Float, 1, 8)
            .Output("d", attention, OnnxElementType.Float, 1, 1).Build();

        QuantizedModel model = WeightOnlyQuantization.Quantize(file);

        Assert.Equal(["matmul_2"], model.Quantized); // 64 × 1: two blocks
        Assert.Equal(
            [("conv", "no Conv"), ("matmul", "left factor"), ("matmul_3", "too small"), ("matmul_4", "3 dimensions")],
            model.Kept.Zip(["no Conv", "left factor", "too small", "3 dimensions"], (kept, part) => (kept.Node, kept.Reason.Contains(part, StringComparison.Ordinal) ? part : kept.Reason)));
        Assert.Equal(model.File.Graph.Initializer.Count, file.Graph.Initializer.Count + 1); // one went, codes and scales came
    }

    // As exporters write them: weights in Constant nodes, shared, behind Identity, and listed among the inputs of an old file.
    [Fact]
    public void Quantize_ConstantNodesAndSharedWeights_AreFound()
    {
        OnnxFile file = Layers();
        OnnxGraph graph = file.Graph;
        OnnxTensor weight = graph.Constant("w2")!;
        graph.Initializer.Remove(weight);
        var constant = new OnnxNode { Name = "held", OpType = "Constant" };
        constant.Output.Add("w2_raw");
        constant.Set(OnnxAttribute.Of("value", weight));
        var identity = new OnnxNode { Name = "same", OpType = "Identity" };
        identity.Input.Add("w2_raw");
        identity.Output.Add("w2");
        graph.Node.Insert(0, identity);
        graph.Node.Insert(0, constant);
        OnnxNode copy = graph.FindNode("second")!.Clone();
        (copy.Name, copy.Output[0]) = ("again", "again_out");
        graph.Node.Add(copy);
        graph.Output.Add(OnnxValue.Tensor("again_out", OnnxElementType.Float, -1, Hidden));
        graph.Input.Add(OnnxValue.Tensor("w1", OnnxElementType.Float, Inputs, Hidden));

        QuantizedModel model = WeightOnlyQuantization.Quantize(file);

        Assert.Equal(["first", "second", "third", "again"], model.Quantized);
        Assert.Single(model.File.Graph.Initializer, tensor => tensor.Name.StartsWith("w2_int4", StringComparison.Ordinal));
        Assert.Null(model.File.Graph.FindNode("held"));
        Assert.Null(model.File.Graph.FindNode("same"));
        Assert.Equal(["x"], model.File.Graph.Input.Select(input => input.Name));
        Close(Run(WeightOnlyQuantization.Quantize(Layers()).File), Run(model.File), 1e-5f);
    }

    // Oracle: ONNX Runtime loads and runs what comes out of files of PyTorch and scikit-learn.
    [Theory]
    [MemberData(nameof(Models.All), MemberType = typeof(Models))]
    public void Quantize_FilesOfOthers_RunInOnnxRuntime(string name)
    {
        OnnxFile file = Models.Load(name);
        (IReadOnlyDictionary<string, OnnxTensor> inputs, IReadOnlyDictionary<string, OnnxTensor> outputs, _) = Models.Sample(name);

        QuantizedModel model = WeightOnlyQuantization.Quantize(file, new WeightOnlyOptions { BlockSize = 16 });

        using var session = OnnxModel.Open(model.File);
        IReadOnlyDictionary<string, OnnxTensor> found = session.Run(inputs);
        Assert.Equal(outputs.Keys.Order(), found.Keys.Order());
        Assert.All(outputs, output => Assert.Equal(output.Value.Dims, found[output.Key].Dims));
        Assert.True(model.Quantized.Count + model.Kept.Count > 0);
        Assert.True(model.BytesAfter < model.BytesBefore == model.Quantized.Count > 0);
    }

    // 4 bits of every layer, of models of twenty inputs: the labels stay in 95 of 100 rows.
    [Theory]
    [InlineData("mlp")]
    [InlineData("sklearn-mlp")]
    [InlineData("transformer")]
    public void Quantize_FilesOfOthers_KeepTheLabels(string name)
    {
        OnnxFile file = Models.Load(name);
        ModelData data = Models.Data(name, 400, 43);
        using var before = OnnxModel.Open(file);
        using var after = OnnxModel.Open(WeightOnlyQuantization.Quantize(file, new WeightOnlyOptions { BlockSize = 16 }).File);
        int same = 0;
        foreach (IReadOnlyDictionary<string, OnnxTensor> batch in data.Batches)
        {
            same += Largest(before.Run(batch)).Zip(Largest(after.Run(batch))).Count(pair => pair.First == pair.Second);
        }

        Assert.InRange(same, 0.95 * data.RowCount, data.RowCount);
    }

    [Fact]
    public void Quantize_WeightsInAnotherFile_SaysWhatToDo()
    {
        OnnxFile file = Layers();
        OnnxTensor weight = file.Graph.Constant("w1")!;
        weight.ClearRawData();
        weight.DataLocation = OnnxDataLocation.External;

        Assert.Contains("EmbedExternalData", Assert.Throws<OnnxException>(() => WeightOnlyQuantization.Quantize(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quantize_QuantizedOrExternal_Refused()
    {
        OnnxFile small = WeightOnlyQuantization.Quantize(Models.Load("mlp")).File;
        Assert.Contains("quantized already", Assert.Throws<OnnxException>(() => WeightOnlyQuantization.Quantize(small)).Message, StringComparison.Ordinal);
        Assert.Contains("ModelFile.Load", Assert.Throws<OnnxException>(() => WeightOnlyQuantization.Quantize(OnnxFile.Load(Models.At("external")))).Message, StringComparison.Ordinal);
        Assert.Contains("folder", Assert.Throws<OnnxException>(() => MlOps.Quantization.Graphs.ModelFile.Load(AppContext.BaseDirectory)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quantize_BadArgumentsAndCancellation_AreTold()
    {
        Assert.Throws<ArgumentOutOfRangeException>("blockSize", () => WeightOnlyQuantization.Quantize(Layers(), new WeightOnlyOptions { BlockSize = 8 }));
        Assert.Throws<ArgumentOutOfRangeException>("AccuracyLevel", () => WeightOnlyQuantization.Quantize(Layers(), new WeightOnlyOptions { AccuracyLevel = 5 }));
        Assert.Throws<OnnxException>(() => WeightOnlyQuantization.Quantize(new OnnxFile()));
        Assert.Throws<OperationCanceledException>(() => WeightOnlyQuantization.Quantize(Layers(), cancellationToken: new CancellationToken(true)));
    }

    private static IEnumerable<int> Largest(IReadOnlyDictionary<string, OnnxTensor> outputs)
    {
        OnnxTensor scores = outputs.Values.Single(output => output.DataType == OnnxElementType.Float);
        return scores.ToFloats().Chunk((int)scores.Dims[^1]).Select(row => Array.IndexOf(row, row.Max()));
    }

    /// <summary>MatMul, Gemm with a bias, Gemm with transB and no bias.</summary>
    private static OnnxFile Layers()
    {
        var random = new Random(37);
        float[] Weights(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
        var graph = new OnnxGraph { Name = "layers" };
        graph.Input.Add(OnnxValue.Tensor("x", OnnxElementType.Float, -1, Inputs));
        graph.Output.Add(OnnxValue.Tensor("y", OnnxElementType.Float, -1, Outputs));
        graph.Initializer.Add(
        [
            OnnxTensor.Of("w1", Weights(Inputs * Hidden), Inputs, Hidden), OnnxTensor.Of("w2", Weights(Hidden * Hidden), Hidden, Hidden),
            OnnxTensor.Of("b2", Weights(Hidden), Hidden), OnnxTensor.Of("w3", Weights(Hidden * Outputs), Outputs, Hidden),
        ]);
        graph.Node.Add([Node("first", "MatMul", ["x", "w1"], "h1"), Node("second", "Gemm", ["h1", "w2", "b2"], "h2"), Node("third", "Gemm", ["h2", "w3"], "y")]);
        graph.FindNode("third")!.Set(OnnxAttribute.Of("transB", 1));
        var file = new OnnxFile { IrVersion = 8, Graph = graph };
        file.OpsetImport.Add(new OnnxOperatorSet { Version = 13 });
        return file;
    }

    private static OnnxNode Node(string name, string operation, string[] inputs, string output)
    {
        var node = new OnnxNode { Name = name, OpType = operation };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        return node;
    }

    private static void Round(OnnxFile file, string name, int rows, int columns, bool transposed, int size, bool symmetric)
    {
        float[] weights = file.Graph.Constant(name)!.ToFloats();
        float[] upright = transposed ? Turned(weights, columns, rows) : weights;
        float[] back = FourBitMatrix.Quantize(upright, rows, columns, size, symmetric).Dequantize();
        SetWeights(file, name, transposed ? Turned(back, rows, columns) : back, transposed ? columns : rows, transposed ? rows : columns);
    }

    private static float[] Turned(float[] values, int rows, int columns) =>
        [.. Enumerable.Range(0, values.Length).Select(i => values[(i % rows * columns) + (i / rows)])];

    private static void SetWeights(OnnxFile file, string name, float[] values, int rows, int columns)
    {
        OnnxTensor old = file.Graph.Constant(name)!;
        file.Graph.Initializer[file.Graph.Initializer.IndexOf(old)] = OnnxTensor.Of(name, values, rows, columns);
    }

    private static float[] Run(OnnxFile file)
    {
        var random = new Random(41);
        float[] x = [.. Enumerable.Range(0, 9 * Inputs).Select(_ => (float)(random.NextDouble() - 0.5))];
        using var model = OnnxModel.Open(file);
        return model.Run(new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Of("x", x, 9, Inputs) }, "y")["y"].ToFloats();
    }

    private static void Close(float[] expected, float[] found, float tolerance)
    {
        float largest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, tolerance * largest));
    }
}
