using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Onnx;
using MlOps.Quantization.Distillation;

namespace MlOps.Cli;

/// <summary>What <c>mlops distil</c> says in the end.</summary>
/// <param name="Comparison">Teacher, student and student without teacher on the rows kept for the measurement.</param>
/// <param name="TrainRows">Rows the student learned from.</param>
/// <param name="Parameters">Of the student.</param>
/// <param name="File">The student.</param>
internal sealed record DistilReport(StudentComparison Comparison, int TrainRows, int Parameters, OnnxFile File)
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal string TeacherPath { get; init; } = "";

    internal string Path { get; init; } = "";

    internal double Temperature { get; init; }

    internal double Alpha { get; init; }

    internal int Seed { get; init; }

    private long TeacherBytes => new FileInfo(TeacherPath).Length;

    private long StudentBytes => File.CalculateSize();

    internal string ToJson() => new JsonObject
    {
        ["teacher"] = new JsonObject { ["file"] = TeacherPath, ["bytes"] = TeacherBytes, ["accuracy"] = Comparison.TeacherAccuracy },
        ["student"] = new JsonObject { ["file"] = Path, ["bytes"] = StudentBytes, ["parameters"] = Parameters, ["accuracy"] = Comparison.StudentAccuracy, ["agreement"] = Comparison.Agreement },
        ["withoutTeacher"] = new JsonObject { ["accuracy"] = Comparison.AloneAccuracy },
        ["rightOnly"] = new JsonObject { ["withTeacher"] = Comparison.OnlyWithTeacher, ["withoutTeacher"] = Comparison.OnlyAlone },
        ["rows"] = new JsonObject { ["train"] = TrainRows, ["test"] = Comparison.Rows },
        ["temperature"] = Temperature,
        ["alpha"] = Alpha,
        ["seed"] = Seed,
        ["verdict"] = Comparison.Verdict,
        ["verified"] = new JsonObject { ["rows"] = File.Facts.VerifiedRows, ["difference"] = File.Facts.VerifiedDifference },
    }.ToJsonString(s_json);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        Learned from {TrainRows:N0} rows at T = {Temperature:0.####}, alpha = {Alpha:0.####}; measured on {Comparison.Rows:N0} others
        {Comparison}
        Wrote {Path}: {StudentBytes:N0} bytes, {Parameters:N0} parameters; the teacher has {TeacherBytes:N0} bytes, {(double)TeacherBytes / StudentBytes:0.#} times as many.
        """);
}
