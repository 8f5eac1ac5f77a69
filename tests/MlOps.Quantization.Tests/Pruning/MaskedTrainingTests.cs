using MlOps.Learning;
using MlOps.Learning.Neural;
using MlOps.Quantization.Pruning;

namespace MlOps.Quantization.Tests.Pruning;

public sealed class MaskedTrainingTests
{
    public static TheoryData<string> Optimizers { get; } = ["momentum", "nesterov", "adam", "adamw", "rmsprop"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void FineTune_MomentumAndDecay_ReviveNoWeight(string name)
    {
        Optimizer optimizer = name switch
        {
            "momentum" => new Sgd(0.05, 0.9, weightDecay: 0.01),
            "nesterov" => new Sgd(0.05, 0.9, nesterov: true, weightDecay: 0.01),
            "adam" => new Adam(0.01) { WeightDecay = 0.01 },
            "adamw" => new AdamW(0.01) { WeightDecay = 0.1 },
            _ => new RmsProp(0.01) { WeightDecay = 0.01 },
        };
        (Network network, TrainingData data) = Trained();
        PrunedNetwork pruned = MagnitudePruning.Prune(network, new PruningOptions { Amount = 0.7 });

        Network tuned = pruned.FineTune(data, new CrossEntropy(), optimizer, new TrainingOptions { Epochs = 3, ClipNorm = 1, Workers = 2 }).Network;

        foreach ((string weight, bool[] mask) in pruned.Masks)
        {
            float[] values = tuned.Parameters.First(one => one.Name == weight).Values.ToArray();
            Assert.All(Enumerable.Range(0, mask.Length).Where(i => !mask[i]), i => Assert.Equal(0f, values[i]));
            Assert.NotEqual(pruned.Network.Parameters.First(one => one.Name == weight).Values.ToArray(), values); // the others learned
        }
    }

    [Fact]
    public void Fit_OneStepWithMask_IsTheMaskedGradientStep()
    {
        (Network network, TrainingData data) = Trained();
        bool[] mask = [.. Enumerable.Range(0, 4 * 8).Select(i => i % 3 != 0)];
        float[] start = [.. network.Layers[0].Parameters[0].Values.ToArray().Zip(mask, (value, stays) => stays ? value : 0)];
        Network masked = network.WithParameters(new Dictionary<string, float[]> { ["0.weight"] = start });
        float[] gradient = masked.Gradient(data, new CrossEntropy())["0.weight"].ToArray();

        var options = new TrainingOptions { Epochs = 1, BatchSize = data.X.Count, Masks = new Dictionary<string, bool[]> { ["0.weight"] = mask } };
        float[] after = new Trainer(new CrossEntropy(), new Sgd(0.1), options).Fit(network, data).Network.Layers[0].Parameters[0].Values.ToArray();

        for (int i = 0; i < after.Length; i++)
        {
            Assert.Equal(mask[i] ? start[i] - (0.1f * gradient[i]) : 0, after[i], 1e-6); // p ← p − η·g where the mask is
        }
    }

    [Fact]
    public void Fit_MaskOfNoParameter_SaysWhichThereAre()
    {
        (Network network, TrainingData data) = Trained();

        ArgumentException unknown = Assert.Throws<ArgumentException>(() => Fit("fc.weight", 32));
        ArgumentException length = Assert.Throws<ArgumentException>(() => Fit("0.weight", 31));

        Assert.Contains("0.weight", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("32 values; got 31", length.Message, StringComparison.Ordinal);

        void Fit(string name, int values) =>
            new Trainer(new CrossEntropy(), options: new TrainingOptions { Epochs = 1, Masks = new Dictionary<string, bool[]> { [name] = new bool[values] } }).Fit(network, data);
    }

    internal static (Network Network, TrainingData Data) Trained()
    {
        const int Rows = 90;
        var random = new Random(5);
        int[] codes = [.. Enumerable.Range(0, Rows).Select(i => i % 3)];
        float[] x = [.. Enumerable.Range(0, Rows * 4).Select(i => (float)(Math.Cos((codes[i / 4] + 1) * ((i % 4) + 1)) + (0.3 * random.NextDouble())))];
        var data = new TrainingData(new Tensor(Rows, TensorShape.Vector(4), x), new Labels(codes, ["a", "b", "c"]));
        Network network = new NetworkBuilder(TensorShape.Vector(4)).Dense(8).ReLU().Dense(6).ReLU().Dense(3).Build(seed: 2);
        return (new Trainer(new CrossEntropy(), new Adam(0.01), new TrainingOptions { Epochs = 20, BatchSize = 16, Seed = 2 }).Fit(network, data).Network, data);
    }
}
