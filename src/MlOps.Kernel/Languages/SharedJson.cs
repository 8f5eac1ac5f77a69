using System.Text.Json;
using System.Text.Json.Serialization;
using MlOps.Kernel.Display;

namespace MlOps.Kernel.Languages;

/// <summary>How values travel between languages that share no objects.</summary>
internal static class SharedJson
{
    internal const string MimeType = "application/json";

    // The default encoder also writes < as \u003C, so that no text can end the script that carries it.
    private static readonly JsonSerializerOptions s_options = new()
    {
        IncludeFields = true, // tuples
        ReferenceHandler = ReferenceHandler.IgnoreCycles,
        Converters = { new FiniteOrNull(), new NoPassword() },
    };

    /// <exception cref="DirectiveException">The value, or one inside it, cannot be written.</exception>
    internal static string Of(object? value)
    {
        try
        {
            return JsonSerializer.Serialize(value, s_options);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new DirectiveException($"A value of type {value?.GetType().Name} cannot be shared as JSON: {exception.Message}", exception);
        }
    }

    /// <summary>The C# type that a JSON text becomes: double, string, bool, or a document for everything else.</summary>
    /// <exception cref="DirectiveException">The text is not JSON.</exception>
    internal static string TypeOf(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Number => "double",
                JsonValueKind.String => "string",
                JsonValueKind.True or JsonValueKind.False => "bool",
                _ => "global::System.Text.Json.JsonDocument",
            };
        }
        catch (JsonException exception)
        {
            throw new DirectiveException($"The text is not JSON: {exception.Message}", exception);
        }
    }

    /// <summary>JSON has no NaN and no infinity; scripts take null for a missing number.</summary>
    private sealed class FiniteOrNull : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }

    private sealed class NoPassword : JsonConverter<PasswordString>
    {
        public override PasswordString Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, PasswordString value, JsonSerializerOptions options) =>
            throw new NotSupportedException("it holds a password, which would then be stored in the notebook");
    }
}
