using System.Text.Json;

namespace MlOps.Kernel.Jupyter;

/// <summary>Texts in the JSON of strangers.</summary>
internal static class JsonText
{
    /// <summary>The text; null if the value is none, or holds half a surrogate pair, which JSON can write and no text can hold.</summary>
    internal static string? Of(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text of a property; null if the value is no object, or the property is absent or no text.</summary>
    internal static string? Of(JsonElement value, string property) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(property, out JsonElement found) ? Of(found) : null;
}
