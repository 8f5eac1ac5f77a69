using System.Globalization;
using System.Text;
using System.Text.Json;
using MlOps.Data;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace MlOps.Tracking;

public sealed partial class ActiveRun
{
    private const string HistoryKey = "mlflow.log-model.history";

    /// <summary>Keeps an ONNX model as a folder that MLflow can load: <c>MLmodel</c>, <c>model.onnx</c> and <c>input_example.json</c>.</summary>
    /// <param name="name">The folder's path from the run's uppermost folder, such as <c>model</c>.</param>
    /// <param name="onnx">The model's bytes.</param>
    /// <param name="signature">What it takes and gives; null takes the inputs from <paramref name="example"/>.</param>
    /// <param name="example">Rows as a caller gives them; kept for whoever wants to try the model, so a few will do.</param>
    /// <exception cref="TrackingException">The name is no artifact's path, or the store is full or away.</exception>
    public void Model(string name, byte[] onnx, ModelSignature? signature = null, Table? example = null)
    {
        ArgumentNullException.ThrowIfNull(onnx);
        using var content = new MemoryStream(onnx, writable: false);
        Model(name, content, signature, example);
    }

    /// <summary>Keeps an ONNX model that is a file.</summary>
    /// <param name="name">As for bytes.</param>
    /// <param name="path">The file.</param>
    /// <param name="signature">As for bytes.</param>
    /// <param name="example">As for bytes.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public void Model(string name, string path, ModelSignature? signature = null, Table? example = null)
    {
        using FileStream content = File.OpenRead(path);
        Model(name, content, signature, example);
    }

    private void Model(string name, Stream onnx, ModelSignature? signature, Table? example)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        signature ??= example is null ? null : ModelSignature.Of(example);
        string made = DateTimeOffset.FromUnixTimeMilliseconds(Now()).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        string identity = Guid.NewGuid().ToString("N");
        Artifact($"{name}/model.onnx", onnx);
        if (example is not null)
        {
            Artifact($"{name}/input_example.json", SplitJson(example));
        }

        Artifact($"{name}/MLmodel", Description(name, made, identity, onnx.Length, signature, example is not null)); // last: a folder with it is whole
        NoteModel(name, made, identity);
    }

    /// <summary>The file <c>MLmodel</c>, as MLflow's own ONNX flavour writes it.</summary>
    private string Description(string name, string made, string identity, long bytes, ModelSignature? signature, bool hasExample)
    {
        var model = new SortedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["artifact_path"] = name,
            ["flavors"] = Flavors(),
            ["model_size_bytes"] = bytes,
            ["model_uuid"] = identity,
            ["run_id"] = Id,
            ["utc_time_created"] = new YamlScalarNode(made) { Style = ScalarStyle.SingleQuoted }, // else Python reads a time where MLflow expects a text
        };
        if (signature is not null)
        {
            model["signature"] = new Dictionary<string, object?> { ["inputs"] = signature.InputsJson, ["outputs"] = signature.Outputs.Count == 0 ? null : signature.OutputsJson, ["params"] = null };
        }

        if (hasExample)
        {
            model["saved_input_example_info"] = new Dictionary<string, object?> { ["artifact_path"] = "input_example.json", ["pandas_orient"] = "split", ["type"] = "dataframe" };
        }

        return new SerializerBuilder().WithQuotingNecessaryStrings(quoteYaml1_1Strings: true).Build().Serialize(model);
    }

    private static Dictionary<string, object?> Flavors() => new()
    {
        ["onnx"] = new Dictionary<string, object?> { ["code"] = null, ["data"] = "model.onnx" },
        ["python_function"] = new Dictionary<string, object?> { ["data"] = "model.onnx", ["loader_module"] = "mlflow.onnx" },
    };

    /// <summary>Adds the model to the tag by which MLflow's page finds models. What does not fit a tag any more is dropped, the oldest first.</summary>
    private void NoteModel(string name, string made, string identity)
    {
        List<object> entries = [];
        if (Read().Tags.FirstOrDefault(tag => tag.Key == HistoryKey) is { Value: { Length: > 0 } text })
        {
            using JsonDocument before = JsonDocument.Parse(text);
            entries.AddRange(before.RootElement.EnumerateArray().Select(entry => (object)entry.Clone()));
        }

        entries.Add(new Dictionary<string, object?> { ["run_id"] = Id, ["artifact_path"] = name, ["utc_time_created"] = made, ["flavors"] = Flavors(), ["model_uuid"] = identity });
        string json = JsonSerializer.Serialize(entries);
        while (json.Length > TrackingLimits.TagValue)
        {
            entries.RemoveAt(0);
            json = JsonSerializer.Serialize(entries);
        }

        _store.SetTag(Id, new Tag(HistoryKey, json));
    }

    /// <summary>A table in pandas' form <c>split</c>: <c>{"columns": […], "data": [[…], …]}</c>. What is missing or no number that JSON has is null.</summary>
    private static string SplitJson(Table table)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("columns");
            foreach (Column column in table.Columns)
            {
                json.WriteStringValue(column.Name);
            }

            json.WriteEndArray();
            json.WriteStartArray("data");
            for (int row = 0; row < table.RowCount; row++)
            {
                json.WriteStartArray();
                foreach (Column column in table.Columns)
                {
                    Write(json, column.GetValue(row));
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());

        static void Write(Utf8JsonWriter json, object? value)
        {
            switch (value)
            {
                case null or double.NaN or double.PositiveInfinity or double.NegativeInfinity:
                    json.WriteNullValue();
                    break;
                case double number:
                    json.WriteNumberValue(number);
                    break;
                case long whole:
                    json.WriteNumberValue(whole);
                    break;
                case bool truth:
                    json.WriteBooleanValue(truth);
                    break;
                default:
                    json.WriteStringValue(ValueText.Of(value));
                    break;
            }
        }
    }
}
