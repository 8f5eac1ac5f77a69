namespace MlOps.Onnx.Export;

/// <summary>What a model's nodes compute: the name of a value in the graph. The exporter makes the file's outputs of it.</summary>
internal abstract record ModelOutput
{
    /// <summary>Float scores, N rows × one column a class. The label is the class with the largest, the first of equals.</summary>
    internal sealed record Classes(string Scores, bool AreProbabilities) : ModelOutput;

    /// <summary>Float predictions, N × 1.</summary>
    internal sealed record Numbers(string Values) : ModelOutput;

    /// <summary>Float features, N × <paramref name="Width"/>.</summary>
    internal sealed record Features(string Values, int Width) : ModelOutput;

    /// <summary>The group of each case, int64, N; and where the model knows them the probabilities of the groups, float, N × <paramref name="Count"/>.</summary>
    internal sealed record Clusters(string Codes, string? Probabilities = null, int Count = 0) : ModelOutput;

    /// <summary>Float scores of strangeness, N × 1.</summary>
    internal sealed record Anomalies(string Scores) : ModelOutput;
}
