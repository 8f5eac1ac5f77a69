namespace MlOps.Learning.Preprocessing;

/// <summary>Cuts numbers into bins.</summary>
public sealed class FittedBins : FittedStep
{
    private readonly float[][] _edges;
    private readonly string[][] _labels;

    internal FittedBins(IReadOnlyList<string> columns, float[][] edges, bool oneHot)
    {
        Columns = columns;
        OneHot = oneHot;
        _edges = edges;
        _labels = [.. columns.Select((column, j) => Labels(column, edges[j]))];
    }

    /// <summary>Gets the names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Gets the inner edges of each column, rising: one fewer than it has bins.</summary>
    public IReadOnlyList<IReadOnlyList<float>> Edges => _edges;

    /// <summary>Gets a value indicating whether each bin is a column of its own.</summary>
    public bool OneHot { get; }

    internal override Feature[] Apply(Feature[] features) => Feature.Each(NumberFeature.All(features, nameof(Bins)), Bin);

    private Feature Bin(Feature feature, int j)
    {
        ReadOnlySpan<double> values = ((NumberFeature)feature).Values;
        float[] edges = _edges[j];
        if (OneHot)
        {
            int[] places = GC.AllocateUninitializedArray<int>(values.Length);
            for (int i = 0; i < places.Length; i++)
            {
                places[i] = double.IsNaN(values[i]) ? -1 : Place(edges, (float)values[i]);
            }

            return new IndicatorFeature(feature.Name, _labels[j], places, feature.FirstRow);
        }

        double[] numbers = GC.AllocateUninitializedArray<double>(values.Length);
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = double.IsNaN(values[i]) ? double.NaN : Place(edges, (float)values[i]);
        }

        return new NumberFeature(feature.Name, numbers, feature.FirstRow);
    }

    /// <summary>How many edges are not above the value.</summary>
    private static int Place(float[] edges, float value)
    {
        (int low, int high) = (0, edges.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = edges[middle] <= value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static string[] Labels(string column, float[] edges) => edges.Length == 0
        ? [FormattableString.Invariant($"{column}=all")]
        : [
            FormattableString.Invariant($"{column}=< {edges[0]}"),
            .. Enumerable.Range(1, edges.Length - 1).Select(i => FormattableString.Invariant($"{column}=[{edges[i - 1]}, {edges[i]})")),
            FormattableString.Invariant($"{column}=≥ {edges[^1]}"),
        ];
}
