using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MlOps.Learning.Neural;
using MlOps.Quantization.Pruning;

namespace MlOps.Quantization.Tests.Pruning;

public sealed class MagnitudePruningTests
{
    [Fact]
    public void Prune_ByLayer_HasTorchsMasks()
    {
        foreach (JsonElement layer in TorchPruning.Cases.GetProperty("layer").EnumerateArray())
        {
            PrunedNetwork pruned = MagnitudePruning.Prune(TorchPruning.Network(layer), new PruningOptions { Amount = layer.GetProperty("amount").GetDouble() });

            int[] shape = TorchPruning.Ints(layer.GetProperty("shape"));
            Assert.Equal(TorchPruning.Turned(TorchPruning.Ints(layer.GetProperty("mask")), shape[0], shape[1]), pruned.Masks["0.weight"].Select(stays => stays ? 1 : 0));
            Assert.Equal(pruned.Masks["0.weight"].Count(stays => !stays), pruned.Layers[0].Zeros);
        }
    }

    [Fact]
    public void Prune_Globally_HasTorchsMasks()
    {
        foreach (JsonElement entry in TorchPruning.Cases.GetProperty("global").EnumerateArray())
        {
            JsonElement[] layers = [.. entry.GetProperty("layers").EnumerateArray()];
            // A convolution of 2 × 4 × 3 pixels gives 3 × 2 × 1, so 6 features for the two dense layers.
            Network network = new NetworkBuilder(TensorShape.Image(2, 4, 3)).Conv2D(3, 3).Flatten().Dense(4).Dense(3).Build();
            network = network.WithParameters(network.Layers.Where(layer => layer.ParameterCount > 0).Zip(layers).ToDictionary(pair => pair.First.Parameters[0].Name, pair => TorchPruning.Network(pair.Second).Layers[0].Parameters[0].Values.ToArray()));
            PrunedNetwork pruned = MagnitudePruning.Prune(network, new PruningOptions { Amount = entry.GetProperty("amount").GetDouble(), Scope = PruningScope.Global });

            string[] names = [.. pruned.Layers.Select(layer => layer.Layer)];
            for (int i = 0; i < layers.Length; i++)
            {
                int[] shape = TorchPruning.Ints(layers[i].GetProperty("shape"));
                int[] mask = TorchPruning.Ints(layers[i].GetProperty("mask"));
                Assert.Equal(shape.Length == 2 ? TorchPruning.Turned(mask, shape[0], shape[1]) : mask, pruned.Masks[names[i]].Select(stays => stays ? 1 : 0));
            }
        }
    }

    [Fact]
    public void Prune_AnyWeights_ExactCountSmallestFirstAndAgainTheSame()
    {
        // Ties, zeros and both signs: small whole numbers. Oracle: a full sort.
        Gen<(int[] Values, int Percent)> inputs = from values in Gen.Choose(-4, 4).ArrayOf(24) from percent in Gen.Choose(0, 99) select (values, percent);
        Prop.ForAll(inputs.ToArbitrary(), input =>
        {
            double amount = input.Percent / 100.0;
            Network network = Dense(4, 6, Array.ConvertAll(input.Values, value => (float)value));
            PrunedNetwork pruned = MagnitudePruning.Prune(network, new PruningOptions { Amount = amount });
            int count = (int)Math.Round(24 * amount, MidpointRounding.ToEven);
            int[] go = [.. Enumerable.Range(0, 24).OrderBy(i => Math.Abs(input.Values[i])).Take(count).Order()];
            Assert.Equal(go, Enumerable.Range(0, 24).Where(i => !pruned.Masks["0.weight"][i]));
            PrunedNetwork again = MagnitudePruning.Prune(pruned.Network, new PruningOptions { Amount = amount });
            Assert.Equal(pruned.Network.Layers[0].Parameters[0].Values.ToArray(), again.Network.Layers[0].Parameters[0].Values.ToArray());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Prune_AmountsAndExclusion_EachLayerItsOwn()
    {
        Network network = new NetworkBuilder(TensorShape.Vector(10)).Dense(20).ReLU().Dense(10).ReLU().Dense(5).Build(seed: 3);

        PrunedNetwork pruned = MagnitudePruning.Prune(network, new PruningOptions { Amount = 0.5, Amounts = new Dictionary<string, double> { ["0.weight"] = 0.9 }, Exclude = ["4.weight"] });

        Assert.Equal([180, 100, 0], pruned.Layers.Select(layer => layer.Zeros)); // 0.9 · 200, 0.5 · 200, none
        Assert.Equal(280.0 / 450, pruned.Sparsity, 12);
        Assert.Equal(network.Layers[0].Parameters[1].Values.ToArray(), pruned.Network.Layers[0].Parameters[1].Values.ToArray());
        Assert.Contains("62.2 %", pruned.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Options_AmountOutsideItsRange_NamesIt(double amount) =>
        Assert.Equal("Amount", Assert.Throws<ArgumentOutOfRangeException>(() => new PruningOptions { Amount = amount }).ParamName);

    [Fact]
    public void Prune_BadInput_SaysWhat()
    {
        Network network = Dense(2, 2, [1, 2, 3, 4]);
        Assert.Contains("0.weight", Assert.Throws<ArgumentException>(() => MagnitudePruning.Prune(network, new PruningOptions { Exclude = ["fc"] })).Message, StringComparison.Ordinal);
        Assert.Contains("excluded", Assert.Throws<ArgumentException>(() => MagnitudePruning.Prune(network, new PruningOptions { Exclude = ["0.weight"] })).Message, StringComparison.Ordinal);
        Assert.Contains("Layer", Assert.Throws<ArgumentException>(() => MagnitudePruning.Prune(network, new PruningOptions { Scope = PruningScope.Global, Amounts = new Dictionary<string, double> { ["0.weight"] = 0.1 } })).Message, StringComparison.Ordinal);
        Assert.Contains("no finite number", Assert.Throws<ArgumentException>(() => MagnitudePruning.Prune(Dense(2, 2, [1, float.NaN, 3, 4]))).Message, StringComparison.Ordinal);
        Assert.Contains("nothing to prune", Assert.Throws<ArgumentException>(() => MagnitudePruning.Prune(new NetworkBuilder(TensorShape.Vector(2)).ReLU().Build())).Message, StringComparison.Ordinal);
    }

    private static Network Dense(int inputs, int units, float[] weight) =>
        new NetworkBuilder(TensorShape.Vector(inputs)).Dense(units).Build().WithParameters(new Dictionary<string, float[]> { ["0.weight"] = weight });
}
