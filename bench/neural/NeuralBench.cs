using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MlOps.Learning.Neural;

namespace MlOps.Bench;

/// <summary>An epoch of training in MlOps.Learning and in PyTorch: same made images, same first weights, same settings, in one run.</summary>
public static class NeuralBench
{
    private const int Epochs = 4;
    private const int Classes = 10;

    /// <summary>Arguments: <c>[samples = 60000] [python = /usr/bin/python3]</c>. Returns 0, or 1 when the peer fails or the losses differ.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int samples = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 60_000;
        string python = args.Length > 1 ? args[1] : "/usr/bin/python3";
        (Tensor images, int[] codes) = Make(samples);
        Tensor vectors = images.Reshape(TensorShape.Vector(784));
        Network mlp = new NetworkBuilder(vectors.Shape).Dense(512).ReLU().Dense(512).ReLU().Dense(Classes).Build(seed: 1);
        Network cnn = new NetworkBuilder(images.Shape).Conv2D(8, 3).ReLU().MaxPool(2).Conv2D(16, 3).ReLU().MaxPool(2).Flatten().Dense(Classes).Build(seed: 1);

        Print($"One epoch of {samples} images of 28 × 28, batches of 64, SGD 0.01 with momentum 0.9, best of {Epochs} epochs, {Environment.ProcessorCount} cores");
        bool mlpAgrees = Compare("MLP 784-512-512-10", "mlp", mlp, vectors, codes, python);
        bool cnnAgrees = Compare("CNN 8@3×3, 16@3×3", "cnn", cnn, images, codes, python);
        return mlpAgrees && cnnAgrees ? 0 : 1;
    }

    private static bool Compare(string title, string kind, Network network, Tensor x, int[] codes, string python)
    {
        var labels = new Learning.Labels(codes, [.. Enumerable.Range(0, Classes).Select(i => i.ToString(CultureInfo.InvariantCulture))]);
        var trainer = new Trainer(new CrossEntropy(), new Sgd(0.01, 0.9), new TrainingOptions { Epochs = Epochs, BatchSize = 64 });
        TrainingResult ours = trainer.Fit(network, new TrainingData(x, labels));
        double seconds = ours.History.Epochs.Min(epoch => epoch.Seconds);
        double loss = ours.History.Epochs[^1].Loss;

        JsonElement peer = RunPeer(python, kind, network, x, codes);
        double theirs = peer.GetProperty("seconds").GetDouble();
        double theirLoss = peer.GetProperty("loss").GetDouble();
        Print($"  {title}");
        Print($"    PyTorch {peer.GetProperty("torch").GetString()}, {peer.GetProperty("threads").GetInt32()} threads, {peer.GetProperty("blas").GetString()}   {theirs,7:0.00} s   loss in epoch {Epochs}: {theirLoss:0.0000}");
        Print($"    MlOps.Learning                {seconds,7:0.00} s   loss in epoch {Epochs}: {loss:0.0000}   {seconds / theirs:0.00} of PyTorch's time");
        Ratios.Time($"{title}, an epoch of {x.Count} images", seconds, theirs, $"PyTorch {peer.GetProperty("torch").GetString()}");
        return Math.Abs(loss - theirLoss) < 0.1 * theirLoss; // the order of samples differs
    }

    /// <summary>Each class has a smooth pattern; an image is a shifted pattern of its class in much noise. In [0, 1].</summary>
    private static (Tensor Images, int[] Codes) Make(int samples)
    {
        var random = new Random(7);
        double[] waves = [.. Enumerable.Range(0, Classes * 4).Select(_ => 0.15 + (0.5 * random.NextDouble()))];
        var values = new float[samples * 784];
        var codes = new int[samples];
        for (int i = 0; i < samples; i++)
        {
            int code = codes[i] = random.Next(Classes);
            (int down, int right) = (random.Next(6), random.Next(6));
            for (int p = 0; p < 784; p++)
            {
                (int y, int x) = ((p / 28) + down, (p % 28) + right);
                double pattern = Math.Sin((waves[4 * code] * y) + (waves[(4 * code) + 1] * x)) * Math.Sin((waves[(4 * code) + 2] * y) - (waves[(4 * code) + 3] * x));
                values[(i * 784) + p] = (float)Math.Clamp(0.5 + (0.2 * pattern) + (0.6 * (random.NextDouble() - 0.5)), 0, 1);
            }
        }

        return (new Tensor(samples, TensorShape.Image(1, 28, 28), values), codes);
    }

    private static JsonElement RunPeer(string python, string kind, Network network, Tensor x, int[] codes)
    {
        string folder = Directory.CreateTempSubdirectory("neural-bench").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "x.bin"), MemoryMarshal.AsBytes(x.Values).ToArray());
            File.WriteAllBytes(Path.Combine(folder, "y.bin"), MemoryMarshal.AsBytes<int>(codes).ToArray());
            using (FileStream weights = File.Create(Path.Combine(folder, "weights.bin")))
            {
                foreach (Parameter parameter in network.Parameters)
                {
                    weights.Write(MemoryMarshal.AsBytes(parameter.Values.Span));
                }
            }

            return Peer.Run(python, "neural", folder, kind, x.Count, Epochs);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
