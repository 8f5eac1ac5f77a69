using System.Reflection;
using System.Text.Json;
using MlOps.Learning;
using MlOps.Onnx;
using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Tests.Int8;

/// <summary>Codes in the written file. Oracle: References/qdq/make_weights.py, ONNX Runtime's formulas in numpy.</summary>
public class WeightCodesTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Json().GetProperty("cases").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Quantize_Weights_CodesScalesAndBiasAreBitEqualToTheReference(int number)
    {
        JsonElement c = Json().GetProperty("cases")[number];
        string operation = c.GetProperty("operator").GetString()!;
        long[] shape = [.. c.GetProperty("shape").EnumerateArray().Select(value => value.GetInt64())];
        float[] ends = Floats(c, "input");
        (OnnxFile file, ModelData data) = Model(operation, Floats(c, "weights"), shape, Floats(c, "bias"), ends);
        var options = new StaticOptions
        {
            Weights = c.GetProperty("type").GetString() == "int8" ? IntegerType.Int8 : IntegerType.UInt8,
            ReduceRange = c.GetProperty("reduce").GetBoolean(),
            PerChannel = c.GetProperty("perChannel").GetBoolean(),
        };

        OnnxGraph graph = StaticQuantization.Quantize(file, data, options).File.Graph;

        OnnxNode layer = graph.NodesOf(operation)[0];
        OnnxNode x = graph.Producer(layer.Input[0])!;
        Assert.Equal([c.GetProperty("inputScale").GetSingle()], graph.Constant(x.Input[1])!.ToFloats());
        Assert.Equal([c.GetProperty("inputZero").GetInt64()], graph.Constant(x.Input[2])!.ToLongs());
        OnnxNode w = graph.Producer(layer.Input[1])!;
        Assert.Equal(Floats(c, "scales"), graph.Constant(w.Input[1])!.ToFloats());
        Assert.All(graph.Constant(w.Input[2])!.ToLongs(), zero => Assert.Equal(c.GetProperty("zero").GetInt64(), zero));
        Assert.Equal(Longs(c, "codes"), graph.Constant(w.Input[0])!.ToLongs());
        if (operation != "MatMul")
        {
            OnnxNode b = graph.Producer(layer.Input[2])!;
            Assert.Equal(OnnxElementType.Int32, graph.Constant(b.Input[0])!.DataType);
            Assert.Equal(Longs(c, "biasCodes"), graph.Constant(b.Input[0])!.ToLongs());
            float[] steps = [.. Floats(c, "scales").Select(scale => scale * c.GetProperty("inputScale").GetSingle())];
            Assert.Equal(steps, graph.Constant(b.Input[1])!.ToFloats());
        }
    }

    /// <summary>One layer behind an input whose values go from one end to the other.</summary>
    private static (OnnxFile, ModelData) Model(string operation, float[] weights, long[] shape, float[] bias, float[] ends)
    {
        var graph = new GraphBuilder("one");
        long[] dims = operation switch { "Conv" => [2, 5, 5], "MatMul" => [3, 10], _ => [10] };
        string x = graph.Input("x", OnnxElementType.Float, dims);
        string w = graph.Constant("w", weights, shape);
        string y = operation switch
        {
            "Conv" => graph.Add("Conv", [x, w, graph.Constant("b", bias)], OnnxAttribute.Of("kernel_shape", 3L, 3L)),
            "Gemm" => graph.Add("Gemm", [x, w, graph.Constant("b", bias)], OnnxAttribute.Of("transB", 1)),
            _ => graph.Add("MatMul", [x, w]),
        };
        OnnxFile file = graph.Output("y", y, OnnxElementType.Float, operation switch { "Conv" => [4, 3, 3], "MatMul" => [3, 6], _ => [6] }).Build();
        int width = (int)dims.Aggregate(1L, (a, b) => a * b);
        double[] values = new double[2 * width];
        (values[0], values[^1]) = (ends[0], ends[1]);
        return (file, ModelData.Of(file, new Matrix(2, width, values)));
    }

    private static JsonElement Json()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("qdq/weights.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }

    private static float[] Floats(JsonElement c, string name) => [.. c.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];

    private static long[] Longs(JsonElement c, string name) => [.. c.GetProperty(name).EnumerateArray().Select(value => value.GetInt64())];
}
