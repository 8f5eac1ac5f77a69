using System.Text.Json;

namespace MlOps.Learning.Tests.Metrics;

/// <summary>References/metrics.json: written by scikit-learn 1.2.1 and SciPy 1.10.1, see metrics.py.</summary>
internal static class MetricReferences
{
    /// <summary>What the course promises against scikit-learn; relative above 1.</summary>
    private const double Tolerance = 1e-12;

    internal static JsonElement Root { get; } = Read();

    internal static double[] Numbers(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble())];

    internal static int[] Codes(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];

    internal static bool[] Flags(this JsonElement element, string name) => Array.ConvertAll(element.Codes(name), code => code == 1);

    internal static Matrix Matrix(this JsonElement element, string name) =>
        MlOps.Learning.Matrix.FromRows([.. element.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())]);

    internal static void Agree(this JsonElement element, string name, double actual) => Close(element.GetProperty(name).GetDouble(), actual, name);

    internal static void Close(double expected, double actual, string what = "")
    {
        bool close = double.IsNaN(expected) ? double.IsNaN(actual) : expected.Equals(actual) || Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected));
        Assert.True(close, FormattableString.Invariant($"{what}: expected {expected:R}, got {actual:R}"));
    }

    internal static void Close(IReadOnlyList<double> expected, IReadOnlyList<double> actual, string what = "")
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Close(expected[i], actual[i], FormattableString.Invariant($"{what}[{i}]"));
        }
    }

    private static JsonElement Read()
    {
        using Stream stream = typeof(MetricReferences).Assembly.GetManifestResourceStream("metrics.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
