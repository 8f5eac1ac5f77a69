using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Onnx;
using MlOps.Quantization;
using MlOps.Quantization.Benchmarking;
using MlOps.Quantization.Graphs;
using MlOps.Quantization.Pruning;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops prune</c>: weights of an ONNX model become 0, or whole units go.</summary>
internal static class PruneVerb
{
    private const string Structured = "structured";
    private const string TwoOfFour = "2:4";
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Command Create()
    {
        var input = new Argument<string>("in") { Description = "An ONNX file. It stays as it is." };
        var output = new Argument<string>("out") { Description = "The ONNX file to write; another than the first. One that is there is replaced once the new one is whole." };
        var amount = new Option<double>("--amount") { Description = "The share of the weights (of the units with --method structured) that goes, from 0 to below 1; 2:4 is always half.", DefaultValueFactory = _ => 0.5 };
        var method = new Option<string>("--method") { Description = "How: magnitude (the smallest weights become 0), structured (whole filters and neurons go, so the model gets smaller and faster) or 2:4 (two of every four weights become 0).", DefaultValueFactory = _ => "magnitude" };
        method.AcceptOnlyFromAmong("magnitude", Structured, TwoOfFour);
        var scope = new Option<string>("--scope") { Description = "What loses the share: layer (every layer) or global (all together, so that layers of small weights lose more).", DefaultValueFactory = _ => "layer" };
        scope.AcceptOnlyFromAmong("layer", "global");
        var exclude = new Option<string[]>("--exclude") { Description = "Nodes to leave alone, by name.", AllowMultipleArgumentsPerToken = true };
        var data = new Option<string?>("--data") { Description = "The rows to compare both models on: a CSV, .npy, .npz or .idx file, or a folder of PNG pictures." };
        var label = new Option<string?>("--label") { Description = "The column with the truth, or a file with it, for the accuracy of both." };
        var columns = SharedOptions.ModelColumns();
        var json = SharedOptions.Json();
        var verb = new Verb(
            "prune",
            "Prunes an ONNX model and writes it to another file. Zeros alone make no model smaller or faster; --method structured does. Exit code 0, or 2 for bad input.",
            "./mlops prune leaves.onnx smaller.onnx --method structured --amount 0.3",
            "./mlops prune model.onnx sparse.onnx --amount 0.8 --scope global --data rows.csv --label y",
            "./mlops prune leaves.onnx sparse.onnx --method 2:4 --json")
        {
            input, output, amount, method, scope, exclude, data, label, columns, json,
        };
        verb.SetAction((parsed, cancellation) =>
        {
            string from = parsed.GetRequiredValue(input);
            string to = OutputPath.Checked(parsed.GetRequiredValue(output), from, parsed.GetValue(data));
            var options = new PruningOptions
            {
                Amount = parsed.GetValue(amount),
                Scope = parsed.GetValue(scope) == "global" ? PruningScope.Global : PruningScope.Layer,
                Exclude = ColumnList.Of(parsed.GetValue(exclude)) ?? [],
            };
            if (parsed.GetValue(label) is { } truth && parsed.GetValue(data) is null)
            {
                throw new ArgumentException($"--label {truth} needs --data: the rows to measure on.");
            }

            OnnxFile file = ModelFile.Load(from);
            PrunedModel pruned = parsed.GetRequiredValue(method) switch
            {
                Structured => StructuredPruning.Shrink(file, options),
                TwoOfFour => TwoFourPruning.Prune(file, options.Exclude),
                _ => MagnitudePruning.Prune(file, options),
            };
            Measured? measured = parsed.GetValue(data) is { } rows
                ? Measure(file, pruned.File, rows, new ModelDataOptions { Label = parsed.GetValue(label), Columns = ColumnList.Of(parsed.GetValue(columns)) }, cancellation)
                : null;
            cancellation.ThrowIfCancellationRequested();
            pruned.File.Save(to);
            Write(pruned, measured, from, to, parsed.GetValue(json));
            return Task.FromResult(Program.Ok);
        });
        return verb;
    }

    /// <summary>How both models do on the same rows.</summary>
    private sealed record Measured(int Rows, AnswerComparison Comparison, double? AccuracyBefore, double? AccuracyAfter);

    private static Measured Measure(OnnxFile before, OnnxFile after, string path, ModelDataOptions options, CancellationToken cancellation)
    {
        ModelData data = ModelData.Read(before, path, options, cancellation);
        using var progress = new TerminalProgress("Comparing");
        ModelAnswers original = Answers(before, data, progress, cancellation);
        ModelAnswers pruned = Answers(after, data, progress, cancellation);
        return new Measured(data.RowCount, AnswerComparison.Of(original, pruned), data.Labels is { } truth ? original.Accuracy(truth) : null, data.Labels is { } again ? pruned.Accuracy(again) : null);
    }

    private static ModelAnswers Answers(OnnxFile file, ModelData data, IProgress<double> progress, CancellationToken cancellation)
    {
        using var model = OnnxModel.Open(file);
        return ModelAnswers.Of(model, data, progress: progress, cancellationToken: cancellation);
    }

    private static void Write(PrunedModel pruned, Measured? measured, string from, string to, bool json)
    {
        if (json)
        {
            JsonObject whole = JsonNode.Parse(pruned.ToJson())!.AsObject();
            whole["in"] = from;
            whole["out"] = to;
            whole["ratio"] = (double)pruned.BytesAfter / pruned.BytesBefore;
            whole["data"] = measured is null ? null : new JsonObject
            {
                ["rows"] = measured.Rows,
                ["agreement"] = measured.Comparison.Agreement,
                ["largestDifference"] = measured.Comparison.LargestDifference is { } largest && double.IsFinite(largest) ? largest : null,
                ["accuracyBefore"] = measured.AccuracyBefore,
                ["accuracyAfter"] = measured.AccuracyAfter,
            };
            Console.WriteLine(whole.ToJsonString(s_json));
            return;
        }

        TextTable.Write(
            ["node", "weights", "zeros", "share", "bytes", "gzip bytes"],
            [.. pruned.Nodes.Select(node => (string[])[
                $"{node.Node} {node.Operation}",
                node.Weights == node.WeightsBefore ? Number(node.Weights) : $"{Number(node.WeightsBefore)} → {Number(node.Weights)}",
                Number(node.Zeros),
                $"{Percent(node.Share)}",
                Number(node.Bytes),
                Number(node.GzipBytes),
            ])],
            "No weights.");
        pruned.Kept.ToList().ForEach(kept => Console.WriteLine($"kept {TerminalText.Harmless(kept.Node)} {kept.Operation}: {kept.Reason}"));
        Console.WriteLine($"parameters {Number(pruned.ParametersBefore)} → {Number(pruned.ParametersAfter)}{(pruned.MacsBefore is { } macs ? $", MACs a row {Number(macs)} → {Number(pruned.MacsAfter ?? 0)}" : "")}");
        Console.WriteLine($"bytes {Number(pruned.BytesBefore)} → {Number(pruned.BytesAfter)}, with gzip {Number(pruned.GzipBytesBefore)} → {Number(pruned.GzipBytesAfter)}");
        if (measured is not null)
        {
            string agreement = measured.Comparison.Agreement is { } same ? $"same class {Percent(same)}" : string.Create(CultureInfo.InvariantCulture, $"largest difference {measured.Comparison.LargestDifference:0.####}");
            string accuracy = measured.AccuracyBefore is { } before && measured.AccuracyAfter is { } after ? $", accuracy {Percent(before)} → {Percent(after)}" : "";
            Console.WriteLine($"{Number(measured.Rows)} rows: {agreement}{accuracy}");
        }

        if (pruned.Method != Structured)
        {
            Console.WriteLine("Zeros are multiplied like any number: the file is smaller only once compressed, and no faster. --method structured removes whole units.");
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}
