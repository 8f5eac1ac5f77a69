using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MlOps.Data;
using MlOps.Onnx;
using MlOps.Quantization.Benchmarking;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Pruning;

/// <summary>An ONNX file some weights of which were set to 0 or removed.</summary>
/// <param name="File">The new model. The old one was not changed.</param>
/// <param name="Method">What was done: <c>magnitude</c>, <c>2:4</c> or <c>structured</c>.</param>
/// <param name="BytesBefore">Size of the old file in bytes.</param>
/// <param name="GzipBytesBefore">Size of the old file compressed by gzip.</param>
/// <param name="ParametersBefore">Numbers in the old file's constants.</param>
/// <param name="Nodes">The nodes with weights, in the order of the graph.</param>
/// <param name="Kept">Nodes that could not be pruned, each with the reason.</param>
/// <param name="MacsBefore">Multiplications and additions of the old file for one row, free sizes taken as 1; null if ONNX Runtime cannot run it on made-up inputs.</param>
/// <param name="MacsAfter">The same of the new file, zeros counted like any number.</param>
/// <remarks>
/// Zeros alone change neither <see cref="BytesAfter"/> nor the time of a prediction: ONNX Runtime multiplies by them like by any number, it has no kernels for sparse weights
/// on a processor. They show in <see cref="GzipBytesAfter"/>. Only <c>structured</c> makes a model smaller and faster as it is.
/// </remarks>
public sealed record PrunedModel(OnnxFile File, string Method, long BytesBefore, long GzipBytesBefore, long ParametersBefore, IReadOnlyList<PrunedNode> Nodes, IReadOnlyList<KeptNode> Kept, long? MacsBefore, long? MacsAfter)
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions s_indented = new(s_json) { WriteIndented = true };

    /// <summary>Gets the size of the new file in bytes.</summary>
    public long BytesAfter { get; } = File.CalculateSize();

    /// <summary>Gets the size of the new file compressed by gzip.</summary>
    public long GzipBytesAfter { get; } = GzipSize.Of(File);

    /// <summary>Gets the numbers in the new file's constants.</summary>
    public long ParametersAfter { get; } = CountParameters(File);

    /// <summary>Gets the share of the weights of <see cref="Nodes"/> that is 0, in [0, 1].</summary>
    public double Sparsity => (double)Nodes.Sum(node => node.Zeros) / Nodes.Sum(node => node.Weights);

    /// <summary>A row a node with weights: what they were and are, how many are 0, and what they take.</summary>
    public Table ToTable() => new(
        Column.Of("node", Nodes.Select(node => node.Node).ToArray()),
        Column.Of("weights before", Nodes.Select(node => node.WeightsBefore).ToArray()),
        Column.Of("weights", Nodes.Select(node => node.Weights).ToArray()),
        Column.Of("zeros", Nodes.Select(node => node.Zeros).ToArray()),
        Column.Of("share", Nodes.Select(node => node.Share).ToArray()),
        Column.Of("bytes", Nodes.Select(node => node.Bytes).ToArray()),
        Column.Of("gzip bytes", Nodes.Select(node => node.GzipBytes).ToArray()));

    /// <summary>Returns it as one JSON object: method, sizes, parameters, sparsity, nodes and what was kept, names in camel case.</summary>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false) => JsonSerializer.Serialize(new { Method, BytesBefore, BytesAfter, GzipBytesBefore, GzipBytesAfter, ParametersBefore, ParametersAfter, MacsBefore, MacsAfter, Sparsity, Nodes, Kept }, indented ? s_indented : s_json);

    /// <summary>Writes sizes, the table, and what was kept.</summary>
    public override string ToString() => string.Join('\n', Kept
        .Select(kept => $"kept {kept.Node} {kept.Operation}: {kept.Reason}")
        .Prepend(string.Create(
            CultureInfo.InvariantCulture,
            $"{Method}: {ParametersBefore:N0} → {ParametersAfter:N0} parameters, {Macs()}{100 * Sparsity:0.0} % of the weights are 0; {BytesBefore:N0} → {BytesAfter:N0} bytes, with gzip {GzipBytesBefore:N0} → {GzipBytesAfter:N0}\n{ToTable()}")));

    private string Macs() => MacsBefore is { } before && MacsAfter is { } after ? string.Create(CultureInfo.InvariantCulture, $"{before:N0} → {after:N0} MACs a row, ") : "";

    /// <summary>Returns how a notebook shows it: the table.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string> { ["text/html"] = ToTable().ToMimeBundle()["text/html"], ["text/plain"] = ToString() };

    /// <summary>Counts what pruning has made of a file.</summary>
    /// <param name="before">The file it was made from.</param>
    /// <param name="after">The new file.</param>
    /// <param name="method">What was done.</param>
    /// <param name="weightsBefore">Weights of each node before, by name.</param>
    /// <param name="kept">What was kept.</param>
    internal static PrunedModel Of(OnnxFile before, OnnxFile after, string method, IReadOnlyDictionary<string, long> weightsBefore, IReadOnlyList<KeptNode> kept)
    {
        var nodes = new List<PrunedNode>();
        foreach (NodeWeight weight in NodeWeight.Of(after.Graph, []))
        {
            float[] values = weight.Tensor.ToFloats();
            nodes.Add(new PrunedNode(weight.Name, weight.Node.OpType, [.. weight.Tensor.Dims], weightsBefore.GetValueOrDefault(weight.Name, values.Length), values.Length, values.AsSpan().Count(0f), (long)values.Length * sizeof(float), GzipSize.Of(values)));
        }

        long? macs = CountMacs(before);
        bool shrunk = nodes.Any(node => node.Weights != node.WeightsBefore);
        return new PrunedModel(after, method, before.CalculateSize(), GzipSize.Of(before), CountParameters(before), nodes, kept, macs, shrunk ? CountMacs(after) : macs);
    }

    private static long? CountMacs(OnnxFile file)
    {
        try
        {
            var shapes = ValueShapes.Of(file);
            return ComputeCount.Of(file.Graph, value => shapes[value]?.Dims).Macs;
        }
        catch (OnnxException)
        {
            return null; // it wants inputs that nobody can make up; all else is known
        }
    }

    private static long CountParameters(OnnxFile file) => file.Tensors().Where(tensor => tensor.DataType == OnnxElementType.Float).Sum(tensor => tensor.ElementCount);
}
