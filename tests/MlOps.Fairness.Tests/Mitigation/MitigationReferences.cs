using System.Text.Json;

namespace MlOps.Fairness.Tests.Mitigation;

/// <summary>The vectors that the Python scripts beside them wrote.</summary>
internal static class MitigationReferences
{
    internal static JsonElement Read(string name)
    {
        using Stream stream = typeof(MitigationReferences).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no {name}; there are: {string.Join(", ", typeof(MitigationReferences).Assembly.GetManifestResourceNames())}.");
        return JsonDocument.Parse(stream).RootElement.Clone();
    }

    internal static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];
}
