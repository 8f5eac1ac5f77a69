namespace MlOps.Learning.Neighbors;

/// <summary>A k-nearest-neighbour regressor: its training cases.</summary>
public sealed class KNeighborsRegressorModel : IRegressor
{
    private readonly NeighborSearch _search;
    private readonly double[] _targets;
    private readonly double[] _weights;

    internal KNeighborsRegressorModel(NeighborSearch search, double[] targets, double[] weights, int k, NeighborWeights neighborWeights)
    {
        _search = search;
        _targets = targets;
        _weights = weights;
        K = k;
        NeighborWeights = neighborWeights;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames => _search.Cases.ColumnNames;

    /// <summary>Gets the training cases that count, rounded to float.</summary>
    public Matrix Cases => _search.Cases;

    /// <summary>Gets their targets.</summary>
    public IReadOnlyList<double> Targets => _targets;

    /// <summary>Gets their weights.</summary>
    public IReadOnlyList<double> CaseWeights => _weights;

    /// <summary>Gets the number of neighbours to average over.</summary>
    public int K { get; }

    /// <summary>Gets how much each of them counts.</summary>
    public NeighborWeights NeighborWeights { get; }

    /// <inheritdoc/>
    public double[] Predict(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        var predictions = new double[x.RowCount];
        _search.Each(x, K, (query, rows, distances) =>
        {
            Span<double> votes = K <= 64 ? stackalloc double[K] : new double[K];
            Votes.Of(NeighborWeights, distances, rows, _weights, votes);
            double sum = 0;
            double total = 0;
            for (int i = 0; i < votes.Length; i++)
            {
                sum += votes[i] * _targets[rows[i]];
                total += votes[i];
            }

            predictions[query] = sum / total;
        });
        return predictions;
    }
}
