using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlOps.Onnx;

/// <summary>What is in an ONNX file, at a glance. Shown as a table, or as JSON.</summary>
/// <param name="Format">Version of the file format.</param>
/// <param name="Producer">Program that wrote it, with its version.</param>
/// <param name="Description">Its maker's text; "" for none.</param>
/// <param name="OperatorSets">Version of each set of operators, by name.</param>
/// <param name="Inputs">Type and shape of each input that has to be fed, by name.</param>
/// <param name="Outputs">Type and shape of each output, by name.</param>
/// <param name="Nodes">Number of nodes.</param>
/// <param name="Operators">How many nodes each operator has, most first.</param>
/// <param name="Parameters">Number of values in constants.</param>
/// <param name="Bytes">Size of the file, without values in other files.</param>
/// <param name="Metadata">Facts by name.</param>
public sealed record OnnxSummary(
    long Format,
    string Producer,
    string Description,
    IReadOnlyDictionary<string, long> OperatorSets,
    IReadOnlyDictionary<string, string> Inputs,
    IReadOnlyDictionary<string, string> Outputs,
    int Nodes,
    IReadOnlyDictionary<string, int> Operators,
    long Parameters,
    long Bytes,
    IReadOnlyDictionary<string, string> Metadata)
{
    private const int LongestFact = 100;
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions s_indented = new(s_json) { WriteIndented = true };

    /// <summary>Counts what is in a file.</summary>
    /// <exception cref="OnnxException">There is no graph in it, or a constant has impossible dimensions.</exception>
    public static OnnxSummary Of(OnnxFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        OnnxGraph graph = file.Graph ?? throw new OnnxException("There is no graph in the model.");
        return new OnnxSummary(
            file.IrVersion,
            $"{file.ProducerName} {file.ProducerVersion}".Trim(),
            file.DocString,
            file.OpsetImport.DistinctBy(set => set.Domain).ToDictionary(set => set.Domain.Length == 0 ? "ai.onnx" : set.Domain, set => set.Version),
            Named(graph.FedInputs()),
            Named(graph.Output),
            graph.Node.Count,
            graph.Node.CountBy(node => node.Domain is "" or "ai.onnx" ? node.OpType : $"{node.Domain}.{node.OpType}").OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).ToDictionary(),
            file.Tensors().Sum(tensor => tensor.ElementCount),
            file.CalculateSize(),
            file.Metadata);
    }

    /// <summary>Returns it as one JSON object with names in camel case.</summary>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false) => JsonSerializer.Serialize(this, indented ? s_indented : s_json);

    /// <summary>Returns it as lines of text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Line(text, "format", $"{Format.ToString(CultureInfo.InvariantCulture)}, {string.Join(", ", OperatorSets.Select(set => FormattableString.Invariant($"{set.Key} {set.Value}")))}");
        Line(text, "producer", Producer.Length > 0 ? Producer : "unknown");
        if (Description.Length > 0)
        {
            Line(text, "description", Description);
        }

        Lines(text, "inputs", Inputs);
        Lines(text, "outputs", Outputs);
        Line(text, "nodes", FormattableString.Invariant($"{Nodes}: {string.Join(", ", Operators.Select(entry => FormattableString.Invariant($"{entry.Value} {entry.Key}")))}"));
        Line(text, "parameters", Parameters.ToString("N0", CultureInfo.InvariantCulture));
        Line(text, "size", Bytes.ToString("N0", CultureInfo.InvariantCulture) + " bytes");
        Lines(text, "metadata", Metadata.ToDictionary(fact => fact.Key, fact => ShortText.Of(fact.Value, LongestFact)));
        return text.ToString().TrimEnd();
    }

    private static Dictionary<string, string> Named(IEnumerable<OnnxValue> values) => values.DistinctBy(value => value.Name).ToDictionary(value => value.Name, value => value.Describe());

    private static void Lines(StringBuilder text, string title, IReadOnlyDictionary<string, string> entries)
    {
        int width = entries.Keys.Select(key => key.Length).DefaultIfEmpty(0).Max();
        foreach ((string name, string value) in entries)
        {
            Line(text, title, $"{name.PadRight(width)}  {value}");
            title = "";
        }
    }

    private static void Line(StringBuilder text, string title, string value) => text.Append(title.PadRight(13)).Append(value.ReplaceLineEndings(" ")).Append('\n');
}
