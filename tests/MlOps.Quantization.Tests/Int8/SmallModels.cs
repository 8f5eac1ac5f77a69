using MlOps.Learning;
using MlOps.Onnx;

namespace MlOps.Quantization.Tests.Int8;

/// <summary>Models of a few nodes, and rows for them.</summary>
internal static class SmallModels
{
    /// <summary>x [N, inputs] → Gemm → ReLU → Gemm → y [N, outputs], with weights of deviation 1.</summary>
    public static OnnxFile Mlp(int inputs = 8, int hidden = 16, int outputs = 4, int seed = 1)
    {
        var graph = new GraphBuilder("mlp");
        string x = graph.Input("x", OnnxElementType.Float, inputs);
        string h = graph.Add("Relu", [Layer(graph, "one", x, inputs, hidden, seed)]);
        return graph.Output("y", Layer(graph, "two", h, hidden, outputs, seed + 1), OnnxElementType.Float, outputs).Build();
    }

    public static string Layer(GraphBuilder graph, string name, string x, int inputs, int outputs, int seed) =>
        graph.Add("Gemm", [x, graph.Constant(name + ".w", Numbers(outputs * inputs, seed), outputs, inputs), graph.Constant(name + ".b", Numbers(outputs, seed + 100))], OnnxAttribute.Of("transB", 1));

    /// <summary>Standard normal numbers.</summary>
    public static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }

    public static ModelData Rows(OnnxFile file, int width, int rows = 64, int seed = 9) => ModelData.Of(file, new Matrix(rows, width, Array.ConvertAll(Numbers(rows * width, seed), value => (double)value)));

    /// <summary>10·lg(Σy² / Σ(y − ŷ)²) of the first output.</summary>
    public static double SignalToNoise(OnnxFile file, OnnxFile other, ModelData data)
    {
        using var a = OnnxModel.Open(file);
        using var b = OnnxModel.Open(other);
        double signal = 0, noise = 0;
        foreach (IReadOnlyDictionary<string, OnnxTensor> batch in data.Batches)
        {
            float[] y = a.Run(batch)[file.Graph.Output[^1].Name].ToFloats();
            float[] z = b.Run(batch)[file.Graph.Output[^1].Name].ToFloats();
            signal += y.Sum(value => (double)value * value);
            noise += y.Zip(z, (p, q) => ((double)p - q) * ((double)p - q)).Sum();
        }

        return 10 * Math.Log10(signal / noise);
    }
}
