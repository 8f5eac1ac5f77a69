using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Server;

/// <summary>The requests that come by the thousand, read in one pass from the bytes: one metric, or a batch.</summary>
internal static class LogRequest
{
    /// <summary>Reads <c>log-metric</c>.</summary>
    internal static (string RunId, Metric Metric) ReadMetric(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        string? run = null;
        string? old = null;
        var point = new Point();
        try
        {
            Begin(ref reader);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("run_id"u8))
                {
                    run = Text(ref reader, "run_id");
                }
                else if (reader.ValueTextEquals("run_uuid"u8))
                {
                    old = Text(ref reader, "run_uuid");
                }
                else if (!point.Take(ref reader, ""))
                {
                    reader.Skip();
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw RequestFields.NoJson(e);
        }

        string id = run is { Length: > 0 } ? run : old is { Length: > 0 } ? old : throw TrackingLimits.Missing("run_id");
        return (id, point.ToMetric(""));
    }

    /// <summary>Reads <c>log-batch</c> and checks it against the limits of one request.</summary>
    internal static (string RunId, List<Metric> Metrics, List<Param> Params, List<Tag> Tags) ReadBatch(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        string? run = null;
        List<Metric> metrics = [];
        List<Param> parameters = [];
        List<Tag> tags = [];
        try
        {
            Begin(ref reader);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("run_id"u8))
                {
                    run = Text(ref reader, "run_id");
                }
                else if (reader.ValueTextEquals("metrics"u8))
                {
                    ReadMetrics(ref reader, metrics);
                }
                else if (reader.ValueTextEquals("params"u8))
                {
                    ReadPairs(ref reader, "params", (key, value) => parameters.Add(new Param(key, value)));
                }
                else if (reader.ValueTextEquals("tags"u8))
                {
                    ReadPairs(ref reader, "tags", (key, value) => tags.Add(new Tag(key, value)));
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw RequestFields.NoJson(e);
        }

        if (run is not { Length: > 0 })
        {
            throw TrackingLimits.Missing("run_id");
        }

        CheckLimits(metrics.Count, parameters, tags.Count);
        return (run, metrics, parameters, tags);
    }

    private static void CheckLimits(int metrics, List<Param> parameters, int tags)
    {
        Check(metrics, TrackingLimits.BatchItems, "metrics");
        Check(parameters.Count, TrackingLimits.BatchPairs, "params");
        Check(tags, TrackingLimits.BatchPairs, "tags");
        Check(metrics + parameters.Count + tags, TrackingLimits.BatchItems, "metrics, params and tags in all");
        if (parameters.Count > 1)
        {
            var keys = new HashSet<string>(parameters.Count, StringComparer.Ordinal);
            foreach (Param param in parameters)
            {
                if (!keys.Add(param.Key))
                {
                    throw TrackingLimits.Invalid($"Duplicate parameter keys have been submitted: '{param.Key}'. A request may have a key once.");
                }
            }
        }

        static void Check(int count, int most, string what)
        {
            if (count > most)
            {
                throw TrackingLimits.Invalid(string.Create(
                    CultureInfo.InvariantCulture, $"A batch logging request can contain at most {most} {what}. Got {count}. Split it up into several requests."));
            }
        }
    }

    private static void ReadMetrics(ref Utf8JsonReader reader, List<Metric> metrics)
    {
        if (!BeginList(ref reader, "metrics"))
        {
            return;
        }

        string? key = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            BeginItem(ref reader, "metrics");
            var point = new Point { LastKey = key };
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!point.Take(ref reader, "metrics."))
                {
                    reader.Skip();
                }
            }

            metrics.Add(point.IsWhole ? point.ToMetric("") : point.ToMetric(string.Create(CultureInfo.InvariantCulture, $"metrics[{metrics.Count}].")));
            key = metrics[^1].Key;
        }
    }

    private static void ReadPairs(ref Utf8JsonReader reader, string name, Action<string, string> add)
    {
        if (!BeginList(ref reader, name))
        {
            return;
        }

        for (int index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            BeginItem(ref reader, name);
            string? key = null;
            string? value = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("key"u8))
                {
                    key = Text(ref reader, name + ".key");
                }
                else if (reader.ValueTextEquals("value"u8))
                {
                    value = Text(ref reader, name + ".value");
                }
                else
                {
                    reader.Skip();
                }
            }

            add(key is { Length: > 0 } ? key : throw TrackingLimits.Missing(string.Create(CultureInfo.InvariantCulture, $"{name}[{index}].key")), value ?? "");
        }
    }

    private static void Begin(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw TrackingLimits.Invalid("The body must be a JSON object.");
        }
    }

    /// <summary>Steps into a list; false if null stands in its place.</summary>
    private static bool BeginList(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.StartArray => true,
            JsonTokenType.Null => false,
            _ => throw Wrong(name, "a list"),
        };
    }

    private static void BeginItem(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong(name, "a list of objects");
        }
    }

    private static string? Text(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Null => null,
            _ => throw Wrong(name, "a text"),
        };
    }

    private static TrackingException Wrong(string name, string expected) => TrackingLimits.Invalid($"Invalid value for parameter '{name}': {expected} is expected.");

    /// <summary>A metric that is being read.</summary>
    private struct Point
    {
        private string? _key;
        private double? _value;
        private long? _timestamp;
        private long _step;

        /// <summary>Gets the key of the point before, which most often is this one's too and then need not be made again.</summary>
        internal string? LastKey { get; init; }

        internal readonly bool IsWhole => _key is { Length: > 0 } && _value is not null && _timestamp is not null;

        /// <summary>Takes the field that the reader stands on, and its value; false if it is none of a metric's.</summary>
        internal bool Take(ref Utf8JsonReader reader, string within)
        {
            if (reader.ValueTextEquals("key"u8))
            {
                reader.Read();
                _key = reader.TokenType switch
                {
                    JsonTokenType.String => LastKey is not null && reader.ValueTextEquals(LastKey) ? LastKey : reader.GetString(),
                    JsonTokenType.Null => null,
                    _ => throw Wrong(within + "key", "a text"),
                };
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                _value = Real(ref reader, within);
            }
            else if (reader.ValueTextEquals("timestamp"u8))
            {
                _timestamp = Whole(ref reader, within + "timestamp");
            }
            else if (reader.ValueTextEquals("step"u8))
            {
                _step = Whole(ref reader, within + "step") ?? 0;
            }
            else
            {
                return false;
            }

            return true;
        }

        internal readonly Metric ToMetric(string within) => new(
            _key is { Length: > 0 } ? _key : throw TrackingLimits.Missing(within + "key"),
            _value ?? throw TrackingLimits.Missing(within + "value"),
            _timestamp ?? throw TrackingLimits.Missing(within + "timestamp"),
            _step);

        private static double? Real(ref Utf8JsonReader reader, string within)
        {
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.Number when reader.TryGetDouble(out double number) && double.IsFinite(number):
                    return number;
                case JsonTokenType.Null:
                    return null;
                case JsonTokenType.String when reader.ValueTextEquals("NaN"u8):
                    return double.NaN;
                case JsonTokenType.String when reader.ValueTextEquals("Infinity"u8):
                    return double.PositiveInfinity;
                case JsonTokenType.String when reader.ValueTextEquals("-Infinity"u8):
                    return double.NegativeInfinity;
                case JsonTokenType.String when double.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number):
                    return number;
                default:
                    throw Wrong(within + "value", "a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
            }
        }

        private static long? Whole(ref Utf8JsonReader reader, string name)
        {
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.Number when reader.TryGetInt64(out long number):
                    return number;
                case JsonTokenType.Number when reader.TryGetDouble(out double real) && real == Math.Truncate(real) && Math.Abs(real) < 1L << 53:
                    return (long)real;
                case JsonTokenType.Null:
                    return null;
                case JsonTokenType.String when !reader.HasValueSequence && Utf8Parser.TryParse(reader.ValueSpan, out long number, out int used) && used == reader.ValueSpan.Length:
                    return number;
                default:
                    throw Wrong(name, "a whole number");
            }
        }
    }
}
