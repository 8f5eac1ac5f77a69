using System.Text.Json;

namespace MlOps.Drift.Tests.Sketches;

/// <summary>The numbers of references/sketches.py: NumPy 1.24.2, and Ertl's estimate by its series.</summary>
internal static class SketchReferences
{
    private static readonly JsonDocument Document = Load();

    internal sealed record QuantileCase(string Kind, int N, long Seed, double[] Shares, double[] Quantiles, double Mean, double Variance);

    internal sealed record DistinctCase(string What, int P, int Count, double Estimate);

    internal static IReadOnlyList<QuantileCase> Quantiles { get; } = Read<QuantileCase>("quantiles");

    internal static IReadOnlyList<DistinctCase> Distinct { get; } = Read<DistinctCase>("distinct");

    private static List<T> Read<T>(string name) => Document.RootElement.GetProperty(name).Deserialize<List<T>>(JsonSerializerOptions.Web)!;

    private static JsonDocument Load()
    {
        using Stream stream = typeof(SketchReferences).Assembly.GetManifestResourceStream("sketches.json")!;
        return JsonDocument.Parse(stream);
    }
}
