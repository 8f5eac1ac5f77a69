using System.Text.Json;

namespace MlOps;

/// <summary>Numbers that may be undefined, in JSON, which has no NaN.</summary>
internal static class JsonNumbers
{
    /// <summary>Writes a member: null where the number is missing, NaN or infinite.</summary>
    internal static void WriteNumberOrNull(this Utf8JsonWriter json, string name, double? value)
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
}
