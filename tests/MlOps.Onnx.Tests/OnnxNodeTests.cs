namespace MlOps.Onnx.Tests;

public sealed class OnnxNodeTests
{
    private static readonly OnnxNode s_linear = TestFiles.Load("zipmap.onnx").Graph.FindNode("linear")!;

    [Fact]
    public void Attributes_FileOfPython_AreReadByKind()
    {
        Assert.Equal(1, s_linear.GetInt("multi_class"));
        Assert.Equal("SOFTMAX", s_linear.GetText("post_transform"));
        Assert.Equal([0f, 0.5f, 0.25f], s_linear.GetFloats("intercepts"));
        Assert.Equal([0L, 1L, 2L], s_linear.GetInts("classlabels_ints"));
        Assert.Empty(s_linear.GetTexts("classlabels_strings"));
        Assert.Equal("ai.onnx.ml.LinearClassifier 'linear'", s_linear.Title);
    }

    [Fact]
    public void Label_Nodes_IsTheNameElseTheFirstOutputElseTheOperator()
    {
        Assert.Equal("linear", s_linear.Label);
        Assert.Equal("scores", new OnnxNode { OpType = "TopK", Output = { "", "scores" } }.Label);
        Assert.Equal("Relu", new OnnxNode { OpType = "Relu" }.Label);
    }

    [Fact]
    public void Attributes_Missing_GiveTheDefaultOrAnErrorThatNamesTheNode()
    {
        Assert.Equal(-1, s_linear.GetInt("axis", -1));
        Assert.Equal("ai.onnx.ml.LinearClassifier 'linear': attribute 'axis' is missing.", Assert.Throws<OnnxException>(() => s_linear.GetInt("axis")).Message);
        Assert.Throws<OnnxException>(() => s_linear.GetTensor("value"));
    }

    [Fact]
    public void Attributes_OtherKind_IsTold() =>
        Assert.Contains("holds String; Int is asked for", Assert.Throws<OnnxException>(() => s_linear.GetInt("post_transform")).Message, StringComparison.Ordinal);

    [Fact]
    public void Set_AttributeThatIsThere_ReplacesIt()
    {
        OnnxNode node = s_linear.Clone();
        node.Set(OnnxAttribute.Of("multi_class", 0));
        Assert.Equal(0, node.GetInt("multi_class"));
        Assert.Equal(s_linear.Attribute.Count, node.Attribute.Count);
        Assert.Equal(1, s_linear.GetInt("multi_class")); // the copy is deep
    }

    [Fact]
    public void GetGraph_BranchOfIf_IsAGraph() => Assert.Equal("neg", TestFiles.Load("branch.onnx").Graph.FindNode("if")!.GetGraph("then_branch").Node[0].Name);
}
