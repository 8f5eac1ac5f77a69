namespace MlOps.Learning.Neighbors;

/// <summary>A k-nearest-neighbour classifier: its training cases. Probabilities are shares of the neighbours' votes.</summary>
public sealed class KNeighborsClassifierModel : IProbabilisticClassifier
{
    private readonly NeighborSearch _search;
    private readonly double[] _weights;

    internal KNeighborsClassifierModel(NeighborSearch search, Labels labels, double[] weights, int k, NeighborWeights neighborWeights)
    {
        _search = search;
        _weights = weights;
        Labels = labels;
        K = k;
        NeighborWeights = neighborWeights;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames => _search.Cases.ColumnNames;

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes => Labels.Classes;

    /// <summary>Gets the training cases that count, rounded to float.</summary>
    public Matrix Cases => _search.Cases;

    /// <summary>Gets their classes.</summary>
    public Labels Labels { get; }

    /// <summary>Gets their weights.</summary>
    public IReadOnlyList<double> CaseWeights => _weights;

    /// <summary>Gets the number of neighbours that vote.</summary>
    public int K { get; }

    /// <summary>Gets how much each of them counts.</summary>
    public NeighborWeights NeighborWeights { get; }

    /// <inheritdoc/>
    public Matrix PredictProbabilities(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        int classes = Classes.Count;
        var probabilities = new double[x.RowCount * classes];
        _search.Each(x, K, (query, rows, distances) =>
        {
            Span<double> votes = K <= 64 ? stackalloc double[K] : new double[K];
            Votes.Of(NeighborWeights, distances, rows, _weights, votes);
            Span<double> row = probabilities.AsSpan(query * classes, classes);
            double sum = 0;
            for (int i = 0; i < votes.Length; i++)
            {
                row[Labels.Codes[rows[i]]] += votes[i];
                sum += votes[i];
            }

            for (int c = 0; c < classes; c++)
            {
                row[c] /= sum;
            }
        });
        return new Matrix(x.RowCount, classes, probabilities, Classes);
    }

    /// <inheritdoc/>
    public int[] Predict(Matrix x) => Inputs.ArgMax(PredictProbabilities(x));
}
