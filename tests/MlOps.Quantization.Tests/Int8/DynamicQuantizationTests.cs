using MlOps.Onnx;

namespace MlOps.Quantization.Tests.Int8;

/// <summary>Dynamic INT8. Oracles: what ONNX Runtime merges, and the float model's answers.</summary>
public class DynamicQuantizationTests
{
    [Theory]
    [InlineData("mlp", "DynamicQuantizeMatMul:3 Relu:2")]
    [InlineData("sklearn-mlp", "ArgMax:1 ArrayFeatureExtractor:1 DynamicQuantizeMatMul:2 Relu:1 Reshape:1 Softmax:1")]
    public void Quantize_Products_OnnxRuntimeMergesThem(string name, string merged)
    {
        foreach (bool perChannel in new[] { false, true })
        {
            QuantizedModel model = DynamicQuantization.Quantize(Models.Load(name), new DynamicOptions { PerChannel = perChannel });
            Assert.Equal(merged, OptimizedGraph.Text(model.File));
        }
    }

    [Theory]
    [MemberData(nameof(Models.All), MemberType = typeof(Models))]
    public void Quantize_EveryFile_AnswersStayClose(string name)
    {
        OnnxFile file = Models.Load(name);
        QuantizedModel model = DynamicQuantization.Quantize(file);
        ModelData data = name == "transformer-17" ? new ModelData([Models.Sample(name).Inputs], 4) : Models.Data(name, 128, 4);
        Assert.Equal("dynamic", model.Method);
        Assert.True(SmallModels.SignalToNoise(file, model.File, data) > 35);
    }

    [Theory]
    [InlineData(DynamicConvolutions.Stored, "DequantizeLinear", 3)]
    [InlineData(DynamicConvolutions.Integers, "ConvInteger", 3)]
    [InlineData(DynamicConvolutions.Floats, "Conv", 3)]
    public void Quantize_Convolutions_AreWrittenAsAskedFor(DynamicConvolutions form, string operation, int count)
    {
        OnnxFile file = Models.Load("cnn");
        foreach (bool perChannel in new[] { false, true })
        {
            QuantizedModel model = DynamicQuantization.Quantize(file, new DynamicOptions { Convolutions = form, PerChannel = perChannel });
            Assert.Equal(count, model.File.Graph.NodesOf(operation).Count);
            Assert.Equal(form != DynamicConvolutions.Floats, model.Quantized.Contains("/conv1/Conv"));
            Assert.True(SmallModels.SignalToNoise(file, model.File, Models.Data("cnn", 64, 4)) > 38);
        }
    }

    [Fact]
    public void Quantize_Transformer_TablesAreStoredInEightBits()
    {
        QuantizedModel model = DynamicQuantization.Quantize(Models.Load("transformer"));
        Assert.Contains("/embed/Gather", model.Quantized);
        Assert.Equal(OnnxElementType.Int8, model.File.Graph.Constant(model.File.Graph.FindNode("/embed/Gather")!.Input[0])!.DataType);
        Assert.All(model.File.Graph.Initializer, tensor => Assert.True(tensor.DataType != OnnxElementType.Float || tensor.ElementCount < 1024));
    }
}
