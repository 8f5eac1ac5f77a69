using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlOps.Onnx;

/// <summary>What an ONNX file says about the model in it, besides the computation. Stored in the file's metadata under names that start with <c>mlops.</c>.</summary>
public sealed record ModelFacts
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Gets the kind of model, such as <c>RandomForestModel</c>; null if the file does not say (<c>mlops.kind</c>).</summary>
    public string? Kind { get; init; }

    /// <summary>Gets the names of the model's features, in order: the columns that the input <c>x</c> takes, or of a pipeline what it makes of its <see cref="Columns"/>; empty if the file does not say (<c>mlops.features</c>, a JSON list).</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Gets the columns of a table that a pipeline takes, each as an input of its own; empty if it is none (<c>mlops.columns</c>, a JSON list).</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Gets the names of outputs that are called otherwise than usual, by their usual name, for an input has that one; mostly empty (<c>mlops.outputs</c>, a JSON object).</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the name of the column that is predicted; null if the file does not say (<c>mlops.label</c>).</summary>
    public string? Label { get; init; }

    /// <summary>Gets the class that precision and recall are about; null if the file does not say (<c>mlops.positive</c>).</summary>
    public string? PositiveClass { get; init; }

    /// <summary>Gets the classes in the order of the columns of the scores; empty if there are none (<c>mlops.classes</c>, a JSON list).</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Gets the hyper-parameters the model was trained with; empty if the file does not say (<c>mlops.parameters</c>, a JSON object).</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the SHA-256 of the training data as <see cref="Onnx.TrainingDataHash"/> computes it; null if the file does not say (<c>mlops.trainingData</c>).</summary>
    public string? TrainingDataHash { get; init; }

    /// <summary>Gets how many rows were predicted by ONNX Runtime and by the C# model on export; null if none were (<c>mlops.verified.rows</c>).</summary>
    public int? VerifiedRows { get; init; }

    /// <summary>Gets the largest difference on these rows, relative to numbers above 1; null if none were compared (<c>mlops.verified.difference</c>).</summary>
    public double? VerifiedDifference { get; init; }

    /// <summary>Reads the facts from a model's metadata.</summary>
    /// <exception cref="OnnxException">A value is not of the kind that belongs under its name.</exception>
    public static ModelFacts Of(IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return new ModelFacts
        {
            Kind = metadata.GetValueOrDefault("mlops.kind"),
            Features = Read<string[]>(metadata, "mlops.features") ?? [],
            Columns = Read<string[]>(metadata, "mlops.columns") ?? [],
            Outputs = Read<Dictionary<string, string>>(metadata, "mlops.outputs") ?? [],
            Label = metadata.GetValueOrDefault("mlops.label"),
            PositiveClass = metadata.GetValueOrDefault("mlops.positive"),
            Classes = Read<string[]>(metadata, "mlops.classes") ?? [],
            Parameters = Read<Dictionary<string, string>>(metadata, "mlops.parameters") ?? [],
            TrainingDataHash = metadata.GetValueOrDefault("mlops.trainingData"),
            VerifiedRows = Read<int?>(metadata, "mlops.verified.rows"),
            VerifiedDifference = Read<double?>(metadata, "mlops.verified.difference"),
        };
    }

    /// <summary>The facts as metadata; null where there is nothing to say.</summary>
    internal IEnumerable<(string Key, string? Value)> ToMetadata() =>
    [
        ("mlops.kind", Kind),
        ("mlops.features", Features.Count > 0 ? JsonSerializer.Serialize(Features, s_json) : null),
        ("mlops.columns", Columns.Count > 0 ? JsonSerializer.Serialize(Columns, s_json) : null),
        ("mlops.outputs", Outputs.Count > 0 ? JsonSerializer.Serialize(Outputs, s_json) : null),
        ("mlops.label", Label),
        ("mlops.positive", PositiveClass),
        ("mlops.classes", Classes.Count > 0 ? JsonSerializer.Serialize(Classes, s_json) : null),
        ("mlops.parameters", Parameters.Count > 0 ? JsonSerializer.Serialize(Parameters, s_json) : null),
        ("mlops.trainingData", TrainingDataHash),
        ("mlops.verified.rows", VerifiedRows?.ToString(CultureInfo.InvariantCulture)),
        ("mlops.verified.difference", VerifiedDifference?.ToString("R", CultureInfo.InvariantCulture)),
    ];

    private static T? Read<T>(IReadOnlyDictionary<string, string> metadata, string key)
    {
        if (!metadata.TryGetValue(key, out string? text))
        {
            return default;
        }

        try
        {
            T? value = JsonSerializer.Deserialize<T>(text);
            return value is IEnumerable<string?> texts && texts.Contains(null) ? throw new JsonException("a text is null") : value;
        }
        catch (JsonException e)
        {
            throw new OnnxException($"The metadata entry '{key}' holds {ShortText.Of(text, 60)}, which is not what belongs there: {e.Message}", e);
        }
    }
}
