using System.Text.Json;
using MlOps.Learning.Neural;
using MlOps.Quantization.Pruning;

namespace MlOps.Quantization.Tests.Pruning;

public sealed class StructuredPruningTests
{
    [Fact]
    public void Shrink_ByNorm_KeepsTorchsUnits()
    {
        foreach (JsonElement layer in TorchPruning.Cases.GetProperty("structured").EnumerateArray())
        {
            // torch.nn.utils.prune.ln_structured along the units; a layer behind, for the last keeps its own.
            Network one = TorchPruning.Network(layer);
            NetworkBuilder builder = one.Extend();
            Network network = (builder.Shape.IsImage ? builder.Flatten() : builder).Dense(2).Build();
            UnitNorm norm = layer.GetProperty("n").GetInt32() == 1 ? UnitNorm.L1 : UnitNorm.L2;

            ShrunkNetwork shrunk = StructuredPruning.Shrink(network, new PruningOptions { Amount = layer.GetProperty("amount").GetDouble() }, UnitImportance.ByNorm(network, norm));

            Assert.Equal(TorchPruning.Ints(layer.GetProperty("kept")), shrunk.Layers[0].Kept);
        }
    }

    [Fact]
    public void Shrink_UnitsGo_IsTheNetworkWithoutWhatTheySay()
    {
        Network network = Cnn();

        ShrunkNetwork shrunk = StructuredPruning.Shrink(network, new PruningOptions { Amount = 0.4 });

        // Brute force: nobody reads the units that are gone, so the weights that did may as well be 0.
        var silent = new Dictionary<string, float[]>();
        foreach ((ShrunkLayer layer, string reader, int inner) in shrunk.Layers.Zip(["4.weight", "9.weight", "11.weight"], [9, 4 * 7, 3]).Select(three => (three.First, three.Second, three.Third)))
        {
            float[] weight = network.Parameters.First(one => one.Name == reader).Values.ToArray();
            for (int i = 0; i < weight.Length; i++)
            {
                weight[i] = layer.Kept.Contains(i / inner % layer.UnitsBefore) ? weight[i] : 0;
            }

            silent.Add(reader, weight);
        }

        Tensor x = Pictures();
        Close(network.WithParameters(silent).Forward(x).Values, shrunk.Network.Forward(x).Values, 1e-5);
        Assert.Equal([3, 4, 4], shrunk.Layers.Select(layer => layer.Units)); // 5 − round(2), 6 − round(2.4), 7 − round(2.8)
        Assert.Equal(3, shrunk.Network.OutputShape.Size);
        // By hand: conv 3·(2·9)+3, BN 2·3, conv 4·(3·9)+4, dense 16·4+4 after 2 × 2 pixels, dense 4·3+3.
        Assert.Equal(57 + 6 + 112 + 68 + 15, shrunk.Network.ParameterCount);
        Assert.Equal("its units are the outputs of the network", Assert.Single(shrunk.Kept).Reason);
    }

    [Fact]
    public void Shrink_DeadUnits_KeepsTheFunction()
    {
        // Dead units that say something: their bias, through normalisation and activation, is moved to who reads them.
        Network network = Cnn();
        network = Silence(network, "0.weight", 18, [1, 3]); // 2 of 5 filters; a padded convolution reads them, so they must say 0
        network = Silence(network, "4.weight", 45, [0, 5]); // 2 of 6 filters
        float[] dense = network.Parameters.First(one => one.Name == "9.weight").Values.ToArray();
        for (int i = 0; i < dense.Length; i++)
        {
            dense[i] = i % 7 is 2 or 4 or 6 ? 0 : dense[i];
        }

        float[] bias = network.Parameters.First(one => one.Name == "0.bias").Values.ToArray();
        float[] shift = network.Parameters.First(one => one.Name == "1.shift").Values.ToArray();
        foreach (int filter in new[] { 1, 3 })
        {
            (bias[filter], shift[filter]) = (0, -1);
        }

        network = network.WithParameters(new Dictionary<string, float[]> { ["9.weight"] = dense, ["0.bias"] = bias, ["1.shift"] = shift });

        ShrunkNetwork shrunk = StructuredPruning.Shrink(network, new PruningOptions { Amount = 0.4 });

        Assert.Equal([0, 2, 4], shrunk.Layers[0].Kept);
        Assert.Equal([1, 2, 3, 4], shrunk.Layers[1].Kept);
        Assert.Equal([0, 1, 3, 5], shrunk.Layers[2].Kept);
        Tensor x = Pictures();
        Close(network.Forward(x).Values, shrunk.Network.Forward(x).Values, 1e-6);
    }

    [Fact]
    public void Shrink_DeadUnitsBeforeALayerWithoutBias_GivesItOne()
    {
        Network network = new NetworkBuilder(TensorShape.Vector(3)).Dense(4).Sigmoid().Dense(2, bias: false).Build(seed: 4);
        float[] weight = network.Parameters.First().Values.ToArray();
        for (int i = 0; i < weight.Length; i++)
        {
            weight[i] = i % 4 == 1 ? 0 : weight[i];
        }

        network = network.WithParameters(new Dictionary<string, float[]> { ["0.weight"] = weight });

        ShrunkNetwork shrunk = StructuredPruning.Shrink(network, new PruningOptions { Amount = 0.25 });

        var x = new Tensor(2, TensorShape.Vector(3), [1, 2, 3, -1, 0.5f, 2]);
        Close(network.Forward(x).Values, shrunk.Network.Forward(x).Values, 1e-6); // sigmoid(0) = 0.5 goes into the new bias
    }

    [Theory]
    [InlineData(PruningScope.Layer)]
    [InlineData(PruningScope.Global)]
    public void Shrink_AlmostAll_LeavesOneUnit(PruningScope scope)
    {
        ShrunkNetwork shrunk = StructuredPruning.Shrink(Cnn(), new PruningOptions { Amount = 0.99, Scope = scope });

        Assert.Equal([1, 1, 1], shrunk.Layers.Select(layer => layer.Units));
        Assert.Equal(3, shrunk.Network.Forward(Pictures()).Shape.Size);
    }

    [Fact]
    public void Shrink_ByDeadActivationOrTaylor_RemovesWhatDoesNothing()
    {
        (Network network, TrainingData data) = MaskedTrainingTests.Trained();
        float[] bias = network.Layers[0].Parameters[1].Values.ToArray();
        (bias[2], bias[5]) = (-100, -100); // ReLU never lets them through
        network = network.WithParameters(new Dictionary<string, float[]> { ["0.bias"] = bias });
        var options = new PruningOptions { Amount = 0.25, Exclude = ["2.weight"] };

        ShrunkNetwork byActivation = StructuredPruning.Shrink(network, options, UnitImportance.ByActivation(network, data.X));
        ShrunkNetwork byTaylor = StructuredPruning.Shrink(network, options, UnitImportance.ByTaylor(network, data, new CrossEntropy()));

        Assert.Equal([0, 1, 3, 4, 6, 7], byActivation.Layers[0].Kept);
        Assert.Equal([0, 1, 3, 4, 6, 7], byTaylor.Layers[0].Kept);
        Close(network.Forward(data.X).Values, byActivation.Network.Forward(data.X).Values, 1e-6);
        Assert.Equal(network.OutputActivation, byActivation.Network.OutputActivation);
    }

    [Fact]
    public void Shrink_NothingCanGo_SaysWhy()
    {
        Network one = new NetworkBuilder(TensorShape.Vector(3)).Dense(4).Build();
        Network softmax = new NetworkBuilder(TensorShape.Vector(3)).Dense(4).Softmax().Dense(2).Build();

        Assert.Contains("outputs of the network", Assert.Throws<ArgumentException>(() => StructuredPruning.Shrink(one)).Message, StringComparison.Ordinal);
        Assert.Contains("softmax", Assert.Throws<ArgumentException>(() => StructuredPruning.Shrink(softmax)).Message, StringComparison.Ordinal);
        Assert.Equal("importance", Assert.Throws<ArgumentException>(() => StructuredPruning.Shrink(Cnn(), importance: UnitImportance.ByNorm(one))).ParamName);
    }

    /// <summary>2 × 8 × 8 pixels; 5 and 6 filters, 7 neurons, 3 outputs.</summary>
    private static Network Cnn()
    {
        Network network = new NetworkBuilder(TensorShape.Image(2, 8, 8))
            .Conv2D(5, 3, padding: 1).BatchNorm().ReLU().MaxPool(2)
            .Conv2D(6, 3, padding: 1).Tanh().AveragePool(2).Dropout(0.1).Flatten()
            .Dense(7).Gelu().Dense(3).Build(seed: 6);
        var random = new Random(8);
        return network.WithParameters(network.Parameters.Where(one => one.Shape.Count == 1).ToDictionary(one => one.Name, one =>
            Array.ConvertAll(one.Values.ToArray(), value => value + (0.2f * (float)random.NextDouble())))); // biases and statistics that are not 0 and 1
    }

    private static Network Silence(Network network, string name, int size, int[] units)
    {
        float[] weight = network.Parameters.First(one => one.Name == name).Values.ToArray();
        foreach (int unit in units)
        {
            weight.AsSpan(unit * size, size).Clear();
        }

        return network.WithParameters(new Dictionary<string, float[]> { [name] = weight });
    }

    private static Tensor Pictures()
    {
        var random = new Random(1);
        return new Tensor(3, TensorShape.Image(2, 8, 8), [.. Enumerable.Range(0, 3 * 128).Select(_ => (float)random.NextDouble() - 0.5f)]);
    }

    internal static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
