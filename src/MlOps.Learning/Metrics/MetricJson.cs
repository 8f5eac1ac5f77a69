using System.Text;
using System.Text.Json;

namespace MlOps.Learning.Metrics;

/// <summary>Named numbers as a JSON object; what JSON cannot write (NaN, ∞) is null.</summary>
internal static class MetricJson
{
    internal static string Write(bool indented, IEnumerable<(string Name, double? Value)> metrics)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented }))
        {
            json.WriteStartObject();
            foreach ((string name, double? value) in metrics)
            {
                json.WriteNumberOrNull(name, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
