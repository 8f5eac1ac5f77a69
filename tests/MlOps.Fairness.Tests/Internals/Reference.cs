using System.Text.Json;

namespace MlOps.Fairness.Tests.Internals;

/// <summary>A file of reference values, made by the script beside it.</summary>
internal static class Reference
{
    internal static JsonElement Read(string name)
    {
        using Stream stream = typeof(Reference).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException($"No embedded file '{name}'.");
        return JsonDocument.Parse(stream).RootElement;
    }

    internal static double[] Doubles(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble())];

    internal static int[] Ints(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetInt32())];

    internal static bool[] Bools(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetBoolean())];

    internal static string?[] Texts(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetString())];
}
