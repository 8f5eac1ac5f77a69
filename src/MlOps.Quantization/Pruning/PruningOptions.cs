namespace MlOps.Quantization.Pruning;

/// <summary>How much to prune, and where.</summary>
public sealed record PruningOptions
{
    /// <summary>Gets the share of the weights (or units) of a layer that goes.</summary>
    /// <value>In [0, 1); 0.5 without. 0 prunes nothing.</value>
    public double Amount { get; init => field = Checked(value, nameof(Amount)); } = 0.5;

    /// <summary>Gets whether every layer loses the share, or all of them together.</summary>
    public PruningScope Scope { get; init; }

    /// <summary>Gets shares for single layers, by the name of the weights in a network ("0.weight") or of the node in an ONNX file; the others have <see cref="Amount"/>.</summary>
    /// <value>Empty without. Only for <see cref="PruningScope.Layer"/>.</value>
    public IReadOnlyDictionary<string, double> Amounts { get; init => field = value.ToDictionary(pair => pair.Key, pair => Checked(pair.Value, nameof(Amounts)), StringComparer.Ordinal); } = new Dictionary<string, double>();

    /// <summary>Gets the names of layers to leave alone; the last one often deserves it.</summary>
    /// <value>Empty without.</value>
    public IReadOnlyCollection<string> Exclude { get; init; } = [];

    internal double AmountOf(string layer) => Amounts.GetValueOrDefault(layer, Amount);

    /// <summary>Sees to it that every layer that is named exists and that the options do not contradict each other.</summary>
    internal void Check(IReadOnlyCollection<string> layers)
    {
        if (Amounts.Count > 0 && Scope == PruningScope.Global)
        {
            throw new ArgumentException("Amounts for single layers need the scope Layer: a global amount is one number for all.", nameof(layers));
        }

        if (Exclude.Concat(Amounts.Keys).FirstOrDefault(name => !layers.Contains(name)) is { } unknown)
        {
            throw new ArgumentException($"There is no layer '{unknown}' to prune. There are: {string.Join(", ", layers)}.", nameof(layers));
        }
    }

    internal static double Checked(double amount, string name) => amount is >= 0 and < 1
        ? amount
        : throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"A share to prune is at least 0 and below 1; got {amount}."));
}
