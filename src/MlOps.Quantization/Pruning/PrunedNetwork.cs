using System.Globalization;
using MlOps.Data;
using MlOps.Learning.Neural;

namespace MlOps.Quantization.Pruning;

/// <summary>A network some weights of which were set to 0.</summary>
/// <param name="Network">The network with its zeros.</param>
/// <param name="Masks">Of each pruned parameter, by name ("0.weight"), what was left: false is a weight that was pruned. <see cref="TrainingOptions.Masks"/> takes it as it is.</param>
/// <param name="Layers">Every layer with weights, pruned or not.</param>
public sealed record PrunedNetwork(Network Network, IReadOnlyDictionary<string, bool[]> Masks, IReadOnlyList<LayerSparsity> Layers)
{
    /// <summary>Gets the share of all weights that is 0, in [0, 1]; biases are not counted.</summary>
    public double Sparsity => (double)Layers.Sum(layer => layer.Zeros) / Layers.Sum(layer => layer.Weights);

    /// <summary>Trains the network further; what was pruned stays 0.</summary>
    /// <param name="training">The samples.</param>
    /// <param name="loss">What is to be made small.</param>
    /// <param name="optimizer">How gradients become steps; Adam when null.</param>
    /// <param name="options">How often and in which portions; its masks are replaced by <see cref="Masks"/>.</param>
    /// <param name="validation">Samples that are judged after every epoch.</param>
    /// <param name="progress">Told about each epoch when it is finished.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>The trained network. It has the zeros of this one and, by chance, no others.</returns>
    /// <inheritdoc cref="Trainer.Fit" path="/exception"/>
    public TrainingResult FineTune(TrainingData training, Loss loss, Optimizer? optimizer = null, TrainingOptions? options = null, TrainingData? validation = null, IProgress<EpochRecord>? progress = null, CancellationToken cancellationToken = default) =>
        new Trainer(loss, optimizer, (options ?? new TrainingOptions()) with { Masks = Masks }).Fit(Network, training, validation, progress, cancellationToken);

    /// <summary>A row a layer: weights, zeros and their share.</summary>
    public Table ToTable() => new(
        Column.Of("layer", Layers.Select(layer => $"{layer.Layer} {layer.Operation}").ToArray()),
        Column.Of("weights", Layers.Select(layer => layer.Weights).ToArray()),
        Column.Of("zeros", Layers.Select(layer => layer.Zeros).ToArray()),
        Column.Of("share", Layers.Select(layer => layer.Share).ToArray()));

    /// <summary>Writes the share of zeros, then the table.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{100 * Sparsity:0.0} % of {Layers.Sum(layer => layer.Weights):N0} weights are 0\n{ToTable()}");

    /// <summary>Returns how a notebook shows it: the table.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string> { ["text/html"] = ToTable().ToMimeBundle()["text/html"], ["text/plain"] = ToString() };

    internal static PrunedNetwork Of(Network network, IReadOnlyDictionary<string, bool[]> masks)
    {
        var values = new Dictionary<string, float[]>();
        foreach (Parameter weight in network.Parameters.Where(parameter => masks.ContainsKey(parameter.Name)))
        {
            values[weight.Name] = Masked(weight.Values.Span, masks[weight.Name]);
        }

        return Counted(network.WithParameters(values), masks);
    }

    /// <summary>Counts the zeros of a network.</summary>
    internal static PrunedNetwork Counted(Network network, IReadOnlyDictionary<string, bool[]> masks) =>
        new(network, masks, [.. network.Layers.Where(layer => NetworkWeights.Of(layer) is not null).Select(layer => Count(layer, NetworkWeights.Of(layer)!))]);

    internal static float[] Masked(ReadOnlySpan<float> values, ReadOnlySpan<bool> keep)
    {
        float[] masked = values.ToArray();
        for (int i = 0; i < masked.Length; i++)
        {
            if (!keep[i])
            {
                masked[i] = 0;
            }
        }

        return masked;
    }

    private static LayerSparsity Count(NetworkLayer layer, Parameter weight) =>
        new(weight.Name, layer.Layer.GetType().Name, weight.Values.Length, weight.Values.Span.Count(0f)); // −0 counts: it equals 0
}
