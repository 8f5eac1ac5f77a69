using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Rest;

/// <summary>The JSON object that a request carries, in a buffer that the next request uses again.</summary>
/// <remarks>What is null is left out; half a surrogate pair, which is no text, becomes U+FFFD. Not thread-safe.</remarks>
internal sealed class JsonBody : IDisposable
{
    private const int Kept = 1 << 20; // bytes; a batch of 1,000 metrics has about 0.1 MB
    private static readonly MediaTypeHeaderValue s_type = new("application/json");
    private static JsonBody? s_spare;
    private readonly ArrayBufferWriter<byte> _bytes = new(1024);
    private readonly Utf8JsonWriter _json;
    private bool _ended;

    private JsonBody() => _json = new Utf8JsonWriter(_bytes);

    /// <summary>Starts an object.</summary>
    internal static JsonBody Start()
    {
        JsonBody body = Interlocked.Exchange(ref s_spare, null) ?? new JsonBody();
        body._json.WriteStartObject();
        return body;
    }

    /// <summary>Gives the buffer back. What was sent from it must not be in use any more.</summary>
    public void Dispose()
    {
        if (_bytes.Capacity > Kept)
        {
            _json.Dispose();
            return;
        }

        _bytes.ResetWrittenCount();
        _json.Reset();
        _ended = false;
        Interlocked.Exchange(ref s_spare, this);
    }

    /// <summary>Ends the object and returns it as what is sent; each try needs one of its own.</summary>
    internal HttpContent Content()
    {
        if (!_ended)
        {
            _json.WriteEndObject();
            _json.Flush();
            _ended = true;
        }

        return new ReadOnlyMemoryContent(_bytes.WrittenMemory) { Headers = { ContentType = s_type } };
    }

    internal JsonBody Text(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }

        return this;
    }

    internal JsonBody Number(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(name, number);
        }

        return this;
    }

    internal JsonBody Flag(ReadOnlySpan<byte> name, bool value)
    {
        _json.WriteBoolean(name, value);
        return this;
    }

    internal JsonBody Texts(ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        _json.WriteStartArray(name);
        for (int i = 0; i < values.Count; i++)
        {
            _json.WriteStringValue(values[i]);
        }

        _json.WriteEndArray();
        return this;
    }

    /// <summary>Writes a list of tags, followed by <paramref name="last"/> if there is one.</summary>
    internal JsonBody Tags(ReadOnlySpan<byte> name, ReadOnlySpan<Tag> tags, Tag? last = null)
    {
        _json.WriteStartArray(name);
        foreach (Tag tag in tags)
        {
            Pair(tag.Key, tag.Value);
        }

        if (last is { } one)
        {
            Pair(one.Key, one.Value);
        }

        _json.WriteEndArray();
        return this;
    }

    internal JsonBody Params(ReadOnlySpan<Param> parameters)
    {
        _json.WriteStartArray("params"u8);
        foreach (Param param in parameters)
        {
            Pair(param.Key, param.Value);
        }

        _json.WriteEndArray();
        return this;
    }

    internal JsonBody Metrics(IReadOnlyList<Metric> metrics, int from, int count)
    {
        _json.WriteStartArray("metrics"u8);
        for (int i = from; i < from + count; i++)
        {
            _json.WriteStartObject();
            Metric(metrics[i]);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        return this;
    }

    /// <summary>Writes a point's four fields.</summary>
    internal JsonBody Metric(in Metric metric)
    {
        Text("key"u8, metric.Key);
        if (double.IsNaN(metric.Value))
        {
            _json.WriteString("value"u8, "NaN"u8);
        }
        else if (double.IsInfinity(metric.Value))
        {
            _json.WriteString("value"u8, metric.Value > 0 ? "Infinity"u8 : "-Infinity"u8);
        }
        else if (metric.Value == 0 && double.IsNegative(metric.Value))
        {
            _json.WritePropertyName("value"u8);
            _json.WriteRawValue("-0.0"u8); // "-0" would be read as a whole number, which has no sign at 0
        }
        else
        {
            _json.WriteNumber("value"u8, metric.Value);
        }

        return Number("timestamp"u8, metric.Timestamp).Number("step"u8, metric.Step);
    }

    internal JsonBody Inputs(IReadOnlyList<DatasetInput> inputs)
    {
        _json.WriteStartArray("datasets"u8);
        foreach (DatasetInput input in inputs)
        {
            _json.WriteStartObject();
            Tags("tags"u8, [.. input.Tags]);
            _json.WriteStartObject("dataset"u8);
            Dataset set = input.Dataset;
            Text("name"u8, set.Name).Text("digest"u8, set.Digest).Text("source_type"u8, set.SourceType).Text("source"u8, set.Source).Text("schema"u8, set.Schema).Text("profile"u8, set.Profile);
            _json.WriteEndObject();
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        return this;
    }

    /// <summary>Writes who changes what is in use, and why: a field that MLflow's servers do not know and pass over.</summary>
    internal JsonBody Note(PromotionNote? note)
    {
        if (note is not null)
        {
            _json.WriteStartObject("note"u8);
            Text("actor"u8, note.Actor).Text("reason"u8, note.Reason).Text("evidence"u8, note.Evidence).Flag("is_rollback"u8, note.IsRollback);
            _json.WriteEndObject();
        }

        return this;
    }

    private void Pair(string key, string value)
    {
        _json.WriteStartObject();
        Text("key"u8, key).Text("value"u8, value);
        _json.WriteEndObject();
    }
}
