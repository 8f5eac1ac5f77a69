namespace MlOps.Onnx.Tests;

public sealed class BoundRunTests
{
    /// <summary>Oracle: <see cref="OnnxModel.Run(IReadOnlyDictionary{string, OnnxTensor}, IEnumerable{string})"/> on the same rows, and arithmetic.</summary>
    [Fact]
    public void Run_SeveralTimes_GivesWhatRunGives()
    {
        using OnnxModel model = OnnxModel.Open(Twice(), new OnnxModelOptions { QuietBetweenRuns = true });
        var inputs = new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Of("x", [1f, 2f, 3f, 4f], 2, 2) };
        using BoundRun run = model.Bind(inputs);

        for (int i = 0; i < 3; i++)
        {
            run.Run();
        }

        Assert.Equal([2f, 4f, 6f, 8f], run.Outputs()["y"].ToFloats());
        Assert.Equal(model.Run(inputs)["y"], run.Outputs()["y"]);
    }

    [Fact]
    public void Bind_OtherInputs_AreRefused()
    {
        using OnnxModel model = OnnxModel.Open(Twice());

        Assert.Equal("inputs", Assert.Throws<ArgumentException>(() => model.Bind(new Dictionary<string, OnnxTensor>())).ParamName);
        Assert.Throws<OnnxException>(() => model.Bind(new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Of("x", [1f, 2f, 3f], 1, 3) }));
    }

    private static OnnxFile Twice()
    {
        var graph = new GraphBuilder("twice");
        string x = graph.Input("x", OnnxElementType.Float, 2);
        return graph.Output("y", graph.Add("Mul", [x, graph.Constant("two", [2f])]), OnnxElementType.Float, 2).Build();
    }
}
