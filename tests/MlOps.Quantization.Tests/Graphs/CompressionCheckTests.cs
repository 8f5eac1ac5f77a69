using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Tests.Graphs;

public class CompressionCheckTests
{
    [Theory]
    [MemberData(nameof(Models.All), MemberType = typeof(Models))]
    public void Check_EveryFile_IsAdmitted(string name)
    {
        IReadOnlyList<ModelNotice> notices = CompressionCheck.Check(Models.Load(name));
        Assert.Equal(name == "control-flow" ? ["control-flow"] : Array.Empty<string>(), notices.Select(notice => notice.Kind));
    }

    [Fact]
    public void Check_ControlFlow_NamesTheNode()
    {
        ModelNotice notice = Assert.Single(CompressionCheck.Check(Models.Load("control-flow")));
        Assert.Equal([Models.Load("control-flow").Graph.NodesOf("If")[0].Name], notice.Nodes);
        Assert.Contains("nested graphs stay", notice.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ValuesInAnotherFile_SaysHowToBringThemIn()
    {
        var e = Assert.Throws<OnnxException>(() => CompressionCheck.Check(OnnxFile.Load(Models.At("external"))));
        Assert.Contains("ModelFile.Load", e.Message, StringComparison.Ordinal);
        Assert.Empty(CompressionCheck.Check(ModelFile.Load(Models.At("external"))));
    }

    [Fact]
    public void Check_QuantizedModel_IsRefusedAndNamesANode()
    {
        var graph = new GraphBuilder("q");
        string x = graph.Input("x", OnnxElementType.Float, 3);
        string[] codes = graph.Add("", "DynamicQuantizeLinear", [x], 3);
        string back = graph.Add("DequantizeLinear", codes);
        OnnxFile file = graph.Output("y", back, OnnxElementType.Float, 3).Build();
        var e = Assert.Throws<OnnxException>(() => CompressionCheck.Check(file));
        Assert.Contains("DynamicQuantizeLinear 'dynamicquantizelinear'", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, CompressionCheck.QuantizedNodes(file).Count);
    }

    [Fact]
    public void Check_BrokenGraph_NamesThePlace()
    {
        OnnxFile file = Models.Load("mlp");
        file.Graph.Node[0].Input[1] = "nowhere";
        Assert.Contains("nowhere", Assert.Throws<OnnxException>(() => CompressionCheck.Check(file)).Message, StringComparison.Ordinal);
        Assert.Throws<OnnxException>(() => CompressionCheck.Check(new OnnxFile()));
    }

    [Fact]
    public void Check_OperatorOfAnUnknownDomain_IsNoticed()
    {
        OnnxFile file = Models.Load("mlp");
        file.Graph.NodesOf("Relu")[0].Domain = "my.company";
        Assert.Equal("unknown-operator", Assert.Single(CompressionCheck.Check(file)).Kind);
    }

    [Fact]
    public void Check_DoubleWeights_AreNoticed()
    {
        var graph = new GraphBuilder("d");
        string x = graph.Input("x", OnnxElementType.Double, 3);
        OnnxFile file = graph.Output("y", graph.Add("Add", [x, graph.Constant("b", [1.0, 2, 3])]), OnnxElementType.Double, 3).Build();
        Assert.Equal("weights", Assert.Single(CompressionCheck.Check(file)).Kind);
    }

    [Fact]
    public void Load_DamagedFile_IsRefused()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".onnx");
        try
        {
            File.WriteAllBytes(path, File.ReadAllBytes(Models.At("mlp"))[..5000]);
            Assert.Contains("cut off", Assert.Throws<OnnxException>(() => ModelFile.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
