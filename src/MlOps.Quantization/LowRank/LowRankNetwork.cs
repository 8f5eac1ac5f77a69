using System.Globalization;
using MlOps.Learning;
using MlOps.Learning.Neural;

namespace MlOps.Quantization.LowRank;

/// <summary>A network whose large layers are pairs of thin ones.</summary>
/// <param name="Network">The new network; train it on to win accuracy back.</param>
/// <param name="Report">What was done to each layer.</param>
public sealed record LowRankNetwork(Network Network, LowRankReport Report)
{
    /// <summary>Factorises the dense layers and convolutions of a network.</summary>
    /// <remarks>
    /// A dense layer d × u becomes d × r without bias and r × u with the bias; a convolution of k × k with F filters becomes one with r filters of k × k and the same
    /// stride and padding, then one of 1 × 1 with F filters and the bias. A layer stays where that needs no fewer numbers. Frozen layers at the beginning stay frozen.
    /// </remarks>
    /// <param name="network">The network; it stays as it is.</param>
    /// <param name="choice">Which rank each layer gets.</param>
    /// <param name="cancellationToken">Stops between two layers.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LowRankNetwork Of(Network network, RankChoice choice, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(choice);
        var builder = new NetworkBuilder(network.InputShape);
        var values = new Dictionary<string, float[]>(StringComparer.Ordinal);
        var done = new List<FactorizedLayer>();
        var kept = new List<KeptNode>();
        int place = 0;
        int frozen = 0;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            NetworkLayer layer = network.Layers[i];
            string name = string.Create(CultureInfo.InvariantCulture, $"{i} {layer.Layer.GetType().Name}");
            (LowRankFactors? factors, string reason) = layer.Layer is Dense or Conv2D ? LayerChoice.Of(MatrixOf(layer), choice) : (null, "");
            int before = place;
            if (factors is not null)
            {
                Layer[] pair = Pair(layer.Layer, factors.Rank);
                builder.Add(pair[0]).Add(pair[1]);
                values[Name(place, "weight")] = Floats(layer.Layer is Conv2D ? factors.Right : factors.Left);
                values[Name(place + 1, "weight")] = Floats(layer.Layer is Conv2D ? factors.Left : factors.Right);
                if (layer.Parameters.Count > 1)
                {
                    values[Name(place + 1, "bias")] = layer.Parameters[1].Values.ToArray();
                }

                done.Add(FactorizedLayer.Of(name, layer.Layer.GetType().Name, factors));
                place += 2;
            }
            else
            {
                builder.Add(layer.Layer);
                foreach (Parameter parameter in layer.Parameters)
                {
                    values[Name(place, parameter.Name[(parameter.Name.IndexOf('.', StringComparison.Ordinal) + 1)..])] = parameter.Values.ToArray();
                }

                if (reason.Length > 0)
                {
                    kept.Add(new KeptNode(name, layer.Layer.GetType().Name, reason));
                }

                place++;
            }

            frozen = layer.IsFrozen && frozen == before ? place : frozen;
        }

        Network made = builder.Build().WithParameters(values).WithActivation(network.OutputActivation).Freeze(frozen);
        return new LowRankNetwork(made, new LowRankReport(choice, done, kept));
    }

    /// <summary>Returns how a notebook shows it.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Report.ToMimeBundle();

    /// <summary>Writes the report.</summary>
    public override string ToString() => Report.ToString();

    /// <summary>Dense: inputs × units. Convolution: filters × (channels · k²).</summary>
    private static Matrix MatrixOf(NetworkLayer layer)
    {
        Parameter weight = layer.Parameters[0];
        int rows = weight.Shape[0];
        return new Matrix(rows, weight.Values.Length / rows, Array.ConvertAll(weight.Values.ToArray(), value => (double)value));
    }

    private static Layer[] Pair(Layer layer, int rank) => layer switch
    {
        Conv2D conv => [conv with { Filters = rank, Bias = false }, new Conv2D(conv.Filters, 1, Bias: conv.Bias)],
        Dense dense => [dense with { Units = rank, Bias = false }, dense],
        _ => throw new ArgumentException($"{layer.GetType().Name} has no matrix.", nameof(layer)),
    };

    private static float[] Floats(Matrix factor) => Array.ConvertAll(factor.Values.ToArray(), value => (float)value);

    private static string Name(int place, string role) => string.Create(CultureInfo.InvariantCulture, $"{place}.{role}");
}
