using MlOps.Learning.Neural;

namespace MlOps.Quantization.Pruning;

/// <summary>A layer with units, and the layer with weights that reads them.</summary>
/// <param name="Producer">Place of the layer whose units may go.</param>
/// <param name="Consumer">Place of the next layer with weights.</param>
internal readonly record struct NetworkChain(int Producer, int Consumer)
{
    /// <summary>The layer that reads a layer's units; null where they cannot go, with the reason.</summary>
    internal static NetworkChain? Find(Network network, int producer, out string reason)
    {
        for (int i = producer + 1; i < network.Layers.Count; i++)
        {
            Layer layer = network.Layers[i].Layer;
            if (layer is Dense or Conv2D)
            {
                reason = "";
                return new NetworkChain(producer, i);
            }

            if (layer is Softmax)
            {
                reason = "a softmax reads all units at once";
                return null;
            }
        }

        reason = "its units are the outputs of the network";
        return null;
    }

    /// <summary>How many layers there are up to the last that works on each value of a layer's output alone: normalisation, activation, dropout.</summary>
    internal static int EndOfElementwise(Network network, int layer)
    {
        int end = layer + 1;
        while (end < network.Layers.Count && network.Layers[end].Layer is BatchNorm or ReLU or LeakyReLU or Sigmoid or Tanh or Gelu or Dropout)
        {
            end++;
        }

        return end;
    }
}
