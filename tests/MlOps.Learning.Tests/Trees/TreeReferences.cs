using System.Text.Json;

namespace MlOps.Learning.Tests.Trees;

/// <summary>What References/trees.py made with scikit-learn 1.2.1.</summary>
internal static class TreeReferences
{
    private static readonly JsonElement Root = Read();

    internal static JsonElement Results(string data) => Root.GetProperty(data + "Results");

    internal static double[] Numbers(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetDouble())];

    internal static DataSet Data(string name)
    {
        JsonElement data = Root.GetProperty(name);
        string[] features = [.. data.GetProperty("features").EnumerateArray().Select(value => value.GetString()!)];
        Matrix x = Matrix.FromRows([.. data.GetProperty("x").EnumerateArray().Select(row => row.Numbers())], features);
        int[] train = [.. data.GetProperty("train").EnumerateArray().Select(row => row.GetInt32())];
        int[] test = [.. data.GetProperty("test").EnumerateArray().Select(row => row.GetInt32())];
        return new DataSet(x, data.GetProperty("y").Numbers(), train, test);
    }

    private static JsonElement Read()
    {
        using Stream stream = typeof(TreeReferences).Assembly.GetManifestResourceStream("trees.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }

    internal sealed record DataSet(Matrix X, double[] Y, int[] Train, int[] Test)
    {
        internal Labels Labels { get; } = Labels.Of(Y.Select(value => (long)value));

        internal Matrix TrainX => X.Take(Train);

        internal Matrix TestX => X.Take(Test);

        internal Labels TrainLabels => Labels.Take(Train);

        internal double[] TrainY => [.. Train.Select(i => Y[i])];

        internal double[] TestY => [.. Test.Select(i => Y[i])];
    }
}
