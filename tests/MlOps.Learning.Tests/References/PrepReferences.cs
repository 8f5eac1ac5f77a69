using System.Text.Json;

namespace MlOps.Learning.Tests.References;

/// <summary>prep.json: numbers of scikit-learn 1.2.1, made by prep.py.</summary>
internal static class PrepReferences
{
    internal static readonly JsonElement All = Load();

    internal static Matrix Matrix(JsonElement rows, IReadOnlyList<string>? names = null) =>
        MlOps.Learning.Matrix.FromRows([.. rows.EnumerateArray().Select(Numbers)], names);

    internal static double[] Numbers(JsonElement row) =>
        [.. row.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble())];

    internal static string?[] Texts(JsonElement row) => [.. row.EnumerateArray().Select(value => value.GetString())];

    /// <summary>Same shape, and all values within a tolerance relative to max(1, |expected|); NaN equals NaN.</summary>
    internal static void Close(Matrix expected, Matrix actual, double tolerance)
    {
        Assert.Equal((expected.RowCount, expected.ColumnCount), (actual.RowCount, actual.ColumnCount));
        Close(expected.Values, actual.Values, tolerance);
    }

    internal static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(double.IsNaN(expected[i]) && double.IsNaN(actual[i])) && !(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i]))))
            {
                Assert.Fail(FormattableString.Invariant($"Value {i}: expected {expected[i]:R}, got {actual[i]:R}."));
            }
        }
    }

    private static JsonElement Load()
    {
        using Stream stream = typeof(PrepReferences).Assembly.GetManifestResourceStream("prep.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
