using MlOps.Learning.Neural;

namespace MlOps.Quantization.Pruning;

/// <summary>Removes whole neurons and filters. The model really gets smaller and faster: the layers that read them lose the inputs too.</summary>
/// <remarks>
/// Of n units <c>round(amount · n)</c> go, halves to the even number, but one always stays. The output layer keeps its units.
/// <para>A unit whose incoming weights are all 0 says the same for every input. What the next layer makes of that is added to its bias, so removing such a unit leaves the
/// function as it was, up to rounding. The one exception is a unit that says something other than 0 to a convolution with padding: around the picture there
/// are zeros, and the border changes.</para>
/// </remarks>
public static partial class StructuredPruning
{
    /// <summary>Removes the units of a network that matter least.</summary>
    /// <param name="network">It stays as it is.</param>
    /// <param name="options">How much and where; half of the units of every layer when null. Layers are named as their weights: "0.weight".</param>
    /// <param name="importance">How much each unit matters; <see cref="UnitImportance.ByNorm"/> with L1 when null.</param>
    /// <exception cref="ArgumentException">There is no layer whose units could go, none of a name that the options use, a weight is not a number, or the importance is of another network.</exception>
    public static ShrunkNetwork Shrink(Network network, PruningOptions? options = null, UnitImportance? importance = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        options ??= new PruningOptions();
        importance ??= UnitImportance.ByNorm(network);
        var chains = new List<NetworkChain>();
        var kept = new List<KeptNode>();
        for (int i = 0; i < network.Layers.Count; i++)
        {
            if (NetworkWeights.Of(network.Layers[i]) is { } weight)
            {
                NetworkChain? chain = NetworkChain.Find(network, i, out string reason);
                if (chain is null || options.Exclude.Contains(weight.Name))
                {
                    kept.Add(new KeptNode(weight.Name, network.Layers[i].Layer.GetType().Name, chain is null ? reason : "it is excluded"));
                }
                else
                {
                    chains.Add(chain.Value);
                }
            }
        }

        options.Check([.. network.Layers.Select(NetworkWeights.Of).OfType<Parameter>().Select(weight => weight.Name)]);
        if (chains.Count == 0)
        {
            throw new ArgumentException($"There is no layer whose units could go. {string.Join("; ", kept.Select(node => $"{node.Node}: {node.Reason}"))}.", nameof(network));
        }

        string[] names = [.. chains.Select(chain => NetworkWeights.Of(network.Layers[chain.Producer])!.Name)];
        double[][] scores = [.. names.Zip(chains, (name, chain) => Scores(importance, name, network.Layers[chain.Producer].Output.Channels))];
        int[][] stay = options.Scope == PruningScope.Global
            ? UnitSelection.KeepAmong(scores, options.Amount)
            : [.. scores.Zip(names, (own, name) => UnitSelection.Keep(own, SmallestMagnitudes.Count(options.AmountOf(name), own.Length)))];

        var smaller = new ShrinkingNetwork(network);
        for (int i = 0; i < chains.Count; i++)
        {
            smaller.Keep(chains[i], stay[i]);
        }

        ShrunkLayer[] layers = [.. chains.Select((chain, i) => new ShrunkLayer(names[i], network.Layers[chain.Producer].Layer.GetType().Name, scores[i].Length, stay[i]))];
        return new ShrunkNetwork(smaller.Build(), network.ParameterCount, layers, kept);
    }

    private static double[] Scores(UnitImportance importance, string layer, int units) =>
        importance.Scores.TryGetValue(layer, out double[]? scores) && scores.Length == units && !scores.AsSpan().ContainsAnyExceptInRange(0, double.MaxValue)
            ? scores
            : throw new ArgumentException($"The importance needs {units} finite numbers ≥ 0 for '{layer}'; it is of another network.", nameof(importance));
}
