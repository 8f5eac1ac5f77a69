using MlOps.Onnx;

namespace MlOps.Quantization.Tests.Graphs;

/// <summary>Runs two models on the same inputs and compares every output.</summary>
internal static class OutputsOf
{
    internal static void AssertEqual(OnnxFile expected, OnnxFile actual, IReadOnlyDictionary<string, OnnxTensor> inputs, double tolerance)
    {
        using var one = OnnxModel.Open(expected);
        using var other = OnnxModel.Open(actual);
        IReadOnlyDictionary<string, OnnxTensor> want = one.Run(inputs);
        IReadOnlyDictionary<string, OnnxTensor> have = other.Run(inputs);
        Assert.Equal(want.Keys, have.Keys);
        foreach ((string name, OnnxTensor tensor) in want)
        {
            Assert.Equal(tensor.Dims, have[name].Dims);
            Assert.Equal(tensor.DataType, have[name].DataType);
            double[] a = tensor.ToDoubles();
            double[] b = have[name].ToDoubles();
            for (int i = 0; i < a.Length; i++)
            {
                Assert.InRange(b[i], a[i] - tolerance, a[i] + tolerance);
            }
        }
    }
}
