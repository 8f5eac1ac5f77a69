using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using MlOps.Learning;
using MlOps.Onnx;
using MlOps.Quantization;
using MlOps.Quantization.Arithmetic;

namespace MlOps.Bench;

/// <summary>Float against dynamic and static INT8 in the same ONNX Runtime, in turns, for an MLP, a CNN of realistic width and a tiny one.</summary>
public static class Int8Bench
{
    private const int Seed = 1;

    private sealed record Contestant(string Name, OnnxFile File, double Size);

    /// <summary>Arguments: <c>[rounds = 15] [threads = 1; 0 is ONNX Runtime's own choice] [batches = 1,32,256]</c>. Returns 0, or 1 when a model is not as fast as it should be.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 15;
        int threads = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
        int[] batches = args.Length > 2 ? [.. args[2].Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))] : [1, 32, 256];
        Print($"ONNX Runtime {OnnxRuntimeInfo.Current().Version}, {Environment.ProcessorCount} cores, threads {threads}, {rounds} rounds in turns, the fastest counts; the ratio is float / int8");
        bool fast = Compare("MLP 784-512-512-10", Mlp(), 784, rounds, threads, batches, 2);
        fast &= Compare("CNN 32-64-128 on 3 × 32 × 32", Cnn([32, 64, 128], 32), 3 * 32 * 32, rounds, threads, batches, 1.5);
        fast &= Compare("tiny CNN 8-16 on 3 × 16 × 16", Cnn([8, 16], 16), 3 * 16 * 16, rounds, threads, batches, 0);
        return fast ? 0 : 1;
    }

    private static bool Compare(string task, OnnxFile file, int width, int rounds, int threads, int[] batches, double bar)
    {
        ModelData data = ModelData.Of(file, Inputs(256, width));
        QuantizedModel Static(StaticOptions options) => StaticQuantization.Quantize(file, data, options);
        Contestant[] all =
        [
            new("float", file, 1),
            Of("dynamic", DynamicQuantization.Quantize(file)),
            Of("dynamic, ConvInteger", DynamicQuantization.Quantize(file, new() { Convolutions = DynamicConvolutions.Integers })),
            Of("static U8S8", Static(new())),
            Of("static U8S8, per channel", Static(new() { PerChannel = true })),
            Of("static S8S8", Static(new() { Activations = IntegerType.Int8 })),
            Of("static U8U8", Static(new() { Weights = IntegerType.UInt8 })),
        ];
        Print($"  {task}: {file.CalculateSize() / 1024} KB");
        int[] right = Answers(file, data);
        double best = 0;
        double[][] times = [.. batches.Select(batch => Times(all, width, batch, rounds, threads))];
        Print($"    {"",-26}  size  agree {string.Join(' ', batches.Select(batch => FormattableString.Invariant($"{"batch " + batch,18}")))}");
        for (int i = 0; i < all.Length; i++)
        {
            double agree = Answers(all[i].File, data).Zip(right, (a, b) => a == b ? 1.0 : 0).Average();
            string columns = string.Join(' ', times.Select(time => FormattableString.Invariant($"{time[i] * 1e6,8:0} µs × {time[0] / time[i],5:0.00}")));
            Print($"    {all[i].Name,-26} {all[i].Size,5:0.000} {agree,6:0.000} {columns}");
            for (int b = 0; all[i].Name == "static U8S8" && b < batches.Length; b++)
            {
                Ratios.Time($"{task}, {all[i].Name}, batch {batches[b]}", times[b][i], times[b][0], $"the float model, ONNX Runtime {OnnxRuntimeInfo.Current().Version}");
            }
            
            best = all[i].Name == "static U8S8" ? times.Min(time => time[0] / time[i]) : best;
        }

        if (bar > 0)
        {
            Print($"    static U8S8 at its slowest batch: × {best:0.00}, asked for × {bar:0.0}{(best >= bar ? "" : ": TOO SLOW")}");
        }

        return best >= bar;
    }

    private static Contestant Of(string name, QuantizedModel model) => new(name, model.File, model.Ratio);

    private static double[] Times(Contestant[] all, int width, int batch, int rounds, int threads)
    {
        var runs = all.Select(contestant => new Runner(contestant.File, width, batch, threads)).ToArray();
        try
        {
            double[] best = new double[all.Length];
            Array.Fill(best, double.PositiveInfinity);
            int repeats = Math.Max(3, 400 / batch);
            for (int round = -1; round < rounds; round++)
            {
                for (int i = 0; i < all.Length; i++)
                {
                    double time = runs[i].Time(repeats);
                    best[i] = round < 0 ? best[i] : Math.Min(best[i], time); // the first round warms up
                }
            }

            return best;
        }
        finally
        {
            Array.ForEach(runs, run => run.Dispose());
        }
    }

    private static int[] Answers(OnnxFile file, ModelData data)
    {
        using var model = OnnxModel.Open(file);
        return [.. data.Batches.SelectMany(batch => model.Run(batch)["y"].ToFloats().Chunk(10).Select(row => Array.IndexOf(row, row.Max())))];
    }

    private static OnnxFile Mlp()
    {
        var random = new Random(Seed);
        var graph = new GraphBuilder("mlp");
        string last = graph.Input("x", OnnxElementType.Float, 784);
        int[] widths = [784, 512, 512, 10];
        for (int i = 1; i < widths.Length; i++)
        {
            last = graph.Add("Gemm", [last, graph.Constant("w", Normal(random, widths[i] * widths[i - 1], widths[i - 1]), widths[i], widths[i - 1]), graph.Constant("b", Normal(random, widths[i], 100))], OnnxAttribute.Of("transB", 1));
            last = i < widths.Length - 1 ? graph.Add("Relu", [last]) : last;
        }

        return graph.Output("y", last, OnnxElementType.Float, 10).Build();
    }

    private static OnnxFile Cnn(int[] channels, int side)
    {
        var random = new Random(Seed);
        var graph = new GraphBuilder("cnn");
        string last = graph.Input("x", OnnxElementType.Float, 3, side, side);
        int before = 3;
        foreach (int width in channels)
        {
            last = graph.Add("Conv", [last, graph.Constant("w", Normal(random, width * before * 9, before * 9), width, before, 3, 3), graph.Constant("b", Normal(random, width, 100))], OnnxAttribute.Of("pads", 1L, 1L, 1L, 1L), OnnxAttribute.Of("kernel_shape", 3L, 3L));
            last = graph.Add("Relu", [last]);
            last = graph.Add("MaxPool", [last], OnnxAttribute.Of("kernel_shape", 2L, 2L), OnnxAttribute.Of("strides", 2L, 2L));
            before = width;
        }

        last = graph.Add("Flatten", [graph.Add("GlobalAveragePool", [last])]);
        last = graph.Add("Gemm", [last, graph.Constant("w", Normal(random, 10 * before, before), 10, before), graph.Constant("b", Normal(random, 10, 100))], OnnxAttribute.Of("transB", 1));
        return graph.Output("y", last, OnnxElementType.Float, 10).Build();
    }

    private static Matrix Inputs(int rows, int width) => new(rows, width, Array.ConvertAll(Normal(new Random(Seed + 1), rows * width, 2), value => (double)value));

    /// <summary>Numbers of variance 2/n, as He's start has them.</summary>
    private static float[] Normal(Random random, int count, int n)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()) * Math.Sqrt(2.0 / n));
        }

        return values;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>A session with input and output in fixed memory, so that only the model is timed.</summary>
    private sealed class Runner : IDisposable
    {
        private readonly InferenceSession _session;
        private readonly OrtValue _input;
        private readonly OrtValue _output;
        private readonly RunOptions _options = new();

        internal Runner(OnnxFile file, int width, int batch, int threads)
        {
            using var options = new SessionOptions { IntraOpNumThreads = threads };
            _session = new InferenceSession(file.ToByteArray(), options);
            long[] shape = [.. file.Graph.Input[0].Dims!.Select((dim, i) => i == 0 ? batch : dim)];
            _input = OrtValue.CreateTensorValueFromMemory(Array.ConvertAll([.. Inputs(batch, width).Values], value => (float)value), shape);
            _output = OrtValue.CreateTensorValueFromMemory(new float[batch * 10], [batch, 10]);
        }

        internal double Time(int repeats)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < repeats; i++)
            {
                _session.Run(_options, ["x"], [_input], ["y"], [_output]);
            }

            return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
        }

        public void Dispose()
        {
            _input.Dispose();
            _output.Dispose();
            _options.Dispose();
            _session.Dispose();
        }
    }
}
