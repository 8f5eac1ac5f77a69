using MlOps.Learning.Neural;

namespace MlOps.Quantization.Pruning;

/// <summary>Sets the weights of the smallest magnitude to 0. The shapes stay: a network of zeros is neither smaller nor faster until it is compressed or really shrunk.</summary>
/// <remarks>
/// Of n weights <c>round(amount · n)</c> are 0 afterwards, halves to the even number; weights that were 0 before are the smallest and count. Pruning again by the same
/// amount therefore changes nothing. Biases and batch normalisation are left alone. Of equal magnitudes the first go.
/// <para>Source: S. Han, J. Pool, J. Tran, W. Dally, "Learning both Weights and Connections for Efficient Neural Networks", NIPS 2015; the counts are those of
/// torch.nn.utils.prune on weights that were not pruned before.</para>
/// </remarks>
public static partial class MagnitudePruning
{
    /// <summary>Prunes the <see cref="Dense"/> and <see cref="Conv2D"/> layers of a network.</summary>
    /// <param name="network">It stays as it is.</param>
    /// <param name="options">How much and where; half of every layer when null. Layers are named as their weights: "0.weight".</param>
    /// <exception cref="ArgumentException">There is no layer with weights, or none of a name that the options use; or a weight is not a number.</exception>
    public static PrunedNetwork Prune(Network network, PruningOptions? options = null)
    {
        options ??= new PruningOptions();
        Parameter[] weights = NetworkWeights.Of(network, options);
        if (options.Scope == PruningScope.Layer)
        {
            return PrunedNetwork.Of(network, weights.ToDictionary(
                weight => weight.Name,
                weight => SmallestMagnitudes.Keep([weight.Values], SmallestMagnitudes.Count(options.AmountOf(weight.Name), weight.Values.Length))[0]));
        }

        long count = SmallestMagnitudes.Count(options.Amount, weights.Sum(weight => (long)weight.Values.Length));
        bool[][] keep = SmallestMagnitudes.Keep([.. weights.Select(weight => weight.Values)], count);
        return PrunedNetwork.Of(network, weights.Zip(keep).ToDictionary(pair => pair.First.Name, pair => pair.Second));
    }
}
