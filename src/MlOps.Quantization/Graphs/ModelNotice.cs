namespace MlOps.Quantization.Graphs;

/// <summary>Something about a model that compression leaves as it is, or that its user should know.</summary>
/// <param name="Kind">What it is about: <c>control-flow</c>, <c>function</c>, <c>unknown-operator</c>, <c>weights</c>, <c>opset</c>, <c>shape</c> or <c>clean-up</c>.</param>
/// <param name="Text">One sentence for people.</param>
/// <param name="Nodes">The nodes it is about, by name (by first output where they have none), in the order of the graph; may be empty.</param>
public sealed record ModelNotice(string Kind, string Text, IReadOnlyList<string> Nodes)
{
    /// <summary>Returns <see cref="Text"/>.</summary>
    public override string ToString() => Text;
}
