using System.Text.Json;

namespace MlOps.Explain.Tests;

/// <summary>Vectors that the Python scripts in References/local wrote.</summary>
internal static class LocalReference
{
    internal static JsonElement Read(string file)
    {
        using Stream stream = typeof(LocalReference).Assembly.GetManifestResourceStream($"local/{file}.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }

    internal static double[] Numbers(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetDouble())];

    internal static double[][] Rows(this JsonElement element) => [.. element.EnumerateArray().Select(Numbers)];

    internal static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), FormattableString.Invariant($"At {i}: expected {expected[i]:R}, got {actual[i]:R}."));
        }
    }
}
