using MlOps.Onnx;

namespace MlOps.Quantization.Tests.Int8;

/// <summary>One layer at a time. Oracle: the same done by hand with excluded nodes.</summary>
public class LayerSensitivityTests
{
    [Fact]
    public void Measure_EachLayer_IsWhatQuantizingItAloneGives()
    {
        OnnxFile file = Models.Load("cnn");
        ModelData data = Models.Data("cnn", 64, 3);
        LayerSensitivity sensitivity = LayerSensitivity.Measure(file, data);
        string[] layers = ["/conv1/Conv", "/conv2/Conv", "/conv3/Conv", "/fc/Gemm"];
        Assert.Equal(layers, sensitivity.Nodes.Select(node => node.Node).Order(StringComparer.Ordinal));
        foreach (NodeSensitivity node in sensitivity.Nodes)
        {
            QuantizedModel alone = StaticQuantization.Quantize(file, data, new StaticOptions { ExcludedNodes = [.. layers.Where(layer => layer != node.Node)] });
            Assert.Equal(SmallModels.SignalToNoise(file, alone.File, data), node.SignalToNoise!.Value, 1);
        }

        Assert.Equal(sensitivity.Nodes.OrderBy(node => node.Agreement).ThenBy(node => node.SignalToNoise), sensitivity.Nodes);
        Assert.Contains("/conv1/Conv", sensitivity.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(sensitivity.Chart().ToSvg());
    }

    [Fact]
    public void Measure_LayerWithAnOutlier_ComesFirst()
    {
        OnnxFile file = WithOutlier();
        LayerSensitivity sensitivity = LayerSensitivity.Measure(file, SmallModels.Rows(file, 8));
        Assert.Equal("one.w", FirstWeight(file, sensitivity.Nodes[0].Node));
    }

    [Fact]
    public void Choose_LayerWithAnOutlier_IsTakenBackUntilTheBudgetHolds()
    {
        OnnxFile file = WithOutlier();
        MixedPrecision mixed = MixedPrecision.Choose(file, SmallModels.Rows(file, 8, 200), new PrecisionBudget { MinAgreement = 0.95 }, test: SmallModels.Rows(file, 8, 200, seed: 5));
        Assert.True(mixed.Holds);
        Assert.Equal(2, mixed.Trials.Count);
        Assert.False(mixed.Trials[0].Holds);
        Assert.Equal(["one.w"], mixed.Chosen.Kept.Select(node => FirstWeight(file, node)));
        Assert.True(mixed.Chosen.Agreement >= 0.95);
        Assert.Single(mixed.Model.Quantized);
        Assert.Contains("The budget holds", mixed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_EasyBudget_LeavesNothingInFloat()
    {
        ModelData data = Models.Data("mlp", 128, 3);
        double last = 0;
        MixedPrecision mixed = MixedPrecision.Choose(Models.Load("mlp"), data, new PrecisionBudget { MaxAccuracyDrop = 0.01 }, progress: new Last(value => last = value));
        Assert.True(mixed.Holds);
        Assert.Empty(mixed.Chosen.Kept);
        Assert.NotNull(mixed.FloatAccuracy);
        Assert.Equal(1, last);
    }

    [Fact]
    public void Choose_BudgetThatMakesNoSense_NamesTheArgument()
    {
        OnnxFile file = SmallModels.Mlp();
        ModelData data = SmallModels.Rows(file, 8);
        foreach (PrecisionBudget budget in new PrecisionBudget[] { new(), new() { MinAgreement = 99 }, new() { MaxAccuracyDrop = 0.01 } })
        {
            Assert.Equal("budget", Assert.Throws<ArgumentException>(() => MixedPrecision.Choose(file, data, budget)).ParamName);
        }
    }

    /// <summary>The first layer's weights beside one of 200 that reads an input of 0: 8 bits leave nearly nothing of the others.</summary>
    private static OnnxFile WithOutlier()
    {
        OnnxFile file = SmallModels.Mlp();
        OnnxTensor tensor = file.Graph.Constant("one.w")!;
        float[] values = Array.ConvertAll(tensor.ToFloats(), value => 0.3f * value);
        values[0] = 200;
        OnnxTensor bias = file.Graph.Constant("one.b")!;
        float[] low = bias.ToFloats();
        low[0] = -1000; // that neuron never fires, so that the outlier itself says nothing
        file.Graph.Initializer[file.Graph.Initializer.IndexOf(tensor)] = OnnxTensor.Of("one.w", values, [.. tensor.Dims]);
        file.Graph.Initializer[file.Graph.Initializer.IndexOf(bias)] = OnnxTensor.Of("one.b", low, [.. bias.Dims]);
        return file;
    }

    private static string FirstWeight(OnnxFile file, string node) => file.Graph.FindNode(node)!.Input[1];

    private sealed class Last(Action<double> told) : IProgress<double>
    {
        public void Report(double value) => told(value);
    }
}
