using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Tests.Graphs;

/// <summary>Oracle: ONNX Runtime runs the old graph by the old operators' definitions and the raised one by the new ones'.</summary>
public class OpsetRaiseTests
{
    public static TheoryData<string, long, long, long[]> Operators { get; } = new()
    {
        { "Clip:min=-0.5f;max=0.25f", 7, 13, [2, 3, 4] },
        { "Clip:max=0.25f", 10, 11, [2, 3, 4] },
        { "Clip", 9, 17, [2, 3, 4] },
        { "Dropout:ratio=0.3f", 7, 13, [2, 3] },
        { "Squeeze:axes=[1]", 9, 13, [2, 1, 4] },
        { "Squeeze", 9, 13, [2, 1, 4] },
        { "Unsqueeze:axes=[0,2]", 11, 13, [2, 3] },
        { "ReduceSum:axes=[1];keepdims=0", 9, 13, [2, 3, 4] },
        { "ReduceMean:axes=[1];keepdims=0", 9, 13, [2, 3, 4] },
        { "Softmax", 9, 13, [2, 3, 4] },
        { "Softmax:axis=2", 9, 13, [2, 3, 4] },
        { "Softmax:axis=1", 12, 17, [2, 3, 4, 5] },
        { "Softmax:axis=0", 9, 13, [2, 3] },
        { "LogSoftmax", 9, 13, [2, 3, 4] },
        { "Hardmax:axis=1", 9, 13, [2, 3, 4] },
        { "Pad:pads=[0,1,0,2];mode='constant';value=1.5f", 9, 13, [2, 3] },
        { "Pad:pads=[0,1,0,2];mode='reflect'", 9, 13, [2, 3] },
        { "Slice:starts=[1];ends=[3];axes=[1]", 9, 13, [2, 4] },
        { "Slice:starts=[0,1];ends=[2,3]", 7, 10, [2, 4] },
        { "Upsample:scales=[1f,1f,2f,2f];mode='nearest'", 7, 13, [1, 2, 3, 3] },
        { "Upsample:scales=[1f,1f,2f,2f];mode='linear'", 7, 13, [1, 2, 3, 3] },
        { "Upsample:scales=[1f,1f,1f,3f];mode='nearest'", 7, 10, [1, 2, 3, 3] },
    };

    [Theory]
    [MemberData(nameof(Operators))]
    public void To_OneOperator_ComputesTheSame(string node, long from, long to, long[] dims)
    {
        OnnxFile old = Single(node, from, dims, 1);
        OnnxFile raised = OpsetRaise.To(old, to);
        Assert.Equal(to, OpsetRaise.VersionOf(raised));
        Assert.Equal(from, OpsetRaise.VersionOf(old));
        OutputsOf.AssertEqual(old, raised, ExampleInputs.Of(old).Inputs, 0);
    }

    [Fact]
    public void To_SplitAndTopK_TakeTheirNumbersAsInputs()
    {
        OnnxFile split = Single("Split:split=[1,3];axis=1", 9, [2, 4], 2);
        OutputsOf.AssertEqual(split, OpsetRaise.To(split, 13), ExampleInputs.Of(split).Inputs, 0);
        OnnxFile top = Single("TopK:k=2", 9, [2, 4], 1);
        OutputsOf.AssertEqual(top, OpsetRaise.To(top, 13), ExampleInputs.Of(top).Inputs, 0);
    }

    [Fact]
    public void To_Opset9Export_RunsAlike()
    {
        OnnxFile old = Models.Load("opset9");
        OutputsOf.AssertEqual(old, OpsetRaise.To(old, 13), Models.Sample("opset9").Inputs, 0);
    }

    [Fact]
    public void To_NestedGraph_IsRaisedToo()
    {
        OnnxFile old = Models.Load("control-flow");
        OutputsOf.AssertEqual(old, OpsetRaise.To(old, 17), Models.Sample("control-flow").Inputs, 0);
    }

    [Fact]
    public void To_WhatCannotBeRaised_NamesTheNodeAndTheStep()
    {
        OnnxFile training = Single("BatchNormalization:spatial=0", 7, [2, 3], 1);
        var e = Assert.Throws<OnnxException>(() => OpsetRaise.To(training, 13));
        Assert.Contains("BatchNormalization 'node'", e.Message, StringComparison.Ordinal);
        Assert.Contains("opset_version=13", e.Message, StringComparison.Ordinal);
        OnnxFile ancient = Single("Relu", 6, [2, 3], 1);
        Assert.Contains("version 6", Assert.Throws<OnnxException>(() => OpsetRaise.To(ancient, 13)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => OpsetRaise.To(ancient, 18));
    }

    /// <summary>A graph of one node; attributes as <c>name=2</c>, <c>name=0.5f</c>, <c>name='text'</c> or lists of them.</summary>
    private static OnnxFile Single(string text, long version, long[] dims, int outputs)
    {
        string[] parts = text.Split(':');
        var graph = new GraphBuilder("single");
        var node = new OnnxNode { Name = "node", OpType = parts[0] };
        node.Input.Add(graph.Input("x", OnnxElementType.Float));
        OnnxFile file = graph.Build();
        file.Graph.Input.Clear();
        file.Graph.Input.Add(OnnxValue.Tensor("x", OnnxElementType.Float, dims));
        foreach (string attribute in parts.Skip(1).SelectMany(part => part.Split(';')))
        {
            string[] pair = attribute.Split('=');
            bool list = pair[1][0] == '[';
            string[] items = pair[1].Trim('[', ']').Split(',');
            node.Attribute.Add(pair[1][0] == '\'' ? OnnxAttribute.Of(pair[0], pair[1].Trim('\''))
                : items[0].EndsWith('f') ? list ? OnnxAttribute.Of(pair[0], items.Select(Float)) : OnnxAttribute.Of(pair[0], Float(items[0]))
                : list ? OnnxAttribute.Of(pair[0], items.Select(Long)) : OnnxAttribute.Of(pair[0], Long(items[0])));
        }

        node.Output.AddRange(Enumerable.Range(0, node.OpType == "TopK" ? 2 : outputs).Select(i => $"y{i}"));
        file.Graph.Node.Add(node);
        file.Graph.Output.AddRange(node.Output.Take(outputs).Select(name => new OnnxValue { Name = name }));
        file.OpsetImport[0].Version = version;
        return file;
    }

    private static float Float(string text) => float.Parse(text.TrimEnd('f'), System.Globalization.CultureInfo.InvariantCulture);

    private static long Long(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
