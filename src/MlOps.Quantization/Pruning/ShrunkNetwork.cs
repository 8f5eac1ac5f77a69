using System.Globalization;
using MlOps.Data;
using MlOps.Learning.Neural;

namespace MlOps.Quantization.Pruning;

/// <summary>A network that really has fewer units.</summary>
/// <param name="Network">The smaller network.</param>
/// <param name="ParametersBefore">Parameters of the network it was made from.</param>
/// <param name="Layers">The layers that could lose units; those that kept all of them too.</param>
/// <param name="Kept">Layers that could not, with the reason.</param>
public sealed record ShrunkNetwork(Network Network, int ParametersBefore, IReadOnlyList<ShrunkLayer> Layers, IReadOnlyList<KeptNode> Kept)
{
    /// <summary>Gets parameters now / before, in (0, 1].</summary>
    public double Ratio => (double)Network.ParameterCount / ParametersBefore;

    /// <summary>A row a layer: units before and now.</summary>
    public Table ToTable() => new(
        Column.Of("layer", Layers.Select(layer => $"{layer.Layer} {layer.Operation}").ToArray()),
        Column.Of("units before", Layers.Select(layer => (long)layer.UnitsBefore).ToArray()),
        Column.Of("units", Layers.Select(layer => (long)layer.Units).ToArray()));

    /// <summary>Writes the parameters before and now, the table, and what was kept.</summary>
    public override string ToString() => string.Join('\n', Kept
        .Select(kept => $"kept {kept.Node} {kept.Operation}: {kept.Reason}")
        .Prepend(string.Create(CultureInfo.InvariantCulture, $"{Network.ParameterCount:N0} of {ParametersBefore:N0} parameters\n{ToTable()}")));

    /// <summary>Returns how a notebook shows it: the table.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string> { ["text/html"] = ToTable().ToMimeBundle()["text/html"], ["text/plain"] = ToString() };
}
