using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Tests.Graphs;

/// <summary>Oracle: the architecture in make.py, by hand.</summary>
public class ValueShapesTests
{
    [Fact]
    public void Of_CnnWithThreeRows_GivesTheSizesOfItsArchitecture()
    {
        var shapes = ValueShapes.Of(Models.Load("cnn-folded"), rows: 3);
        OnnxGraph graph = Models.Load("cnn-folded").Graph;
        IReadOnlyList<OnnxNode> convolutions = graph.NodesOf("Conv");
        Assert.Equal([3, 3, 16, 16], shapes["input"]!.Dims);
        Assert.Equal([3, 16, 16, 16], shapes[convolutions[0].Output[0]]!.Dims);
        Assert.Equal([3, 24, 4, 4], shapes[convolutions[1].Output[0]]!.Dims); // 16 halved by the pool, then by the stride
        Assert.Equal([3, 24, 1, 1], shapes[graph.NodesOf("GlobalAveragePool")[0].Output[0]]!.Dims);
        Assert.Equal([3, 5], shapes["output"]!.Dims);
        Assert.Equal(3 * 5 * 4, shapes["output"]!.Bytes);
        Assert.Equal([16, 3, 3, 3], shapes[convolutions[0].Input[1]]!.Dims);
        Assert.Contains("input: float[3, 3, 16, 16] of normal random numbers", shapes.Fed, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models.All), MemberType = typeof(Models))]
    public void Of_EveryFile_KnowsEveryValueOutsideNestedGraphs(string name)
    {
        OnnxFile file = Models.Load(name);
        byte[] before = Google.Protobuf.MessageExtensions.ToByteArray(file);
        var shapes = ValueShapes.Of(file, Models.Sample(name).Inputs);
        Assert.All(file.Graph.Node.SelectMany(node => node.Output), value => Assert.NotNull(shapes[value]));
        foreach ((string output, OnnxTensor tensor) in Models.Sample(name).Outputs)
        {
            Assert.Equal(tensor.Dims, shapes[output]!.Dims);
            Assert.Equal(tensor.DataType, shapes[output]!.Type);
        }

        Assert.Equal(before, Google.Protobuf.MessageExtensions.ToByteArray(file));
    }

    [Fact]
    public void Of_FreeLength_IsOneUnlessASizeIsGiven()
    {
        OnnxFile file = Models.Load("transformer");
        Assert.Equal([2, 1], ValueShapes.Of(file, rows: 2)["input"]!.Dims);
        Assert.Equal([2, 7], ValueShapes.Of(file, 2, new Dictionary<string, long> { ["length"] = 7 })["input"]!.Dims);
        Assert.Equal([2, 7], ValueShapes.Of(file, 2, new Dictionary<string, long> { ["input[1]"] = 7 })["input"]!.Dims);
    }

    [Fact]
    public void Of_SizeThatTheModelCannotTake_SaysWhatWasMadeUp()
    {
        OnnxFile file = Models.Load("transformer"); // it has 16 positions
        var e = Assert.Throws<OnnxException>(() => ValueShapes.Of(file, 1, new Dictionary<string, long> { ["length"] = 17 }));
        Assert.Contains("input: int64[1, 17] of zeros", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ExampleInputs_EqualSeeds_GiveEqualValues()
    {
        OnnxFile file = Models.Load("mlp");
        Assert.Equal(ExampleInputs.Of(file, 2, seed: 3).Inputs["input"], ExampleInputs.Of(file, 2, seed: 3).Inputs["input"]);
        Assert.NotEqual(ExampleInputs.Of(file, 2, seed: 3).Inputs["input"], ExampleInputs.Of(file, 2, seed: 4).Inputs["input"]);
        Assert.Equal("rows", Assert.Throws<ArgumentOutOfRangeException>(() => ExampleInputs.Of(file, 0)).ParamName);
    }

    [Fact]
    public void Count_ScalarAndEmpty_AreOneAndZero()
    {
        Assert.Equal(1, new ValueShape("s", OnnxElementType.Float, []).Count);
        Assert.Equal(0, new ValueShape("e", OnnxElementType.Float, [3, 0]).Bytes);
        Assert.Equal(2, new ValueShape("n", OnnxElementType.Int4, [3]).Bytes); // two a byte
    }
}
