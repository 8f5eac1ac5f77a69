using FsCheck;
using FsCheck.Fluent;
using MlOps.Learning.Neural;
using MlOps.Quantization.Pruning;

namespace MlOps.Quantization.Tests.Pruning;

public sealed class TwoFourPruningTests
{
    [Fact]
    public void Prune_Dense_GroupsAlongTheInputs()
    {
        // 7 inputs, 2 units, inputs × units. By hand, unit 0: |1 2 3 4| loses 1 and 2; |5 −6 7|, filled up by 0, loses 5. Unit 1: |9 1 9 9| loses the 1 and the first 9; |0.5 0 2| the 0.
        float[] weight = [1, 9, -2, 1, 3, 9, 4, -9, 5, 0.5f, -6, 0, 7, 2];
        Network network = new NetworkBuilder(TensorShape.Vector(7)).Dense(2).Build().WithParameters(new Dictionary<string, float[]> { ["0.weight"] = weight });

        PrunedNetwork pruned = TwoFourPruning.Prune(network);

        Assert.Equal([0, 0, 0, 0, 3, 9, 4, -9, 0, 0.5f, -6, 0, 7, 2], pruned.Network.Layers[0].Parameters[0].Values.ToArray());
    }

    [Fact]
    public void Prune_Convolution_GroupsAlongTheChannels()
    {
        Network network = new NetworkBuilder(TensorShape.Image(8, 4, 4)).Conv2D(3, 3).Build(seed: 1);

        bool[] mask = TwoFourPruning.Prune(network).Masks["0.weight"];

        // Brute force: filter, position of the kernel, four channels.
        float[] weight = network.Layers[0].Parameters[0].Values.ToArray();
        for (int filter = 0; filter < 3; filter++)
        {
            for (int position = 0; position < 9; position++)
            {
                for (int first = 0; first < 8; first += 4)
                {
                    int[] places = [.. Enumerable.Range(first, 4).Select(channel => (((filter * 8) + channel) * 9) + position)];
                    int[] stay = [.. places.OrderByDescending(place => Math.Abs(weight[place])).Take(2).Order()];
                    Assert.Equal(stay, places.Where(place => mask[place]));
                }
            }
        }
    }

    [Fact]
    public void Prune_AnyWeights_TwoOfFourStayAndAgainTheSame() =>
        Prop.ForAll(Gen.Choose(-3, 3).ArrayOf(30).ToArbitrary(), values =>
        {
            Network network = new NetworkBuilder(TensorShape.Vector(10)).Dense(3).Build().WithParameters(new Dictionary<string, float[]> { ["0.weight"] = Array.ConvertAll(values, value => (float)value) });
            PrunedNetwork pruned = TwoFourPruning.Prune(network);
            for (int unit = 0; unit < 3; unit++)
            {
                int own = unit;
                int[] stays = [.. new[] { 0, 4, 8 }.Select(first => Enumerable.Range(first, Math.Min(4, 10 - first)).Count(input => pruned.Masks["0.weight"][(input * 3) + own]))];
                Assert.Equal([2, 2, 2], stays);
            }

            Assert.Equal(pruned.Network.Layers[0].Parameters[0].Values.ToArray(), TwoFourPruning.Prune(pruned.Network).Network.Layers[0].Parameters[0].Values.ToArray());
        }).QuickCheckThrowOnFailure();
}
