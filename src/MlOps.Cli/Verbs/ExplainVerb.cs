using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Charts;
using MlOps.Data;
using MlOps.Explain;
using MlOps.Explain.Effects;
using MlOps.Explain.Lime;
using MlOps.Explain.Reasons;
using MlOps.Learning;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops explain</c>: why a model gave a row its number, or what it leans on as a whole.</summary>
internal static class ExplainVerb
{
    /// <summary>Rows of a file that a dependence curve takes: more would not move the line.</summary>
    private const int DependenceRows = 2000;

    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Command Create()
    {
        var model = new Argument<string>("model") { Description = "An ONNX file." };
        var data = new Argument<string>("data") { Description = "CSV file with the columns the model takes; others, such as the label, are ignored." };
        var row = new Option<int?>("--row") { Description = "Which row to explain, counted from 0 without the header." };
        var method = new Option<string>("--method") { Description = "How: shap (exact with up to 12 features that differ from the background, else the trees of a forest or regression, else kernel), exact, kernel, tree, lime.", DefaultValueFactory = _ => "shap" };
        method.AcceptOnlyFromAmong("shap", "exact", "kernel", "tree", "lime");
        var importance = new Option<bool>("--importance") { Description = "How much worse the model gets when a feature is shuffled, instead of one row; needs the label." };
        var dependence = new Option<string?>("--dependence") { Description = "What the model predicts along this feature, on average over at most 2,000 rows, instead of one row." };
        var @class = new Option<string?>("--class") { Description = "The class whose probability is explained; the positive one the file names, or the last, without it." };
        var label = new Option<string?>("--label") { Description = "The column with the truth, which is no feature; --importance needs it. What the model was trained to predict without it." };
        var background = new Option<string?>("--background") { Description = "CSV file with the rows to compare with; those of the data without it." };
        var backgroundRows = new Option<int?>("--background-rows") { Description = "How many of them SHAP takes at most, drawn by the seed; without it 204,800 / 2^features, and 100 at least." };
        var samples = new Option<int?>("--samples") { Description = "Coalitions of kernel SHAP (2 × features + 2,048 without it), or samples of LIME (5,000)." };
        var top = new Option<int>("--top") { Description = "Lines of text and bars to show; JSON has all.", DefaultValueFactory = _ => 10 };
        var seed = new Option<int>("--seed") { Description = "Equal seeds give equal answers.", DefaultValueFactory = _ => 7 };
        var columns = SharedOptions.ModelColumns();
        var plain = new Option<bool>("--plain") { Description = "Write a letter in plain words to the person whom the row is about." };
        var threshold = new Option<double>("--threshold") { Description = "For --plain: the number that the decision needs.", DefaultValueFactory = _ => 0.5 };
        var lower = new Option<bool>("--lower-is-better") { Description = "For --plain: a lower number is good for the person, such as a probability of default." };
        var json = SharedOptions.Json();
        var html = SharedOptions.Html();
        var verb = new Verb(
            "explain",
            "Says why an ONNX model gave a row of a CSV file its number. Exit code 0, or 2 for bad input.",
            "./mlops explain loans.onnx applications.csv --row 42",
            "./mlops explain loans.onnx applications.csv --row 42 --method lime --json",
            "./mlops explain loans.onnx applications.csv --row 42 --class yes --background train.csv --html why.html",
            "./mlops explain loans.onnx applications.csv --row 42 --plain --threshold 0.6",
            "./mlops explain loans.onnx holdout.csv --importance --label defaulted",
            "./mlops explain loans.onnx holdout.csv --dependence income --html income.html")
        {
            model, data, row, method, importance, dependence, @class, label, background, backgroundRows, samples, top, seed, columns, plain, threshold, lower, json, html,
        };
        verb.SetAction((parsed, cancellation) =>
        {
            bool all = parsed.GetValue(importance);
            string? along = parsed.GetValue(dependence);
            int? which = parsed.GetValue(row);
            if ((all ? 1 : 0) + (along is null ? 0 : 1) + (which is null ? 0 : 1) != 1)
            {
                throw new ArgumentException("Give one of --row, --importance and --dependence: a row to explain, or a question about the model as a whole.");
            }

            if (parsed.GetValue(top) < 1 || parsed.GetValue(backgroundRows) < 1 || parsed.GetValue(samples) < 1)
            {
                throw new ArgumentException("--top, --background-rows and --samples are at least 1.");
            }

            string source = parsed.GetRequiredValue(data);
            string? page = parsed.GetValue(html) is { } path ? OutputPath.Checked(path, source, parsed.GetRequiredValue(model), parsed.GetValue(background)) : null;
            string? named = parsed.GetValue(label);
            string? truth = all ? named ?? LabelOf(parsed.GetRequiredValue(model)) : null;
            using var file = new ExplainedFile(parsed.GetRequiredValue(model), source, parsed.GetValue(@class), parsed.GetValue(background), truth ?? named, truth is not null, ColumnList.Of(parsed.GetValue(columns)), cancellation);
            if (truth is not null)
            {
                Importance(file, truth, parsed.GetValue(seed), parsed.GetValue(json), page, cancellation);
            }
            else if (along is not null)
            {
                Dependence(file, along, parsed.GetValue(seed), parsed.GetValue(json), page, cancellation);
            }
            else
            {
                var settings = new RowSettings(which!.Value, parsed.GetRequiredValue(method), parsed.GetValue(backgroundRows), parsed.GetValue(samples), parsed.GetValue(top), parsed.GetValue(seed), page);
                ReasonOptions? letter = parsed.GetValue(plain) ? new ReasonOptions { Threshold = parsed.GetValue(threshold), HigherIsBetter = !parsed.GetValue(lower) } : null;
                Row(file, settings, letter, parsed.GetValue(json), cancellation);
            }

            return Task.FromResult(Program.Ok);
        });
        return verb;
    }

    private sealed record RowSettings(int Row, string Method, int? BackgroundRows, int? Samples, int Top, int Seed, string? Page);

    private static void Row(ExplainedFile file, RowSettings settings, ReasonOptions? letter, bool json, CancellationToken cancellation)
    {
        Matrix row = file.Row(settings.Row);
        (IExplainer explainer, int backgroundRows) = file.Explainer(settings.Method, row, settings.BackgroundRows, settings.Samples, settings.Seed);
        LimeExplanation? lime = null;
        Explanation explanation;
        using (var progress = new TerminalProgress("Explaining"))
        {
            lime = explainer is LimeTabular local ? local.Explain(row.Row(0), cancellation) : null;
            explanation = lime?.Explanation ?? Readable(explainer.Explain(row, progress, cancellation)[0], file.Model);
        }

        if (json)
        {
            JsonObject written = JsonNode.Parse(explanation.ToJson())!.AsObject();
            var whole = new JsonObject { ["row"] = settings.Row };
            foreach (string name in written.Select(member => member.Key).ToArray())
            {
                JsonNode? value = written[name];
                written.Remove(name);
                whole[name] = value;
            }

            whole["additivityError"] = Math.Abs(explanation.Residual);
            whole["background"] = new JsonObject { ["file"] = file.Source, ["rows"] = backgroundRows, ["of"] = file.Reference.RowCount, ["seed"] = settings.Seed };
            if (lime is not null)
            {
                whole["rSquared"] = lime.RSquared;
                whole["localPrediction"] = lime.LocalPrediction;
                whole["conditions"] = new JsonArray([.. lime.Conditions.Select(condition => JsonValue.Create(condition))]);
            }

            if (letter is not null)
            {
                whole["letter"] = JsonNode.Parse(Letter(explanation, letter).ToJson());
            }

            Console.WriteLine(whole.ToJsonString(s_json));
        }
        else if (letter is not null)
        {
            ReasonLetter written = Letter(explanation, letter);
            written.WarningsForSender.ToList().ForEach(warning => Console.Error.WriteLine($"Before sending: {warning}"));
            Console.Write(written);
        }
        else
        {
            Console.WriteLine(lime?.ToString() ?? explanation.ToString(settings.Top));
            Console.WriteLine(FormattableString.Invariant($"Row {settings.Row}; compared with {backgroundRows:N0} of {file.Reference.RowCount:N0} rows of {file.Source}."));
        }

        if (settings.Page is { } page)
        {
            Figure chart = lime is { } fit && fit.Weights().Count > 0 ? fit.Chart() : explanation.Waterfall(settings.Top);
            ExplainPage.Write(page, $"Row {settings.Row}: {explanation.Output}", $"{explanation.Method}; compared with {backgroundRows} of {file.Reference.RowCount} rows of {Path.GetFileName(file.Source)}.", explanation.ToMimeBundle()["text/html"], chart);
        }
    }

    /// <summary>The letter from the contributions alone: what would change the answer needs limits that a command line does not know.</summary>
    private static ReasonLetter Letter(Explanation explanation, ReasonOptions options) => new ApplicantReasons(new Dictionary<string, FeatureWording>(), options).ForApplicant(explanation);

    /// <summary>The same with texts for the numbers that stand for them, whichever explainer it was.</summary>
    private static Explanation Readable(Explanation explanation, ExplainedModel model) => explanation with
    {
        Output = model.Output,
        Contributions = [.. explanation.Contributions.Select((contribution, j) => contribution with { Feature = model.FeatureNames[j], ValueText = model.Display(j, contribution.Value) })],
    };

    private static void Importance(ExplainedFile file, string label, int seed, bool json, string? page, CancellationToken cancellation)
    {
        Table rows = file.Data.DropMissing(label);
        if (rows.RowCount < 2)
        {
            throw new ArgumentException($"--importance needs 2 rows with a value in '{label}'; there are {rows.RowCount}.");
        }

        PermutationScore score = file.Class is { } name
            ? PermutationScore.RocAuc([.. Labels.Of(rows[label]).Are(name)])
            : PermutationScore.RSquared(rows.Numbers(label));
        PermutationImportance importance;
        using (var progress = new TerminalProgress("Shuffling"))
        {
            importance = PermutationImportance.Measure(file.Model, file.Model.Encode(rows), score, new ImportanceOptions { Seed = seed }, progress, cancellation);
        }

        Console.WriteLine(json
            ? new JsonObject
            {
                ["score"] = importance.Score,
                ["baseline"] = importance.Baseline,
                ["rows"] = importance.Rows,
                ["features"] = new JsonArray([.. importance.Features.Select(feature => new JsonObject
                {
                    ["feature"] = feature.Name, ["mean"] = feature.Mean, ["standardDeviation"] = feature.StandardDeviation, ["low"] = feature.Low, ["high"] = feature.High,
                })]),
                ["warnings"] = new JsonArray([.. importance.Warnings.Select(warning => JsonValue.Create(warning))]),
            }.ToJsonString(s_json)
            : importance.ToString());
        if (page is not null)
        {
            ExplainPage.Write(page, "What the model leans on", $"{importance.Score}, {importance.Rows} rows.", ExplainPage.Preformatted(importance.ToString()), importance.Chart());
        }
    }

    private static void Dependence(ExplainedFile file, string feature, int seed, bool json, string? page, CancellationToken cancellation)
    {
        PartialDependence dependence;
        using (var progress = new TerminalProgress("Predicting"))
        {
            dependence = PartialDependence.Of(file.Model, file.Model.Encode(file.Data), feature, new DependenceOptions { Seed = seed, GridPoints = 40, MaxRows = DependenceRows }, progress, cancellation);
        }

        Console.WriteLine(json
            ? new JsonObject
            {
                ["feature"] = feature,
                ["output"] = dependence.Output,
                ["rows"] = dependence.Individual.RowCount,
                ["points"] = new JsonArray([.. Enumerable.Range(0, dependence.Grid.Count).Select(k => new JsonObject
                {
                    ["value"] = dependence.IsText ? dependence.GridTexts[k] : dependence.Grid[k], ["average"] = dependence.Average[k], ["low"] = dependence.Low?[k], ["high"] = dependence.High?[k],
                })]),
            }.ToJsonString(s_json)
            : dependence.ToString());
        if (page is not null)
        {
            Figure[] charts = dependence.IsText ? [dependence.Chart()] : [dependence.Chart(), dependence.IceChart()];
            ExplainPage.Write(page, $"{dependence.Output} along {feature}", $"{dependence.Individual.RowCount} rows.", ExplainPage.Preformatted(dependence.ToString()), charts);
        }
    }

    private static string LabelOf(string model)
    {
        using var onnx = MlOps.Onnx.OnnxModel.Load(model);
        return onnx.Facts.Label ?? throw new ArgumentException("--label is needed: the file does not say which column the model predicts.");
    }
}
