using MlOps.Onnx;

namespace MlOps.Quantization.Tests;

/// <summary>The test files themselves. Oracle: the outputs of PyTorch and scikit-learn that make.py wrote.</summary>
public class ModelsTests
{
    [Theory]
    [MemberData(nameof(Models.All), MemberType = typeof(Models))]
    public void Load_EveryFile_OnnxRuntimeAnswersAsTheFrameworkDid(string name)
    {
        (IReadOnlyDictionary<string, OnnxTensor> inputs, IReadOnlyDictionary<string, OnnxTensor> expected, _) = Models.Sample(name);
        using var model = OnnxModel.Open(Models.Load(name));
        IReadOnlyDictionary<string, OnnxTensor> got = model.Run(inputs);
        foreach ((string output, OnnxTensor values) in expected)
        {
            float[] want = values.ToFloats();
            float[] have = got[output].ToFloats();
            Assert.Equal(want.Length, have.Length);
            for (int i = 0; i < want.Length; i++)
            {
                Assert.InRange(have[i], want[i] - 1e-4f, want[i] + 1e-4f);
            }
        }
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    [InlineData("cnn-depthwise")]
    [InlineData("transformer")]
    [InlineData("sklearn-mlp")]
    public void Data_MadeByFormula_IsWhatTheModelLearnt(string name)
    {
        ModelData data = Models.Data(name, 100, seed: 7);
        using var model = OnnxModel.Open(Models.Load(name));
        string[] predicted = [.. data.Batches.SelectMany(batch =>
        {
            OnnxTensor scores = model.Run(batch).Values.Last();
            int width = (int)scores.Dims[1];
            return scores.ToFloats().Chunk(width).Select(row => Array.IndexOf(row, row.Max()).ToString(System.Globalization.CultureInfo.InvariantCulture));
        })];
        Assert.True(predicted.Zip(data.Labels!).Count(pair => pair.First == pair.Second) >= 95);
    }
}
