using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Charts;
using MlOps.Quantization;
using MlOps.Quantization.Benchmarking;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops benchmark</c>: models side by side, and which of them a budget or a small device allows.</summary>
internal static class BenchmarkVerb
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Command Create()
    {
        var models = new Argument<string[]>("models") { Description = "ONNX files; the first is the one the others are compared with.", Arity = ArgumentArity.OneOrMore };
        var data = new Option<string?>("--data") { Description = "The rows to run: a CSV file, a folder of pictures, .npy or .npz arrays, a folder with input_0.pb. Inputs are made up without it, and no answers compared." };
        var label = new Option<string?>("--label") { Description = "The column with the truth; an array of an .npz file, or another .npy file." };
        var classes = new Option<string[]>("--classes") { Description = "Names of the classes in the order of the scores, where the files do not name them.", AllowMultipleArgumentsPerToken = true };
        var rows = new Option<int?>("--max-rows") { Description = "Rows to take at most, the first ones, for the comparison of answers; all without it." };
        var batch = new Option<string[]>("--batch") { Description = "Rows of a run, one number or several.", DefaultValueFactory = _ => ["1"], AllowMultipleArgumentsPerToken = true };
        var threads = new Option<string[]>("--threads") { Description = "Threads of a run, one number or several; 0 is every core.", DefaultValueFactory = _ => ["0"], AllowMultipleArgumentsPerToken = true };
        var runs = new Option<int>("--runs") { Description = "Timed runs of each model in each setting; a p99 needs 100.", DefaultValueFactory = _ => new LatencyOptions().Runs };
        var seed = new Option<int>("--seed") { Description = "Equal seeds give an equal order of the runs and equal made-up inputs.", DefaultValueFactory = _ => new LatencyOptions().Seed };
        var watts = new Option<double>("--watts") { Description = "Power assumed for a busy core, for the estimate of the energy.", DefaultValueFactory = _ => new CompressionReportOptions().WattsPerCore };
        var gzip = new Option<bool>("--gzip") { Description = "Also measure the sizes after gzip." };
        var budget = new Option<string?>("--budget") { Description = "Limits, such as \"2 MB, 5 ms, 1 point\": says which model is the best that keeps them. Exit with 1 if none does." };
        var profile = new Option<string?>("--profile") { Description = $"A small device: {string.Join(", ", EdgeProfile.All.Select(one => one.Name))}. Says which models fit. Exit with 1 if none does." };
        var memory = new Option<string?>("--limit-memory") { Description = "Also run each model in a process with one core and this much memory, such as 512MB (Linux). Exit with 1 if none runs." };
        var html = SharedOptions.Html();
        var json = SharedOptions.Json();
        var verb = new Verb(
            "benchmark",
            "Measures ONNX models side by side: size, operations, memory, run times, accuracy. Exit code 0 ok, 1 no model keeps the budget or fits the device, 2 bad input.",
            "./mlops benchmark float.onnx int8.onnx --data rows.csv --label y",
            "./mlops benchmark float.onnx int8.onnx --batch 1,32 --threads 1,2 --json",
            "./mlops benchmark float.onnx int8.onnx int4.onnx --data rows.csv --label y --budget \"2 MB, 5 ms, 1 point\" --html report.html",
            "./mlops benchmark float.onnx int8.onnx --profile phone --limit-memory 512MB")
        {
            models, data, label, classes, rows, batch, threads, runs, seed, watts, gzip, budget, profile, memory, html, json,
        };
        verb.SetAction(async (parsed, cancellation) =>
        {
            string[] paths = parsed.GetRequiredValue(models);
            Budget? limits = parsed.GetValue(budget) is { } text ? Budget.Parse(text) : null;
            EdgeProfile? device = parsed.GetValue(profile) is { } name ? EdgeProfile.Named(name) : null;
            long? limit = parsed.GetValue(memory) is { } size ? Budget.ParseSize(size) : null;
            string? page = parsed.GetValue(html) is { } path ? OutputPath.Checked(path, [.. paths, parsed.GetValue(data)]) : null;
            if (parsed.GetValue(label) is not null && parsed.GetValue(data) is null)
            {
                throw new ArgumentException("--label says where in --data the right answers are; give --data too.");
            }

            var latency = new LatencyOptions { Runs = parsed.GetValue(runs), BatchSizes = Whole(parsed.GetRequiredValue(batch), "--batch"), Threads = Whole(parsed.GetRequiredValue(threads), "--threads"), Seed = parsed.GetValue(seed) };
            var options = new CompressionReportOptions { Latency = latency, Gzip = parsed.GetValue(gzip), WattsPerCore = parsed.GetValue(watts), Classes = ColumnList.Of(parsed.GetValue(classes)) };
            BenchmarkModel[] loaded = Load(paths);
            ModelData? inputs = parsed.GetValue(data) is { } source ? Read(loaded[0], source, parsed.GetValue(label), parsed.GetValue(rows), cancellation) : null;
            CompressionReport report;
            using (var progress = new TerminalProgress("Measuring"))
            {
                report = CompressionReport.Measure(loaded, inputs, options, progress: progress, cancellationToken: cancellation);
                report = limit is null ? report : await Limited(report, loaded, inputs, limit.Value, latency, cancellation);
            }

            return Show(report, limits?.Choose(report), device?.Check(report), limit is not null, page, parsed.GetValue(json));
        });
        return verb;
    }

    private static BenchmarkModel[] Load(string[] paths)
    {
        string[] names = Array.ConvertAll(paths, path => Path.GetFileName(path));
        bool alike = names.Distinct(StringComparer.Ordinal).Count() < names.Length; // a/model.onnx and b/model.onnx
        return [.. paths.Select((path, i) => BenchmarkModel.Load(path, alike ? path : names[i]))];
    }

    private static ModelData Read(BenchmarkModel model, string source, string? label, int? rows, CancellationToken cancellation)
    {
        var data = ModelData.Read(model.File, source, new ModelDataOptions { Label = label }, cancellation);
        return rows is { } most ? data.Take(most) : data;
    }

    private static async Task<CompressionReport> Limited(CompressionReport report, BenchmarkModel[] models, ModelData? inputs, long memory, LatencyOptions latency, CancellationToken cancellation)
    {
        var results = new Dictionary<string, LimitedRunResult>();
        foreach (BenchmarkModel model in models)
        {
            results[model.Name] = await LimitedRun.MeasureAsync(model, inputs, new LimitedRunOptions { MemoryBytes = memory, Runs = latency.Runs, Batch = latency.BatchSizes[0], Seed = latency.Seed }, cancellation);
        }

        return report.With(results);
    }

    private static int Show(CompressionReport report, BudgetChoice? choice, IReadOnlyList<ProfileVerdict>? verdicts, bool limited, string? page, bool json)
    {
        bool runs = !limited || report.Models.Any(model => model.Limited?.Outcome is LimitedRunOutcome.Completed or LimitedRunOutcome.NotSupported);
        bool passes = choice is null or { Best: not null } && (verdicts is null || verdicts.Any(verdict => verdict.Fits)) && runs;
        if (json)
        {
            JsonObject whole = JsonNode.Parse(report.ToJson())!.AsObject();
            whole["pass"] = passes;
            whole["budget"] = choice is null ? null : new JsonObject
            {
                ["limits"] = choice.Budget.ToString(),
                ["best"] = choice.Best?.Name,
                ["feasible"] = Texts(choice.Feasible),
                ["misses"] = new JsonArray([.. choice.Misses.Select(Json)]),
            };
            whole["profile"] = verdicts is null ? null : new JsonObject
            {
                ["name"] = verdicts[0].Profile.Name,
                ["assumptions"] = Texts(verdicts[0].Profile.Assumptions),
                ["models"] = new JsonArray([.. verdicts.Select(verdict => (JsonNode)new JsonObject { ["name"] = verdict.Model, ["fits"] = verdict.Fits, ["misses"] = new JsonArray([.. verdict.Misses.Select(Json)]) })]),
            };
            Console.WriteLine(whole.ToJsonString(s_json));
        }
        else
        {
            TerminalText.WriteLine(report.ToString());
            foreach (string line in Verdicts(choice, verdicts))
            {
                TerminalText.WriteLine(line);
            }
        }

        if (page is not null)
        {
            Figure[] chart = report.Models.Any(model => model.Latency is not null && model.Quality is not null) ? [report.Chart()] : [];
            string more = string.Concat(Verdicts(choice, verdicts).Select(ExplainPage.Preformatted));
            ExplainPage.Write(page, string.Join(", ", report.Models.Select(model => model.Name)), $"Measured on {report.Machine}.", report.ToHtml() + more, chart);
        }

        if (!passes)
        {
            Console.Error.WriteLine($"gate failed: no model {(choice is { Best: null } ? "keeps the budget" : runs ? "fits the device" : "runs in that memory")}");
        }

        return passes ? Program.Ok : Program.GateFailed;
    }

    private static IEnumerable<string> Verdicts(BudgetChoice? choice, IReadOnlyList<ProfileVerdict>? verdicts)
    {
        IEnumerable<string> devices = verdicts is null ? [] : verdicts.Select(verdict => verdict.ToString()).Concat(verdicts[0].Profile.Assumptions);
        return choice is null ? devices : devices.Prepend(choice.ToString());
    }

    private static JsonNode Json(BudgetMiss miss) => new JsonObject { ["model"] = miss.Model, ["criterion"] = miss.Criterion, ["limit"] = miss.Limit, ["value"] = miss.Value };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static int[] Whole(string[] given, string option) =>
        [.. (ColumnList.Of(given) ?? []).Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw new ArgumentException($"{option} takes whole numbers separated by commas; got '{part}'."))];
}
