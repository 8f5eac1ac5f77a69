using System.Globalization;
using System.Text;
using System.Text.Json;
using MlOps.Charts;
using MlOps.Data;
using MlOps.Onnx;

namespace MlOps.Quantization;

/// <summary>What a pipeline of compression did, step by step.</summary>
/// <param name="Steps">The original first, then the model after each step.</param>
/// <param name="TestRows">Rows that were measured on; 0 if sizes only.</param>
public sealed record PipelineReport(IReadOnlyList<StepMeasurement> Steps, int TestRows)
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
    private static readonly JsonSerializerOptions s_indented = new(s_json) { WriteIndented = true };

    /// <summary>Gets the model after the last step.</summary>
    public OnnxFile File => Steps[^1].File;

    /// <summary>Gets its size over that of the original: 0.25 is a quarter.</summary>
    public double Ratio => (double)Steps[^1].Bytes / Steps[0].Bytes;

    /// <summary>A row a step: bytes, share of the original's, numbers, agreement, accuracy and largest difference (NaN where not measured).</summary>
    public Table ToTable() => new(
        Column.Of("after", Steps.Select(step => step.Step).ToArray()),
        Column.Of("bytes", Steps.Select(step => step.Bytes).ToArray()),
        Column.Of("of the original", Steps.Select(step => (double)step.Bytes / Steps[0].Bytes).ToArray()),
        Column.Of("numbers", Steps.Select(step => step.Parameters).ToArray()),
        Column.Of("agreement", Steps.Select(step => step.Agreement ?? double.NaN).ToArray()),
        Column.Of("accuracy", Steps.Select(step => step.Accuracy ?? double.NaN).ToArray()),
        Column.Of("largest difference", Steps.Select(step => step.LargestDifference ?? double.NaN).ToArray()));

    /// <summary>Draws size against accuracy (agreement without labels), a point a step, joined in order.</summary>
    /// <exception cref="InvalidOperationException">Nothing but sizes was measured, or the model gives numbers.</exception>
    public Figure Chart()
    {
        bool labelled = Steps[0].Accuracy is not null;
        double[] quality = [.. Steps.Select(step => 100 * ((labelled ? step.Accuracy : step.Agreement) ?? throw new InvalidOperationException("There is no accuracy and no agreement to draw; give the pipeline test rows of a classifier.")))];
        double[] kilobytes = [.. Steps.Select(step => step.Bytes / 1000.0)];
        Figure figure = Charts.Chart.Line(kilobytes, quality, labelled ? "accuracy" : "agreement", Role.Current, markers: true)
            .Titled(
                string.Create(CultureInfo.InvariantCulture, $"{1 / Ratio:0.0} times smaller, {quality[^1] - quality[0]:+0.0;−0.0;0.0} points of {(labelled ? "accuracy" : "agreement")}"),
                string.Create(CultureInfo.InvariantCulture, $"{TestRows:N0} test rows; {Steps.Count - 1} steps, from right to left"))
            .XAxis("size", "kB", 0).YAxis(labelled ? "rows classified rightly" : "rows with the original's class", "%");
        for (int i = 0; i < Steps.Count; i++)
        {
            figure = figure.Annotate(kilobytes[i], quality[i], Steps[i].Step);
        }

        return figure;
    }

    /// <summary>Returns the report as JSON: <c>{"ratio","testRows","steps":[{"step","bytes","parameters","agreement","accuracy","largestDifference","kept":[{"node","operation","reason"}]}]}</c>.</summary>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false) => JsonSerializer.Serialize(
        new { Ratio, TestRows, Steps = Steps.Select(step => new { step.Step, step.Bytes, step.Parameters, step.Agreement, step.Accuracy, LargestDifference = step.LargestDifference is { } d && double.IsFinite(d) ? step.LargestDifference : null, step.Kept }) },
        indented ? s_indented : s_json);

    /// <summary>Returns how a notebook shows it: the table and what was kept.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["text/html"] = ToTable().ToMimeBundle()["text/html"] + (KeptLines() is { Length: > 0 } kept ? TextBundle.Html(kept) : ""),
        ["text/plain"] = ToString(),
    };

    /// <summary>Writes the table and what was kept.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        TableText.Write(text, ["after", "size", "of the original", "numbers", "agreement %", "accuracy %", "largest difference"], [.. Steps.Select(step => (string[])
        [
            step.Step, TableText.Bytes(step.Bytes), string.Create(CultureInfo.InvariantCulture, $"{(double)step.Bytes / Steps[0].Bytes:0.000}"), TableText.Count(step.Parameters), TableText.Percent(step.Agreement), TableText.Percent(step.Accuracy),
            step.LargestDifference?.ToString("G3", CultureInfo.InvariantCulture) ?? TableText.None,
        ])]);
        return text.Append(KeptLines()).ToString().TrimEnd();
    }

    private string KeptLines() => string.Join('\n', Steps.SelectMany(step => step.Kept.Select(node => $"{step.Step} kept {node.Node} ({node.Operation}): {node.Reason}")));
}
