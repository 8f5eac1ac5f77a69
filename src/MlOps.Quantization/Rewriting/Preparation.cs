using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Rewriting;

/// <summary>A model made ready for quantization: checked, copied, cleaned up, of an operator set that has the operators.</summary>
/// <param name="File">A copy, free to change.</param>
/// <param name="BytesBefore">Size of the file as it came.</param>
/// <param name="Notices">What was found.</param>
/// <param name="Changes">What was done.</param>
internal sealed record Preparation(OnnxFile File, long BytesBefore, IReadOnlyList<string> Notices, IReadOnlyList<string> Changes)
{
    /// <param name="file">The model; it is not changed.</param>
    /// <param name="excludedNodes">Names that must be there.</param>
    /// <param name="inputs">A batch of real inputs, if there is one.</param>
    internal static Preparation Of(OnnxFile file, IReadOnlyList<string> excludedNodes, IReadOnlyDictionary<string, OnnxTensor>? inputs)
    {
        PreparedModel prepared = PreparedModel.Of(file, inputs: inputs);
        HashSet<string> known = new(file.Graph.Node.Select(node => node.Label), StringComparer.Ordinal);
        return excludedNodes.FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? throw new ArgumentException($"There is no node '{unknown}' to exclude; there are {string.Join(", ", known.Take(12))}{(known.Count > 12 ? ", …" : "")}.", nameof(excludedNodes))
            : new Preparation(prepared.File, file.CalculateSize(), [.. prepared.Notices.Select(notice => notice.Text)], prepared.Changes);
    }

    /// <summary>A copy of it, to be changed by one of several trials.</summary>
    internal Preparation Copy() => this with { File = File.Clone() };
}
