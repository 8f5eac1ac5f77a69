using System.Globalization;
using MlOps.Data;

namespace MlOps.Quantization.LowRank;

/// <summary>What a factorisation did to each layer with a matrix.</summary>
/// <param name="Choice">Which rank was asked for.</param>
/// <param name="Layers">The layers that two thinner ones stand for now, in order.</param>
/// <param name="Kept">The layers that stayed, with the reason.</param>
public sealed record LowRankReport(RankChoice Choice, IReadOnlyList<FactorizedLayer> Layers, IReadOnlyList<KeptNode> Kept)
{
    /// <summary>A row a factorised layer.</summary>
    public Table ToTable() => new(
        Column.Of("layer", Layers.Select(layer => layer.Name).ToArray()),
        Column.Of("matrix", Layers.Select(layer => $"{layer.Rows}×{layer.Columns}").ToArray()),
        Column.Of("rank", Layers.Select(layer => (long)layer.Rank).ToArray()),
        Column.Of("energy", Layers.Select(layer => layer.Energy).ToArray()),
        Column.Of("relative error", Layers.Select(layer => layer.RelativeError).ToArray()),
        Column.Of("numbers before", Layers.Select(layer => layer.ParametersBefore).ToArray()),
        Column.Of("numbers after", Layers.Select(layer => layer.ParametersAfter).ToArray()));

    /// <summary>Returns how a notebook shows it: the table and what was kept.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["text/html"] = (Layers.Count > 0 ? ToTable().ToMimeBundle()["text/html"] : "") + TextBundle.Html(Lines()),
        ["text/plain"] = ToString(),
    };

    /// <summary>Writes the table and what was kept.</summary>
    public override string ToString() => Layers.Count > 0 ? $"{ToTable()}\n{Lines()}" : Lines();

    private string Lines() => string.Join('\n', Kept
        .Select(node => $"kept {node.Node} ({node.Operation}): {node.Reason}")
        .Prepend(string.Create(CultureInfo.InvariantCulture, $"{Choice}: {Layers.Count} of {Layers.Count + Kept.Count} layers factorised, {Layers.Sum(layer => layer.ParametersBefore):N0} → {Layers.Sum(layer => layer.ParametersAfter):N0} numbers")));
}
