using System.Globalization;
using System.Security.Cryptography;
using MlOps.Fairness.Cards;
using MlOps.Onnx;
using MlOps.Tracking;

namespace MlOps.Cli;

/// <summary>What an ONNX file and a run know of a model, for its card.</summary>
internal static class CardFacts
{
    internal static ModelCardFacts OfModel(ModelCardFacts facts, string path)
    {
        ModelFacts model = OnnxFile.Load(path).Facts;
        return facts with
        {
            Name = facts.Name ?? Path.GetFileNameWithoutExtension(path),
            Type = model.Kind,
            ModelHash = Digest(path),
            Inputs = model.Columns.Count > 0 ? model.Columns : model.Features,
            Outputs = [.. model.Label is { } label ? [label] : Array.Empty<string>(), .. model.Classes.Select(name => name == model.PositiveClass ? $"{name} (positive)" : name)],
            Parameters = model.Parameters,
            Data = model.TrainingDataHash is { } hash ? [new CardData("training", "training data named by the model's file", $"sha256:{hash}", null, [], [])] : [],
        };
    }

    /// <summary>Adds a run; where file and run both know a parameter, the run's stands.</summary>
    internal static ModelCardFacts OfRun(ModelCardFacts facts, Run run, string[]? metrics)
    {
        var values = run.Metrics.ToDictionary(metric => metric.Key, metric => metric.Value);
        if (metrics?.FirstOrDefault(name => !values.ContainsKey(name)) is { } missing)
        {
            throw new ArgumentException($"Run '{run.Info.Name}' has no metric '{missing}'. It has: {string.Join(", ", values.Keys)}.");
        }

        var parameters = new Dictionary<string, string>(facts.Parameters);
        foreach (Param param in run.Params)
        {
            parameters[param.Key] = param.Value;
        }

        return facts with
        {
            Name = facts.Name ?? run.Info.Name,
            Date = DateTimeOffset.FromUnixTimeMilliseconds(run.Info.StartTime).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Run = $"{run.Info.Name} ({run.Info.RunId})",
            Parameters = parameters,
            Metrics = [.. CardMetric.OfRun(values).Where(metric => metrics is null || metrics.Contains(metric.Metric))],
            Data = [.. facts.Data, .. run.Inputs.Select(input => new CardData(Role(input), input.Dataset.Name, input.Dataset.Digest, null, [], []))],
        };
    }

    internal static string Digest(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(stream))}";
    }

    private static string Role(DatasetInput input) =>
        input.Tags.Any(tag => tag.Key == "mlflow.data.context" && tag.Value.ToLowerInvariant() is "evaluation" or "eval" or "test" or "testing" or "validation") ? "evaluation" : "training";
}
