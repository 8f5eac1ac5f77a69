using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Data;
using MlOps.Data.Images;
using MlOps.Learning;
using MlOps.Learning.Recipes;
using MlOps.Onnx;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops validate</c>: does a model keep the limits that a CI job sets?</summary>
internal static class ValidateVerb
{
    private const string Latency = "latencyMs";
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Option, what it limits, whether from below, whether the value is a share.
    private static readonly (string Option, string Metric, bool IsMinimum, bool IsShare)[] s_gates =
    [
        ("--min-accuracy", "accuracy", true, true),
        ("--min-precision", "precision", true, true),
        ("--min-recall", "recall", true, true),
        ("--min-f1", "f1", true, true),
        ("--min-auc", "auc", true, true),
        ("--max-log-loss", "logLoss", false, false),
        ("--max-brier", "brier", false, false),
        ("--max-mae", "mae", false, false),
        ("--max-rmse", "rmse", false, false),
        ("--min-r2", "r2", true, false),
        ("--max-latency-ms", Latency, false, false),
    ];

    internal static Command Create()
    {
        var model = new Argument<string>("model") { Description = "An ONNX file." };
        var data = new Argument<string>("data") { Description = "CSV file with rows whose truth is known; or pictures in IDX form with --labels." };
        var label = new Option<string?>("--label") { Description = "The column with the truth; what the model was trained to predict without it." };
        var labels = new Option<string?>("--labels") { Description = "IDX file with the classes of the pictures." };
        var positive = new Option<string?>("--positive") { Description = "The positive class of two, which precision and recall are about; the one the file names, or the last, without it." };
        var columns = SharedOptions.ModelColumns();
        var json = SharedOptions.Json();
        Option<double?>[] gates = [.. s_gates.Select(gate => new Option<double?>(gate.Option)
        {
            Description = gate.Metric == Latency ? "Limit of the time of one prediction in milliseconds: 95 of 100 must keep it, once the model is warm." : $"{(gate.IsMinimum ? "Least" : "Largest")} {gate.Metric} that passes.",
        })];
        var verb = new Verb(
            "validate",
            "Measures an ONNX model on rows whose truth is known and compares with limits. Exit code 0 all are kept, 1 one is broken, 2 bad input.",
            "./mlops validate loans.onnx holdout.csv --label defaulted --min-auc 0.8 --min-recall 0.6 --max-latency-ms 20",
            "./mlops validate houses.onnx houses-test.csv --label price --max-rmse 25000 --json",
            "./mlops validate digits.onnx test-images.idx.gz --labels test-labels.idx.gz --min-accuracy 0.97")
        {
            model, data, label, labels, positive, columns, json,
        };
        Array.ForEach(gates, verb.Add);
        verb.SetAction((parsed, cancellation) =>
        {
            QualityGate[] limits = [.. s_gates.Zip(gates, (gate, option) => (gate, Limit: parsed.GetValue(option))).Where(pair => pair.Limit is not null).Select(pair => Gate(pair.gate, pair.Limit!.Value))];
            using var onnx = OnnxModel.Load(parsed.GetRequiredValue(model), new OnnxModelOptions { Features = ColumnList.Of(parsed.GetValue(columns)) });
            if (parsed.GetValue(labels) is { } truth && parsed.GetValue(label) is not null)
            {
                throw new ArgumentException($"--label names a column of a CSV file, --labels ({truth}) the file with the classes of pictures; give one of them.");
            }

            string? positiveClass = parsed.GetValue(positive) ?? onnx.Facts.PositiveClass;
            (Evaluation evaluation, PredictionLatency? latency) = parsed.GetValue(labels) is { } classes
                ? Pictures(onnx, parsed.GetRequiredValue(data), classes, positiveClass, limits, cancellation)
                : Rows(onnx, parsed.GetRequiredValue(data), parsed.GetValue(label) ?? onnx.Facts.Label ?? throw new ArgumentException("--label is needed: the file does not say which column the model predicts."), positiveClass, limits, cancellation);
            return Task.FromResult(Judge(parsed.GetRequiredValue(model), evaluation, latency, limits, parsed.GetValue(json)));
        });
        return verb;
    }

    private static QualityGate Gate((string Option, string Metric, bool IsMinimum, bool IsShare) gate, double limit) =>
        gate.IsShare && limit is not (>= 0 and <= 1) ? throw new ArgumentException(FormattableString.Invariant($"{gate.Option} is a share between 0 and 1; got {limit}."))
        : new QualityGate(gate.Metric, limit, gate.IsMinimum);

    private static (Evaluation Evaluation, PredictionLatency? Latency) Rows(OnnxModel model, string data, string label, string? positive, QualityGate[] limits, CancellationToken cancellation)
    {
        Table table = model.ReadCsv(data, label, cancellation);
        Table rows = table.DropMissing(label);
        if (rows.RowCount == 0)
        {
            throw new ArgumentException($"{data}: there is no row with a value in '{label}', so nothing to measure.");
        }

        Table features = model.Columns.Count > 0 ? rows : rows.Drop(label); // a model that takes every column must not see the truth
        var evaluation = Evaluation.Of(model.Predict(features), rows[label], positive);
        if (rows.RowCount < table.RowCount)
        {
            Console.Error.WriteLine(FormattableString.Invariant($"Left out: {table[label].MissingCount:N0} of {table.RowCount:N0} rows, which have no value in '{label}'."));
        }

        if (!limits.Any(limit => limit.Metric == Latency))
        {
            return (evaluation, null);
        }

        Table[] single = [.. Enumerable.Range(0, Math.Min(features.RowCount, 300)).Select(row => features.Rows(row..(row + 1)))];
        return (evaluation, PredictionLatency.Measure(row => model.Predict(single[row]), single.Length, cancellationToken: cancellation));
    }

    private static (Evaluation Evaluation, PredictionLatency? Latency) Pictures(OnnxModel model, string data, string labels, string? positive, QualityGate[] limits, CancellationToken cancellation)
    {
        ImageSet images = IdxFile.ReadImages(data, labels);
        Matrix pixels = PicturePixels.Of(images);
        var evaluation = Evaluation.Of(model.Predict(pixels), new Labels(images.Labels.ToArray(), images.ClassNames), positive);
        return (evaluation, limits.Any(limit => limit.Metric == Latency)
            ? PredictionLatency.Measure(row => model.Predict(pixels.Take([row])), pixels.RowCount, cancellationToken: cancellation)
            : null);
    }

    private static int Judge(string model, Evaluation evaluation, PredictionLatency? latency, QualityGate[] limits, bool json)
    {
        (QualityGate Gate, double Value, bool Passes)[] results = [.. limits.Select(gate => (gate, gate.Metric == Latency ? latency!.P95 : evaluation[gate.Metric])).Select(pair => (pair.gate, pair.Item2, pair.gate.Passes(pair.Item2)))];
        bool passes = results.All(result => result.Passes);
        foreach ((QualityGate gate, double value, _) in results.Where(result => !result.Passes))
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"gate failed: {gate.Metric} {(double.IsNaN(value) ? "is undefined" : $"{value:0.######} is {(gate.IsMinimum ? "below" : "above")} {gate.Limit:0.######}")}"));
        }

        if (json)
        {
            Console.WriteLine(new JsonObject
            {
                ["model"] = model,
                ["rows"] = evaluation.Rows,
                ["pass"] = passes,
                ["gates"] = new JsonArray([.. results.Select(result => new JsonObject
                {
                    ["metric"] = result.Gate.Metric,
                    ["value"] = double.IsFinite(result.Value) ? result.Value : null,
                    [result.Gate.IsMinimum ? "min" : "max"] = result.Gate.Limit,
                    ["pass"] = result.Passes,
                })]),
                ["metrics"] = JsonNode.Parse(evaluation.ToJson()),
                ["latencyMs"] = latency is null ? null : new JsonObject { ["p50"] = latency.P50, ["p95"] = latency.P95, ["max"] = latency.Max },
            }.ToJsonString(s_json));
            return passes ? Program.Ok : Program.GateFailed;
        }

        Console.WriteLine(evaluation);
        foreach ((QualityGate gate, double value, bool kept) in results)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(kept ? "pass" : "FAIL")}  {gate.Metric} {(double.IsNaN(value) ? "is undefined" : value.ToString("0.######", CultureInfo.InvariantCulture))}, {(gate.IsMinimum ? "at least" : "at most")} {gate.Limit:0.######}"));
        }

        Console.WriteLine(limits.Length == 0 ? "No limits were given." : passes ? "All limits are kept." : $"{results.Count(result => !result.Passes)} of {limits.Length} limits are broken.");
        return passes ? Program.Ok : Program.GateFailed;
    }
}
