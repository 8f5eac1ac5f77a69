using System.Text.Json;

namespace MlOps.Learning.Tests.Linear;

/// <summary>What scikit-learn 1.2.1 fitted: References/linear.json, written by References/linear.py.</summary>
internal static class Reference
{
    private static readonly JsonElement Root = Load();

    internal static (Matrix X, Labels Y) Classes(string name)
    {
        (Matrix x, double[] y) = Numbers(name);
        return (x, Labels.Of(y.Select(value => (long)value)));
    }

    internal static (Matrix X, double[] Y) Numbers(string name) =>
        (Matrix.FromRows([.. Root.GetProperty(name).GetProperty("x").EnumerateArray().Select(Row)]), Row(Root.GetProperty(name).GetProperty("y")));

    /// <summary>All numbers under a path such as "ols/coefficients", row by row.</summary>
    internal static double[] Values(string path) => [.. Flat(At(path))];

    /// <summary>1, 2, 3, 1, … as in the script.</summary>
    internal static double[] Weights(int count) => [.. Enumerable.Range(0, count).Select(i => 1.0 + (i % 3))];

    internal static Matrix Standardised(Matrix x)
    {
        var values = new double[x.Values.Length];
        for (int j = 0; j < x.ColumnCount; j++)
        {
            double[] column = x.Column(j);
            double mean = column.Average();
            double deviation = Math.Sqrt(column.Average(value => (value - mean) * (value - mean)));
            for (int i = 0; i < column.Length; i++)
            {
                values[(i * x.ColumnCount) + j] = (column[i] - mean) / deviation;
            }
        }

        return new Matrix(x.RowCount, x.ColumnCount, values, x.ColumnNames);
    }

    internal static Matrix Take(Matrix x, Func<int, bool> rows) => x.Take([.. Enumerable.Range(0, x.RowCount).Where(rows)]);

    /// <summary>Asserts that numbers are close: to a part of their size, or of 1 where they are smaller.</summary>
    internal static void Close(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance)
    {
        double[] e = [.. expected];
        double[] a = [.. actual];
        Assert.Equal(e.Length, a.Length);
        for (int i = 0; i < e.Length; i++)
        {
            Assert.True(Math.Abs(e[i] - a[i]) <= tolerance * Math.Max(1, Math.Abs(e[i])), FormattableString.Invariant($"At {i}: expected {e[i]:R}, got {a[i]:R}."));
        }
    }

    private static IEnumerable<double> Flat(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Flat) : [element.GetDouble()];

    private static double[] Row(JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetDouble())];

    private static JsonElement At(string path) => path.Split('/').Aggregate(Root, (element, name) => element.GetProperty(name));

    private static JsonElement Load()
    {
        using Stream stream = typeof(Reference).Assembly.GetManifestResourceStream("linear.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
