using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using MlOps.Onnx;
using MlOps.Onnx.Checking;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops onnx</c>: what runs models here, what is in a file, and what is wrong with it.</summary>
internal static class OnnxVerb
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Command Create() => new Verb("onnx", "Shows what runs ONNX models here, what is in a file, what is wrong with it.", "./mlops onnx show model.onnx", "./mlops onnx check model.onnx", "./mlops onnx status") { Status(), Show(), Check() };

    private static Verb Status()
    {
        var verb = new Verb("status", "Says which ONNX Runtime runs models here: version, source, library, and which providers compute. Exit code 0, or 2 if none does.", "./mlops onnx status");
        verb.SetAction(_ =>
        {
            var runtime = OnnxRuntimeInfo.Current();
            Console.WriteLine(runtime);
            Console.WriteLine(runtime.LibraryPath ?? "The system does not say where the library lies.");
            foreach (ProviderTrial trial in ProviderTrial.All())
            {
                Console.WriteLine(trial);
            }

            return Program.Ok;
        });
        return verb;
    }

    private static Verb Show()
    {
        Argument<string> file = Model();
        var json = SharedOptions.Json();
        var verb = new Verb("show", "Shows inputs, outputs, operators, size and metadata of an ONNX file. Exit code 0, or 2 for bad input.", "./mlops onnx show model.onnx", "./mlops onnx show model.onnx --json") { file, json };
        verb.SetAction(parsed =>
        {
            var summary = OnnxSummary.Of(OnnxFile.Load(parsed.GetRequiredValue(file)));
            Console.WriteLine(parsed.GetValue(json) ? summary.ToJson() : summary.ToString());
            return Program.Ok;
        });
        return verb;
    }

    private static Verb Check()
    {
        Argument<string> file = Model();
        var json = SharedOptions.Json();
        var verb = new Verb(
            "check",
            "Checks an ONNX file against the standard. Exit code 0 no error (a warning is none), 1 an error, 2 bad input.",
            "./mlops onnx check model.onnx")
        {
            file, json,
        };
        verb.SetAction(parsed =>
        {
            IReadOnlyList<OnnxFinding> findings = OnnxChecker.Check(OnnxFile.Load(parsed.GetRequiredValue(file)));
            int errors = findings.Count(finding => finding.Severity == OnnxSeverity.Error);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(
                    new { ok = errors == 0, findings = findings.Select(finding => new { severity = finding.Severity == OnnxSeverity.Error ? "error" : "warning", finding.Place, finding.Reason, finding.Advice }) }, s_json));
            }
            else
            {
                foreach (OnnxFinding finding in findings)
                {
                    Console.WriteLine(finding);
                }

                Console.WriteLine($"{parsed.GetRequiredValue(file)}: {Count(errors, "error")}, {Count(findings.Count - errors, "warning")}.");
            }

            return errors == 0 ? Program.Ok : Program.GateFailed;
        });
        return verb;
    }

    private static string Count(int count, string what) => FormattableString.Invariant($"{count} {what}{(count == 1 ? "" : "s")}");

    private static Argument<string> Model() => new("model") { Description = "An ONNX file." };
}
