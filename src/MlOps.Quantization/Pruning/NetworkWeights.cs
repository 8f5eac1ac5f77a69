using System.Numerics.Tensors;
using MlOps.Learning.Neural;

namespace MlOps.Quantization.Pruning;

/// <summary>The weights of a network that pruning is about: those of dense and convolution layers.</summary>
internal static class NetworkWeights
{
    internal static Parameter? Of(NetworkLayer layer) => layer.Layer is Dense or Conv2D ? layer.Parameters[0] : null;

    /// <summary>Those that the options do not exclude.</summary>
    internal static Parameter[] Of(Network network, PruningOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        Parameter[] all = [.. network.Layers.Select(Of).OfType<Parameter>()];
        if (all.Length == 0)
        {
            throw new ArgumentException("There is nothing to prune: the network has no Dense and no Conv2D layer.", nameof(network));
        }

        options.Check([.. all.Select(weight => weight.Name)]);
        foreach (Parameter weight in all)
        {
            CheckNumbers(weight.Values.Span, weight.Name, nameof(network));
        }

        Parameter[] chosen = [.. all.Where(weight => !options.Exclude.Contains(weight.Name))];
        return chosen.Length > 0 ? chosen : throw new ArgumentException("There is nothing to prune: every layer is excluded.", nameof(options));
    }

    internal static void CheckNumbers(ReadOnlySpan<float> values, string name, string argument)
    {
        if (!TensorPrimitives.IsFiniteAll(values))
        {
            throw new ArgumentException($"'{name}' has a weight that is no finite number; such a network cannot be pruned.", argument);
        }
    }
}
