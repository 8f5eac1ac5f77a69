using MlOps.Onnx;
using MlOps.Onnx.Checking;
using MlOps.Quantization.Arithmetic;
using MlOps.Quantization.Calibration;
using MlOps.Quantization.Tests.Int8;

namespace MlOps.Quantization.Tests;

/// <summary>Every method on graphs that chance has put together. Oracle: the float model's outputs in ONNX Runtime, and the checker.</summary>
public class RandomModelsTests
{
    private const int Rows = 24;

    /// <summary>Decibels that a method keeps at least: about 6 a bit, less what up to eight layers one behind the other add up to.</summary>
    private static readonly (string Name, double Decibels, Func<OnnxFile, ModelData, QuantizedModel> Quantize)[] s_methods =
    [
        ("static", 15, (file, data) => StaticQuantization.Quantize(file, data)),
        ("static int8 per channel", 15, (file, data) => StaticQuantization.Quantize(file, data, new StaticOptions { Activations = IntegerType.Int8, PerChannel = true })),
        ("static uint8 weights", 15, (file, data) => StaticQuantization.Quantize(file, data, new StaticOptions { Weights = IntegerType.UInt8, Calibration = RangeMethod.Percentile })),
        ("dynamic", 18, (file, _) => DynamicQuantization.Quantize(file)),
        ("fp16", 40, (file, _) => HalfPrecision.Convert(file)),
        ("int4", 6, (file, _) => WeightOnlyQuantization.Quantize(file)),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EveryMethod_RandomLayers_LoadsAndStaysClose(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 6; i++)
        {
            int width = random.Next(2, 40);
            AssertClose(Layers(random, width), width, $"layers, seed {seed}, model {i}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EveryMethod_RandomConvolutions_LoadsAndStaysClose(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 4; i++)
        {
            int channels = random.Next(1, 4);
            AssertClose(Convolutions(random, channels), channels * 64, $"convolutions, seed {seed}, model {i}");
        }
    }

    private static void AssertClose(OnnxFile file, int width, string what)
    {
        ModelData data = SmallModels.Rows(file, width, Rows);
        byte[] before = Google.Protobuf.MessageExtensions.ToByteArray(file);
        foreach ((string name, double decibels, Func<OnnxFile, ModelData, QuantizedModel> quantize) in s_methods)
        {
            QuantizedModel quantized = quantize(file, data);
            Assert.Equal(before, Google.Protobuf.MessageExtensions.ToByteArray(file));
            Assert.DoesNotContain(OnnxChecker.Check(quantized.File), finding => finding.Severity == OnnxSeverity.Error);
            double kept = SmallModels.SignalToNoise(file, quantized.File, data);
            Assert.True(kept >= decibels, FormattableString.Invariant($"{what}, {name}: {kept:0.0} dB, at least {decibels} wanted"));
        }
    }

    private static OnnxFile Layers(Random random, int width)
    {
        var graph = new GraphBuilder("layers");
        string value = graph.Input("x", OnnxElementType.Float, width);
        for (int layer = random.Next(1, 5); layer > 0; layer--)
        {
            int next = random.Next(3) == 0 ? width : random.Next(2, 40);
            string product = Layer(graph, random, value, width, next);
            string active = Activation(graph, random, product);
            value = next == width && random.Next(2) == 0 ? graph.Add(random.Next(2) == 0 ? "Add" : "Mul", [active, value]) : active;
            width = next;
        }

        return graph.Output("y", Layer(graph, random, value, width, 5), OnnxElementType.Float, 5).Build();
    }

    private static string Layer(GraphBuilder graph, Random random, string x, int inputs, int outputs)
    {
        string weights = graph.Constant("w", Scaled(random, inputs * outputs, inputs), inputs, outputs);
        string bias = graph.Constant("b", Scaled(random, outputs, 4));
        return random.Next(4) switch
        {
            0 => graph.Add("MatMul", [x, weights]),
            1 => graph.Add("Add", [graph.Add("MatMul", [x, weights]), bias]),
            2 => graph.Add("Gemm", [x, weights, bias], OnnxAttribute.Of("alpha", 0.5f), OnnxAttribute.Of("beta", 2f)),
            _ => graph.Add("Gemm", [x, graph.Constant("wt", Scaled(random, inputs * outputs, inputs), outputs, inputs), bias], OnnxAttribute.Of("transB", 1)),
        };
    }

    private static string Activation(GraphBuilder graph, Random random, string x) => random.Next(7) switch
    {
        0 => graph.Add("Relu", [x]),
        1 => graph.Add("LeakyRelu", [x], OnnxAttribute.Of("alpha", 0.1f)),
        2 => graph.Add("Sigmoid", [x]),
        3 => graph.Add("Tanh", [x]),
        4 => graph.Add("HardSwish", [x]),
        5 => graph.Add("Clip", [x, graph.Constant("low", [0f], []), graph.Constant("high", [6f], [])]),
        _ => x,
    };

    private static OnnxFile Convolutions(Random random, int channels)
    {
        var graph = new GraphBuilder("convolutions");
        string value = graph.Input("x", OnnxElementType.Float, channels, 8, 8);
        int side = 8;
        for (int layer = random.Next(1, 4); layer > 0; layer--)
        {
            bool depthwise = random.Next(4) == 0;
            int next = depthwise || random.Next(3) == 0 ? channels : random.Next(1, 10);
            string before = value;
            value = Convolution(graph, random, value, channels, next, depthwise);
            value = random.Next(2) == 0 ? Normalized(graph, random, value, next) : value;
            value = next == channels && random.Next(2) == 0 ? graph.Add("Add", [before, value]) : value;
            value = Activation(graph, random, value);
            if (side > 2 && random.Next(2) == 0)
            {
                value = graph.Add(random.Next(2) == 0 ? "MaxPool" : "AveragePool", [value], OnnxAttribute.Of("kernel_shape", [2L, 2L]), OnnxAttribute.Of("strides", [2L, 2L]));
                side /= 2;
            }

            channels = next;
        }

        bool pooled = random.Next(2) == 0;
        string flat = graph.Add("Flatten", [pooled ? graph.Add("GlobalAveragePool", [value]) : value]);
        return graph.Output("y", Layer(graph, random, flat, channels * (pooled ? 1 : side * side), 5), OnnxElementType.Float, 5).Build();
    }

    private static string Convolution(GraphBuilder graph, Random random, string x, int inputs, int outputs, bool depthwise)
    {
        int kernel = random.Next(2) == 0 ? 1 : 3;
        int group = depthwise ? inputs : 1;
        string weights = graph.Constant("k", Scaled(random, outputs * inputs / group * kernel * kernel, inputs / group * kernel * kernel), outputs, inputs / group, kernel, kernel);
        string[] given = random.Next(2) == 0 ? [x, weights] : [x, weights, graph.Constant("c", Scaled(random, outputs, 4))];
        return graph.Add("Conv", given, OnnxAttribute.Of("group", (long)group), OnnxAttribute.Of("pads", Enumerable.Repeat((long)(kernel / 2), 4)));
    }

    private static string Normalized(GraphBuilder graph, Random random, string x, int channels)
    {
        string Positive(string name) => graph.Constant(name, Enumerable.Range(0, channels).Select(_ => 0.5f + random.NextSingle()).ToArray());
        string Any(string name) => graph.Constant(name, Scaled(random, channels, 4));
        return graph.Add("BatchNormalization", [x, Positive("scale"), Any("shift"), Any("mean"), Positive("variance")]);
    }

    /// <summary>Normal numbers of variance 1 / fan, so that no layer swells.</summary>
    private static float[] Scaled(Random random, int count, int fan) => Array.ConvertAll(SmallModels.Numbers(count, random.Next()), value => value / MathF.Sqrt(fan));
}
