using System.Text.Json;
using MlOps.Onnx;
using MlOps.Quantization.Pruning;

namespace MlOps.Quantization.Tests.Pruning;

public sealed class OnnxPruningTests
{
    [Theory]
    [InlineData("mlp", 3)]
    [InlineData("cnn", 4)]
    [InlineData("opset9", 4)]
    [InlineData("cnn-depthwise", 7)]
    [InlineData("sklearn-mlp", 2)]
    public void Prune_Half_HasExactlyThoseZerosAndRuns(string name, int nodes)
    {
        OnnxFile file = Models.Load(name);
        OnnxFile before = file.Clone();

        PrunedModel pruned = MagnitudePruning.Prune(file);

        Assert.Equal(before, file); // the caller's stays
        Assert.Equal(nodes, pruned.Nodes.Count);
        Assert.All(pruned.Nodes, node => Assert.Equal((long)Math.Round(0.5 * node.Weights, MidpointRounding.ToEven), node.Zeros));
        Assert.All(pruned.Nodes, node => Assert.True(node.GzipBytes < 0.75 * node.Bytes, $"{node}"));
        Assert.True(pruned.GzipBytesAfter < pruned.GzipBytesBefore);
        Assert.Equal(pruned.ParametersBefore, pruned.ParametersAfter);
        Assert.InRange(pruned.BytesAfter, 0.99 * pruned.BytesBefore, 1.01 * pruned.BytesBefore); // zeros take as much room as other numbers; Constant nodes became initialisers
        Assert.Empty(pruned.Kept);
        (IReadOnlyDictionary<string, OnnxTensor> inputs, _, _) = Models.Sample(name);
        using var model = OnnxModel.Open(pruned.File);
        Assert.NotEmpty(model.Run(inputs));
    }

    [Fact]
    public void Prune_Globally_IsTheFullSort()
    {
        OnnxFile file = Models.Load("cnn");
        PrunedModel pruned = MagnitudePruning.Prune(file, new PruningOptions { Amount = 0.8, Scope = PruningScope.Global, Exclude = ["/fc/Gemm"] });

        string[] names = ["conv1.weight", "conv2.weight", "conv3.weight"];
        float[] before = [.. names.SelectMany(name => file.Graph.Constant(name)!.ToFloats())];
        float[] after = [.. names.SelectMany(name => pruned.File.Graph.Constant(name)!.ToFloats())];
        float limit = before.Select(Math.Abs).Order().ElementAt((int)Math.Round(0.8 * before.Length) - 1);
        Assert.Equal(before.Select(value => Math.Abs(value) <= limit ? 0 : value), after); // no two magnitudes are equal
        Assert.Equal(0, pruned.Nodes[3].Zeros);
        Assert.Equal(["/fc/Gemm"], pruned.Kept.Select(node => node.Node));
        Assert.Equal(pruned.File, MagnitudePruning.Prune(pruned.File, new PruningOptions { Amount = 0.8, Scope = PruningScope.Global, Exclude = ["/fc/Gemm"] }).File);
    }

    [Fact]
    public void PruneTwoOfFour_TorchFile_AlongInputsOfEachLayout()
    {
        OnnxFile cnn = TwoFourPruning.Prune(Models.Load("cnn")).File;
        OnnxFile mlp = TwoFourPruning.Prune(Models.Load("sklearn-mlp")).File;

        float[] conv = cnn.Graph.Constant("conv2.weight")!.ToFloats(); // 24 × 16 × 3 × 3
        float[] gemm = cnn.Graph.Constant("fc.weight")!.ToFloats(); // 5 × 24, turned
        float[] matmul = mlp.Graph.Constant("coefficient")!.ToFloats(); // 20 × 24: inputs × units
        for (int filter = 0; filter < 24; filter++)
        {
            for (int at = 0; at < 9; at++)
            {
                Assert.Equal(2, Enumerable.Range(4, 4).Count(channel => conv[(((filter * 16) + channel) * 9) + at] == 0));
            }

            Assert.Equal(2, Enumerable.Range(8, 4).Count(input => matmul[(input * 24) + filter] == 0));
        }

        Assert.Equal(2, gemm.AsSpan(24 + 4, 4).Count(0f));
    }

    [Fact]
    public void Prune_Structured_EqualsTheModelWhoseReadersIgnoreThem()
    {
        Check("cnn", ["/conv1/Conv"], "conv1.weight", 0, 27, "conv2.weight", 9);
        Check("opset9", null, "conv1.weight", 0, 27, "conv2.weight", 9);
        Check("cnn-depthwise", ["/stem/Conv"], "stem.weight", 0, 27, "point.weight", 1);
        Check("cnn-depthwise", ["/up/ConvTranspose"], "up.weight", 1, 4, "fc.weight", 1);
        Check("transformer-17", ["/layers.0/up/MatMul"], "onnx::MatMul_158", 1, 1, "onnx::MatMul_159", 32);
        Check("mlp", ["/fc1/Gemm"], "fc1.weight", 0, 20, "fc2.weight", 1);
        Check("mlp-fixed-batch", null, "fc1.weight", 0, 20, "fc2.weight", 1);
        Check("sklearn-mlp", null, "coefficient", 1, 1, "coefficient1", 4);
    }

    [Fact]
    public void Prune_StructuredResidual_TiedNodesLoseTheSameUnits()
    {
        OnnxFile file = Models.Load("cnn");

        PrunedModel pruned = StructuredPruning.Shrink(file, new PruningOptions { Amount = 0.25, Exclude = ["/conv1/Conv"] }, UnitNorm.L2);

        // Brute force: conv2 and conv3 are added; judged by √Σw² over both.
        float[] conv2 = file.Graph.Constant("conv2.weight")!.ToFloats();
        float[] conv3 = file.Graph.Constant("conv3.weight")!.ToFloats();
        int[] go = [.. Enumerable.Range(0, 24).OrderBy(unit => Squares(conv2, unit, 144) + Squares(conv3, unit, 216)).Take(6)];
        OnnxFile silent = file.Clone();
        Silence(silent, "conv3.weight", 24, 9, go);
        Silence(silent, "fc.weight", 24, 1, go);
        SameOutputs("cnn", silent, pruned.File);
        Assert.Equal([18, 16, 3, 3], pruned.File.Graph.Constant("conv2.weight")!.Dims);
        Assert.Equal([18, 18, 3, 3], pruned.File.Graph.Constant("conv3.weight")!.Dims);
        Assert.Equal([5, 18], pruned.File.Graph.Constant("fc.weight")!.Dims);
        Assert.Equal([18], pruned.File.Graph.Constant("bn3.running_var")!.Dims);
        Assert.True(pruned.BytesAfter < pruned.BytesBefore);

        static double Squares(float[] values, int unit, int size) => values.AsSpan(unit * size, size).ToArray().Sum(value => (double)value * value);
    }

    [Theory]
    [InlineData("mlp", "fc1.weight", 64, 20, "fc1.bias")]
    [InlineData("sklearn-mlp", "coefficient", 24, 0, null)]
    public void Prune_StructuredDeadUnits_KeepsTheFunction(string name, string weight, int units, int size, string? bias)
    {
        // A quarter of the units have no weights but say something: their bias, then normalisation and ReLU. Their reader's bias takes it over.
        OnnxFile file = Models.Load(name);
        OnnxTensor tensor = file.Graph.Constant(weight)!;
        float[] values = tensor.ToFloats();
        for (int i = 0; i < values.Length; i++)
        {
            int unit = size > 0 ? i / size : i % units;
            values[i] = unit % 4 == 1 ? 0 : values[i];
        }

        Write(file, weight, values);
        if (bias is not null)
        {
            Write(file, bias, [.. file.Graph.Constant(bias)!.ToFloats().Select((value, unit) => unit % 4 == 1 ? 5 : value)]);
        }

        string[] others = [.. StructuredPruning.Shrink(file).Nodes.Skip(1).Select(node => node.Node)];
        PrunedModel pruned = StructuredPruning.Shrink(file, new PruningOptions { Amount = 0.25, Exclude = others });

        Assert.Equal(units * 3 / 4, pruned.Nodes[0].Shape[size > 0 ? 0 : 1]);
        SameOutputs(name, file, pruned.File);
    }

    [Fact]
    public void Prune_StructuredWhatCannot_IsListedWithTheReason()
    {
        PrunedModel depthwise = StructuredPruning.Shrink(Models.Load("cnn-depthwise"));
        PrunedModel transformer = StructuredPruning.Shrink(Models.Load("transformer-17"));

        Assert.Contains("groups", Reason(depthwise, "/point/Conv"), StringComparison.Ordinal);
        Assert.Contains("width is fixed", Reason(depthwise, "/gate/Conv"), StringComparison.Ordinal);
        Assert.Contains("outputs of the model", Reason(depthwise, "/fc/Gemm"), StringComparison.Ordinal);
        Assert.Contains("several axes", Reason(transformer, "/layers.0/q/MatMul"), StringComparison.Ordinal);
        Assert.NotEmpty(Reason(transformer, "/layers.0/o/MatMul"));
        Assert.Equal([32, 24], transformer.Nodes.Single(node => node.Node == "/layers.0/up/MatMul").Shape);
        OnnxException flow = Assert.Throws<OnnxException>(() => StructuredPruning.Shrink(Models.Load("control-flow")));
        Assert.Contains("/If: nodes inside its branches", flow.Message, StringComparison.Ordinal);
        Assert.Contains("/fc1/Gemm: ", flow.Message, StringComparison.Ordinal);

        static string Reason(PrunedModel model, string node) => model.Kept.Single(kept => kept.Node == node).Reason;
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("mlp-fixed-batch")]
    [InlineData("cnn")]
    [InlineData("cnn-folded")]
    [InlineData("cnn-depthwise")]
    [InlineData("opset9")]
    [InlineData("transformer")]
    [InlineData("transformer-17")]
    [InlineData("sklearn-mlp")]
    public void Prune_StructuredGlobally_EveryFileRunsAndIsSmaller(string name)
    {
        PrunedModel pruned = StructuredPruning.Shrink(Models.Load(name), new PruningOptions { Scope = PruningScope.Global });

        (IReadOnlyDictionary<string, OnnxTensor> inputs, IReadOnlyDictionary<string, OnnxTensor> outputs, _) = Models.Sample(name);
        using var model = OnnxModel.Open(pruned.File);
        IReadOnlyDictionary<string, OnnxTensor> results = model.Run(inputs);
        Assert.All(outputs, output => Assert.Equal(output.Value.Dims, results[output.Key].Dims));
        Assert.True(pruned.ParametersAfter < pruned.ParametersBefore);
        Assert.True(pruned.BytesAfter < pruned.BytesBefore);
    }

    [Fact]
    public void Prune_ReshapeWithLiteralWidth_CountsTheChannelsThatStay()
    {
        // As x.view(-1, 4·2·2) and x.view(x.size(0), 16) do: the number 16 must become 8.
        foreach (bool joined in new[] { false, true })
        {
            var random = new Random(3);
            var builder = new GraphBuilder("view");
            string x = builder.Input("x", OnnxElementType.Float, 1, 4, 4);
            string conv = builder.Add("Conv", [x, builder.Constant("w", Numbers(random, 4 * 9), 4, 1, 3, 3)]);
            string shape = joined
                ? builder.Add("Concat", [builder.Add("Slice", [builder.Add("Shape", [x]), builder.Constant("zero", [0L]), builder.Constant("one", [1L])]), builder.Constant("width", [16L])], OnnxAttribute.Of("axis", 0))
                : builder.Constant("shape", [-1L, 16L]);
            string flat = builder.Add("Reshape", [conv, shape]);
            string y = builder.Add("MatMul", [flat, builder.Constant("v", Numbers(random, 16 * 3), 16, 3)]);
            OnnxFile file = builder.Output("y", y, OnnxElementType.Float, 3).Build();
            float[] norms = [.. file.Graph.Constant("w")!.ToFloats().Chunk(9).Select(filter => filter.Sum(Math.Abs))];
            OnnxFile silent = file.Clone();
            int[] go = [.. Enumerable.Range(0, 4).OrderBy(unit => norms[unit]).Take(2)];
            Silence(silent, "v", 4, 4 * 3, go); // a channel is 4 rows of v

            OnnxFile pruned = StructuredPruning.Shrink(file).File;

            IReadOnlyDictionary<string, OnnxTensor> input = new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Of("x", Numbers(random, 3 * 16), 3, 1, 4, 4) };
            StructuredPruningTests.Close(Run(silent, input)["y"].ToFloats(), Run(pruned, input)["y"].ToFloats(), 1e-5);
            Assert.Equal([8, 3], pruned.Graph.Constant("v")!.Dims);
        }
    }

    [Fact]
    public void Prune_WeightsTurnedByANode_AreComputedAndPruned()
    {
        // As PyTorch writes a layer on rows of rows without folding: the weights, units × inputs, go through a Transpose.
        var random = new Random(9);
        var builder = new GraphBuilder("turned");
        string x = builder.Input("x", OnnxElementType.Float, 2, 5);
        string w = builder.Add("Transpose", [builder.Constant("w", Numbers(random, 8 * 5), 8, 5)]);
        string h = builder.Add("Tanh", [builder.Add("Add", [builder.Constant("b", Numbers(random, 8)), builder.Add("MatMul", [x, w])])]);
        OnnxFile file = builder.Output("y", builder.Add("MatMul", [h, builder.Constant("v", Numbers(random, 24), 8, 3)]), OnnxElementType.Float, 2, 3).Build();
        float[] norms = [.. file.Graph.Constant("w")!.ToFloats().Chunk(5).Select(unit => unit.Sum(Math.Abs))];
        OnnxFile silent = file.Clone();
        Silence(silent, "v", 8, 3, [.. Enumerable.Range(0, 8).OrderBy(unit => norms[unit]).Take(4)]);

        PrunedModel pruned = StructuredPruning.Shrink(file);

        Assert.Equal([5, 4], pruned.Nodes[0].Shape);
        Assert.Equal(20, MagnitudePruning.Prune(file).Nodes[0].Zeros);
        IReadOnlyDictionary<string, OnnxTensor> input = new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Of("x", Numbers(random, 30), 3, 2, 5) };
        StructuredPruningTests.Close(Run(silent, input)["y"].ToFloats(), Run(pruned.File, input)["y"].ToFloats(), 1e-5);
    }

    [Fact]
    public void Shrink_WeightsThatAnotherNodeReads_StayWithReason()
    {
        var random = new Random(5);
        var builder = new GraphBuilder("read-twice");
        string x = builder.Input("x", OnnxElementType.Float, 6);
        string w = builder.Constant("w", Numbers(random, 36), 6, 6);
        string first = builder.Add("Relu", [builder.Add("MatMul", [x, w])]);
        string second = builder.Add("Relu", [builder.Add("MatMul", [first, builder.Constant("v", Numbers(random, 36), 6, 6)])]);
        string third = builder.Add("MatMul", [second, builder.Constant("u", Numbers(random, 12), 6, 2)]);
        string size = builder.Add("ReduceL2", [builder.Add("Mul", [w, x])], OnnxAttribute.Of("keepdims", 0L)); // of the weights and the input, so that it is no constant
        OnnxFile file = builder.Output("y", builder.Add("Add", [third, size]), OnnxElementType.Float, 2).Build();
        file.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = 1;

        PrunedModel pruned = StructuredPruning.Shrink(file, inputs: new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Of("x", Numbers(random, 6), 1, 6) });

        Assert.Equal([6, 6], pruned.File.Graph.Constant("w")!.Dims);
        Assert.Contains(pruned.Kept, kept => kept.Reason.Contains("'w', the weights of", StringComparison.Ordinal) && kept.Reason.Contains("Mul", StringComparison.Ordinal));
        Assert.Equal([3, 2], pruned.File.Graph.Constant("u")!.Dims);
    }

    [Fact]
    public void Prune_ConcatOrSharedWeights_KeptOrCopied()
    {
        var random = new Random(4);
        var builder = new GraphBuilder("shared");
        string x = builder.Input("x", OnnxElementType.Float, 6);
        string w = builder.Constant("w", Numbers(random, 36), 6, 6);
        string first = builder.Add("Relu", [builder.Add("MatMul", [x, w])]);
        string second = builder.Add("Relu", [builder.Add("MatMul", [first, w])]);
        string joined = builder.Add("Concat", [second, x], OnnxAttribute.Of("axis", 1));
        OnnxFile file = builder.Output("y", builder.Add("MatMul", [joined, builder.Constant("v", Numbers(random, 24), 12, 2)]), OnnxElementType.Float, 2).Build();
        float[] norms = [.. Enumerable.Range(0, 6).Select(unit => Enumerable.Range(0, 6).Sum(input => Math.Abs(file.Graph.Constant("w")!.ToFloats()[(input * 6) + unit])))];
        OnnxFile silent = file.Clone();
        OnnxTensor own = silent.Graph.Constant("w")!.Clone();
        own.Name = "w2";
        silent.Graph.Initializer.Add(own);
        silent.Graph.NodesOf("MatMul")[1].Input[1] = "w2";
        Silence(silent, "w2", 6, 6, [.. Enumerable.Range(0, 6).OrderBy(unit => norms[unit]).Take(3)]);

        PrunedModel pruned = StructuredPruning.Shrink(file);

        Assert.Contains(pruned.Kept, kept => kept.Reason.Contains("Concat", StringComparison.Ordinal));
        IReadOnlyDictionary<string, OnnxTensor> input = new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Of("x", Numbers(random, 12), 2, 6) };
        StructuredPruningTests.Close(Run(silent, input)["y"].ToFloats(), Run(pruned.File, input)["y"].ToFloats(), 1e-5);
    }

    [Fact]
    public void Prune_BadInput_SaysWhatAndWhichStepHelps()
    {
        Assert.Contains("EmbedExternalData", Refused(OnnxFile.Load(Models.At("external"))), StringComparison.Ordinal);
        Assert.Contains("nothing to prune", Refused(Models.Load("sklearn-linear")), StringComparison.Ordinal);
        OnnxFile quantized = Models.Load("mlp");
        quantized.Graph.InsertAfter("input", new OnnxNode { OpType = "DynamicQuantizeLinear", Output = { "q", "scale", "zero" } });
        Assert.Contains("then quantize", Refused(quantized), StringComparison.Ordinal);
        OnnxFile broken = Models.Load("mlp");
        Write(broken, "fc2.weight", [.. broken.Graph.Constant("fc2.weight")!.ToFloats().Select((value, i) => i == 7 ? float.NaN : value)]);
        Assert.Contains("/fc2/Gemm", Refused(broken), StringComparison.Ordinal);
        Assert.Contains("/fc1/Gemm", Assert.Throws<ArgumentException>(() => MagnitudePruning.Prune(Models.Load("mlp"), new PruningOptions { Exclude = ["fc1"] })).Message, StringComparison.Ordinal);

        static string Refused(OnnxFile file)
        {
            string message = Assert.Throws<OnnxException>(() => MagnitudePruning.Prune(file)).Message;
            Assert.Throws<OnnxException>(() => TwoFourPruning.Prune(file));
            Assert.Throws<OnnxException>(() => StructuredPruning.Shrink(file));
            return message;
        }
    }

    [Fact]
    public void Prune_AllZeroLayer_IsListed()
    {
        OnnxFile file = Models.Load("mlp");
        Write(file, "fc2.weight", new float[32 * 64]);

        PrunedModel pruned = MagnitudePruning.Prune(file, new PruningOptions { Amount = 0.1 });

        KeptNode kept = Assert.Single(pruned.Kept);
        Assert.Equal(("/fc2/Gemm", "all its weights are 0 already"), (kept.Node, kept.Reason));
        Assert.Equal(1, pruned.Nodes[1].Share);
        Assert.Contains("branches", MagnitudePruning.Prune(Models.Load("control-flow")).Kept.Single().Reason, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(pruned.ToJson());
        Assert.Equal("magnitude", json.RootElement.GetProperty("method").GetString());
        Assert.Equal("/fc1/Gemm", json.RootElement.GetProperty("nodes")[0].GetProperty("node").GetString());
    }

    /// <summary>Prunes half of one node's units and compares with the whole model whose reader has zeros where they were.</summary>
    private static void Check(string name, string[]? only, string weight, int unitAxis, int inner, string reader, int readerInner)
    {
        OnnxFile file = Models.Load(name);
        string[] all = [.. MagnitudePruning.Prune(file).Nodes.Select(node => node.Node)];
        only ??= [all[0]];
        PrunedModel pruned = StructuredPruning.Shrink(file, new PruningOptions { Exclude = [.. all.Except(only)] });

        // Brute force: the norm of each unit, and what reads the smaller half set to 0.
        OnnxTensor tensor = file.Graph.Constant(weight)!;
        int units = (int)tensor.Dims[unitAxis];
        double[] norms = new double[units];
        float[] values = tensor.ToFloats();
        for (int i = 0; i < values.Length; i++)
        {
            norms[i / inner % units] += Math.Abs(values[i]);
        }

        OnnxFile silent = file.Clone();
        Silence(silent, reader, units, readerInner, [.. Enumerable.Range(0, units).OrderBy(unit => norms[unit]).Take((int)Math.Round(units * 0.5, MidpointRounding.ToEven))]);
        SameOutputs(name, silent, pruned.File);
        Assert.True(pruned.ParametersAfter < pruned.ParametersBefore);
    }

    private static void SameOutputs(string name, OnnxFile expected, OnnxFile actual)
    {
        (IReadOnlyDictionary<string, OnnxTensor> inputs, _, _) = Models.Sample(name);
        IReadOnlyDictionary<string, OnnxTensor> results = Run(actual, inputs);
        foreach ((string output, OnnxTensor tensor) in Run(expected, inputs).Where(pair => pair.Value.DataType == OnnxElementType.Float))
        {
            StructuredPruningTests.Close(tensor.ToFloats(), results[output].ToFloats(), 2e-5); // single precision, sums in another order
        }
    }

    private static IReadOnlyDictionary<string, OnnxTensor> Run(OnnxFile file, IReadOnlyDictionary<string, OnnxTensor> inputs)
    {
        using var model = OnnxModel.Open(file);
        return model.Run(inputs);
    }

    private static void Silence(OnnxFile file, string name, int channels, int inner, int[] units)
    {
        float[] values = file.Graph.Constant(name)!.ToFloats();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = units.Contains(i / inner % channels) ? 0 : values[i];
        }

        Write(file, name, values);
    }

    private static void Write(OnnxFile file, string name, float[] values)
    {
        OnnxTensor old = file.Graph.Constant(name)!;
        file.Graph.Initializer[file.Graph.Initializer.IndexOf(old)] = OnnxTensor.Of(name, values, [.. old.Dims]);
    }

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble() - 0.5f)];
}
