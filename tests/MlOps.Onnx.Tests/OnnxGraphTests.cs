using MlOps.Learning;
using MlOps.Onnx.Checking;

namespace MlOps.Onnx.Tests;

/// <summary>Edits of a graph; ONNX Runtime runs the model before and after.</summary>
public sealed class OnnxGraphTests
{
    private static readonly Matrix s_x = new(3, 2, [1, 2, -3, 4, 5, -6]);

    [Fact]
    public void Find_ByNameOperatorAndValue_FindsNodes()
    {
        OnnxGraph graph = Dense().Graph;
        Assert.Equal(["matmul", "matmul_2"], graph.NodesOf("MatMul").Select(node => node.Name));
        Assert.Same(graph.FindNode("relu"), graph.Producer("relu"));
        Assert.Equal(["matmul_2"], graph.Consumers("relu").Select(node => node.Name));
        Assert.Null(graph.Producer("x"));
        Assert.Empty(graph.Consumers(""));
        Assert.Equal("float[N, 2]", graph.Value("x")!.Describe());
        Assert.Equal("float[2, 2]", graph.Value("w")!.Describe());
        Assert.Null(graph.Value("relu"));
        Assert.Equal("relu_2", graph.FreshName("relu"));
    }

    [Fact]
    public void Consumers_ValueReadInABranch_AreFound() => Assert.Equal(["total", "if"], TestFiles.Load("branch.onnx").Graph.Consumers("x2").Select(node => node.Name));

    [Fact]
    public void InsertAfter_ValueInBetween_ChangesWhatItsReadersSee()
    {
        OnnxFile file = Dense();
        double[] relu = Run(file, "relu");
        file.Graph.InsertAfter("relu", new OnnxNode { OpType = "Neg" });
        double[] expected = Product(relu.Select(value => -value).ToArray());
        Assert.Equal(expected, Run(file, "y"));
    }

    [Fact]
    public void InsertAfter_InputOfTheGraph_IsReadThroughIt()
    {
        OnnxFile file = Dense();
        double[] direct = Run(Dense(), "y", new Matrix(3, 2, [.. s_x.Values.ToArray().Select(value => value * 2)]));
        OnnxNode node = Binary("Mul", "", "two");
        file.Graph.Initializer.Add(OnnxTensor.Of("two", [2f]));
        file.Graph.InsertAfter("x", node);
        Assert.Equal(direct, Run(file, "y"));
        Assert.Equal("x", file.Graph.Node[0].Input[0]);
    }

    [Fact]
    public void InsertAfter_OutputOfTheGraph_KeepsItsName()
    {
        OnnxFile file = Dense();
        double[] before = Run(file, "y");
        file.Graph.InsertAfter("y", new OnnxNode { OpType = "Neg" });
        Assert.Equal(before.Select(value => -value), Run(file, "y"));
    }

    [Fact]
    public void InsertAfter_ValueReadInABranch_ReachesTheBranch()
    {
        OnnxFile file = TestFiles.Load("branch.onnx");
        Assert.Equal([-2, -20], Run(file, "y", new Matrix(1, 2, [1, 10]))); // 2 + 20 is above the limit: negated
        file.Graph.InsertAfter("x2", new OnnxNode { OpType = "Abs" });
        Assert.Equal([-2, -20], Run(file, "y", new Matrix(1, 2, [1, -10])));
    }

    [Fact]
    public void InsertAfter_ReadsWhatDependsOnIt_IsTold()
    {
        OnnxFile file = Dense();
        Assert.Contains("depends on what it makes", Assert.Throws<OnnxException>(() => file.Graph.InsertAfter("matmul", Binary("Add", "", "relu"))).Message, StringComparison.Ordinal);
        Assert.Contains("'nothing'", Assert.Throws<OnnxException>(() => Dense().Graph.InsertAfter("nothing", new OnnxNode { OpType = "Neg" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InsertBefore_OneInput_LeavesOtherReadersAlone()
    {
        OnnxFile file = Dense();
        file.Graph.Expose("relu");
        double[] relu = Run(file, "relu");
        file.Graph.InsertBefore(file.Graph.FindNode("matmul_2")!, 0, new OnnxNode { OpType = "Neg" });
        Assert.Equal(relu, Run(file, "relu"));
        Assert.Equal(Product(relu.Select(value => -value).ToArray()), Run(file, "y"));
        Assert.Throws<ArgumentException>(() => file.Graph.InsertBefore(file.Graph.FindNode("relu")!, 1, new OnnxNode { OpType = "Neg" }));
        Assert.Throws<ArgumentException>(() => file.Graph.InsertBefore(new OnnxNode(), 0, new OnnxNode { OpType = "Neg" }));
    }

    [Fact]
    public void Replace_ReluByItsDefinition_GivesTheSame()
    {
        OnnxFile file = Dense();
        double[] before = Run(file, "y");
        OnnxNode relu = file.Graph.FindNode("relu")!;
        OnnxNode max = Binary("Max", relu.Input[0], "zero");
        max.Output.Add("relu");
        file.Graph.Initializer.Add(OnnxTensor.Of("zero", [0f]));
        file.Graph.Replace(relu, max);
        Assert.Empty(file.Graph.NodesOf("Relu"));
        Assert.Equal(before, Run(file, "y"));
    }

    [Fact]
    public void Replace_ValueWouldBeGone_IsToldAndChangesNothing()
    {
        OnnxFile file = Dense();
        OnnxFile before = file.Clone();
        Assert.Contains("'relu'", Assert.Throws<OnnxException>(() => file.Graph.Replace(file.Graph.FindNode("relu")!)).Message, StringComparison.Ordinal);
        Assert.Equal(before, file);
    }

    [Fact]
    public void Remove_NodeInBetween_ConnectsItsNeighbours()
    {
        OnnxFile file = Dense();
        double[] sum = Run(file, "add");
        file.Graph.Remove(file.Graph.FindNode("relu")!);
        Assert.Equal(Product(sum), Run(file, "y"));
    }

    [Fact]
    public void Remove_LastNode_KeepsTheOutputsName()
    {
        OnnxFile file = Dense();
        double[] before = Run(file, "y");
        file.Graph.Remove(file.Graph.FindNode("y")!); // the Identity that names the output
        Assert.Empty(file.Graph.NodesOf("Identity"));
        Assert.Equal(before, Run(file, "y"));
    }

    [Fact]
    public void Remove_BetweenInputAndOutput_LeavesACopy()
    {
        var graph = new GraphBuilder("neg");
        OnnxFile file = graph.Output("y", graph.Add("Neg", [graph.Input("x", OnnxElementType.Float, 2)]), OnnxElementType.Float, 2).Build();
        file.Graph.Remove(file.Graph.FindNode("neg")!);
        file.Graph.Remove(file.Graph.FindNode("y")!);
        Assert.Equal(s_x.Values.ToArray(), Run(file, "y"));
    }

    [Fact]
    public void Remove_NothingStandsForIt_IsToldAndChangesNothing()
    {
        OnnxFile file = Dense();
        file.Graph.FindNode("relu")!.Input.Clear();
        OnnxFile before = file.Clone();
        Assert.Contains("no input", Assert.Throws<OnnxException>(() => file.Graph.Remove(file.Graph.FindNode("relu")!)).Message, StringComparison.Ordinal);
        Assert.Equal(before, file);
    }

    [Theory]
    [InlineData("x", "features", "y")]
    [InlineData("relu", "hidden", "y")]
    [InlineData("w", "weights", "y")]
    [InlineData("y", "answer", "answer")]
    public void Rename_AnyValue_RunsAsBefore(string from, string to, string output)
    {
        OnnxFile file = Dense();
        double[] before = Run(file, "y");
        file.Graph.Rename(from, to);
        Assert.Empty(OnnxChecker.Check(file));
        Assert.Equal(before, Run(file, output));
        Assert.Throws<OnnxException>(() => file.Graph.Rename(to, "add"));
        Assert.Throws<OnnxException>(() => file.Graph.Rename(from, "other"));
    }

    [Fact]
    public void Rename_ValueReadInABranch_ReachesTheBranch()
    {
        OnnxFile file = TestFiles.Load("branch.onnx");
        file.Graph.Rename("x2", "doubled");
        Assert.Equal([-2, -20], Run(file, "y", new Matrix(1, 2, [1, 10])));
        Assert.Equal([2, 4], Run(file, "y", new Matrix(1, 2, [1, 2])));
    }

    [Fact]
    public void Expose_ValueInBetween_BecomesAnOutput()
    {
        OnnxFile file = Dense();
        file.Graph.Expose("add");
        file.Graph.Expose("add");
        Assert.Equal(2, file.Graph.Output.Count);
        // x · w + b by hand: w = [[1, 2], [3, 4]], b = [1, −1].
        Assert.Equal([8, 9, 10, 9, -12, -15], Run(file, "add"));
    }

    [Fact]
    public void RemoveUnused_BehindAShorterGraph_TakesTheRestOut()
    {
        OnnxFile file = Dense();
        double[] relu = Run(file, "relu");
        file.Graph.Expose("relu");
        file.Graph.Output.RemoveAt(0);
        Assert.Equal(3, file.Graph.RemoveUnused()); // matmul_2, the Identity, and the constant v
        Assert.Equal(["matmul", "add", "relu"], file.Graph.Node.Select(node => node.Name));
        Assert.Equal(relu, Run(file, "relu"));
        Assert.Equal(0, file.Graph.RemoveUnused());
    }

    [Fact]
    public void Clone_Edited_LeavesTheOriginalAlone()
    {
        OnnxFile file = Dense();
        OnnxFile before = file.Clone();
        OnnxFile copy = file.Clone();
        copy.Graph.Remove(copy.Graph.FindNode("relu")!);
        copy.Graph.Rename("w", "weights");
        copy.Graph.Constant("b")!.RawData = Google.Protobuf.ByteString.Empty;
        Assert.Equal(before, file);
        Assert.Equal([8, 9, 10, 9, -12, -15], Run(file, "add"));
    }

    [Fact]
    public void Sort_ShuffledNodes_RunsAsBefore()
    {
        var random = new Random(3);
        for (int i = 0; i < 20; i++)
        {
            OnnxFile file = Dense();
            double[] before = Run(file, "y");
            OnnxNode[] nodes = [.. file.Graph.Node];
            random.Shuffle(nodes);
            file.Graph.Node.Clear();
            file.Graph.Node.AddRange(nodes);
            file.Graph.Sort();
            Assert.Equal(before, Run(file, "y"));
        }
    }

    /// <summary>y = relu(x · w + b) · v.</summary>
    private static OnnxFile Dense()
    {
        var graph = new GraphBuilder("dense");
        string x = graph.Input("x", OnnxElementType.Float, 2);
        string product = graph.Add("MatMul", [x, graph.Constant("w", [1f, 2, 3, 4], 2, 2)]);
        string relu = graph.Add("Relu", [graph.Add("Add", [product, graph.Constant("b", [1f, -1])])]);
        return graph.Output("y", graph.Add("MatMul", [relu, graph.Constant("v", [1f, 0, 5, 10], 2, 2)]), OnnxElementType.Float, 2).Build();
    }

    private static double[] Product(double[] h) => [.. Enumerable.Range(0, h.Length / 2).SelectMany(i => new[] { h[2 * i] + (5 * h[(2 * i) + 1]), 10 * h[(2 * i) + 1] })];

    private static OnnxNode Binary(string operation, string a, string b)
    {
        var node = new OnnxNode { OpType = operation };
        node.Input.AddRange([a, b]);
        return node;
    }

    private static double[] Run(OnnxFile file, string output, Matrix? x = null)
    {
        OnnxFile shown = file.Clone();
        shown.Graph.Expose(output);
        using var model = OnnxModel.Open(shown);
        return model.Run(x ?? s_x, output).Values.ToArray();
    }
}
