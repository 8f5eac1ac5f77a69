using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Tests.Graphs;

/// <summary>Oracle: the outputs of PyTorch and scikit-learn in the files' JSON.</summary>
public class PreparedModelTests
{
    [Theory]
    [MemberData(nameof(Models.All), MemberType = typeof(Models))]
    public void Of_EveryFile_StillAnswersAsTheFrameworkDid(string name)
    {
        (IReadOnlyDictionary<string, OnnxTensor> inputs, IReadOnlyDictionary<string, OnnxTensor> outputs, _) = Models.Sample(name);
        var prepared = PreparedModel.Of(Models.Load(name), inputs: inputs);
        Assert.True(OpsetRaise.VersionOf(prepared.File) >= 13);
        using var model = OnnxModel.Open(prepared.File);
        IReadOnlyDictionary<string, OnnxTensor> got = model.Run(inputs);
        foreach ((string output, OnnxTensor tensor) in outputs)
        {
            Assert.All(tensor.ToDoubles().Zip(got[output].ToDoubles()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }
    }

    [Fact]
    public void Of_OldModel_SaysThatItWasRaised()
    {
        var prepared = PreparedModel.Of(Models.Load("opset9"));
        Assert.Equal("The operator set was raised from version 9 to 13.", prepared.Changes[0]);
        Assert.StartsWith(prepared.Changes[0], prepared.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ControlFlow_NoticesIt() => Assert.Single(PreparedModel.Of(Models.Load("control-flow")).Notices);
}
