using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Learning.Recipes;
using MlOps.Onnx;

namespace MlOps.Cli;

/// <summary>What <c>mlops train</c> says in the end.</summary>
/// <param name="Model">The short name of the kind of model.</param>
/// <param name="TrainRows">Rows it learned from.</param>
/// <param name="Evaluation">How good it is on the rows it did not see.</param>
/// <param name="File">What was exported.</param>
/// <param name="Path">Where it lies.</param>
internal sealed record TrainingReport(string Model, int TrainRows, Evaluation Evaluation, OnnxFile File, string Path)
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal string ToJson() => new JsonObject
    {
        ["model"] = Model,
        ["rows"] = new JsonObject { ["train"] = TrainRows, ["test"] = Evaluation.Rows },
        ["metrics"] = JsonNode.Parse(Evaluation.ToJson()),
        ["task"] = Evaluation.Classes is null ? "regression" : "classification",
        ["label"] = File.Facts.Label,
        ["positive"] = Evaluation.Classes?.Positive,
        ["out"] = Path,
        ["verified"] = new JsonObject { ["rows"] = File.Facts.VerifiedRows, ["difference"] = File.Facts.VerifiedDifference },
    }.ToJsonString(s_json);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {Model}: learned from {TrainRows:N0} rows, tested on {Evaluation.Rows:N0} others
        {Evaluation}
        Wrote {Path} ({File.CalculateSize():N0} bytes). ONNX Runtime and the C# model differ by at most {File.Facts.VerifiedDifference:0.0e+0} on {File.Facts.VerifiedRows:N0} rows.
        """);
}
