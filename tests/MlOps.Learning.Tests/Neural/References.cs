using System.Text.Json;
using MlOps.Learning.Neural;

namespace MlOps.Learning.Tests.Neural;

/// <summary>What References/neural.py wrote: PyTorch's numbers, and real data with every fifth row held out.</summary>
internal static class References
{
    private static readonly Lazy<JsonElement> LazyPyTorch = new(() => Read("neural.json"));
    private static readonly Lazy<JsonElement> LazyData = new(() => Read("neural-data.json"));

    internal static JsonElement PyTorch => LazyPyTorch.Value;

    internal static JsonElement Data => LazyData.Value;

    internal static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    internal static float[] Floats(JsonElement array) => Array.ConvertAll(Numbers(array), number => (float)number);

    internal static JsonElement Named(JsonElement cases, string name) => cases.EnumerateArray().Single(item => item.GetProperty("name").GetString() == name);

    internal static (Matrix X, Labels Y, double Score) Cancer()
    {
        JsonElement set = Data.GetProperty("cancer");
        double[] y = Numbers(set.GetProperty("y"));
        var x = new Matrix(y.Length, set.GetProperty("features").GetInt32(), Numbers(set.GetProperty("x")));
        return (x, Labels.Of(y.Select(code => (long)code)), set.GetProperty("score").GetDouble());
    }

    internal static (Matrix X, double[] Y, double Score) Diabetes()
    {
        JsonElement set = Data.GetProperty("diabetes");
        double[] y = Numbers(set.GetProperty("y"));
        return (new Matrix(y.Length, set.GetProperty("features").GetInt32(), Numbers(set.GetProperty("x"))), y, set.GetProperty("score").GetDouble());
    }

    /// <summary>1,797 real handwritten digits of 8 × 8 pixels, values 0 to 1.</summary>
    internal static (Tensor X, Labels Y, double Score) Digits()
    {
        JsonElement set = Data.GetProperty("digits");
        float[] x = [.. set.GetProperty("x").GetString()!.Select(letter => (letter - 'a') / 16f)];
        int[] codes = [.. set.GetProperty("y").GetString()!.Select(digit => digit - '0')];
        var labels = new Labels(codes, [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")]);
        return (new Tensor(codes.Length, TensorShape.Image(1, 8, 8), x), labels, set.GetProperty("score").GetDouble());
    }

    internal static int[] Held(int count) => [.. Enumerable.Range(0, count).Where(i => i % 5 == 4)];

    internal static int[] Kept(int count) => [.. Enumerable.Range(0, count).Where(i => i % 5 != 4)];

    internal static Tensor Random(int count, TensorShape shape, int seed)
    {
        var random = new Random(seed);
        return new Tensor(count, shape, [.. Enumerable.Range(0, count * shape.Size).Select(_ => (float)((2 * random.NextDouble()) - 1))]);
    }

    internal static Labels RandomLabels(int count, int classes, int seed)
    {
        var random = new Random(seed);
        return new Labels([.. Enumerable.Range(0, count).Select(_ => random.Next(classes))], [.. Enumerable.Range(0, classes).Select(c => $"c{c}")]);
    }

    private static JsonElement Read(string name)
    {
        using Stream stream = typeof(References).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        return JsonDocument.Parse(stream).RootElement;
    }
}
