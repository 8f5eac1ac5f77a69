using System.Text;
using System.Text.Json;

namespace MlOps.Fairness.Internals;

/// <summary>JSON written value by value, with null for what is undefined or infinite.</summary>
internal static class Json
{
    internal static string Write(bool indented, Action<Utf8JsonWriter> body)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented }))
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static void WriteOptional(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    internal static void WriteArray<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> item)
    {
        json.WriteStartArray(name);
        foreach (T each in items)
        {
            json.WriteStartObject();
            item(each);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static void WriteMetrics(this Utf8JsonWriter json, IEnumerable<ParityMetric> metrics)
    {
        json.WriteStartObject("metrics");
        foreach (ParityMetric metric in metrics)
        {
            json.WriteOptional(metric.Name, metric.Value);
        }

        json.WriteEndObject();
    }
}
