namespace MlOps.Learning.Neighbors;

/// <summary>k nearest neighbours: a case has the mean target of the training cases that lie nearest to it.</summary>
/// <remarks>Distances, ties and weights as in <see cref="KNeighborsClassifier"/>.</remarks>
/// <param name="k">Neighbours to average over, ≥ 1.</param>
/// <param name="neighborWeights">How much each of them counts.</param>
public sealed class KNeighborsRegressor(int k = 5, NeighborWeights neighborWeights = NeighborWeights.Uniform) : IRegressorEstimator
{
    /// <summary>Gets the number of neighbours to average over.</summary>
    public int K { get; } = Guard.AtLeast(k, 1);

    /// <summary>Gets how much each of them counts.</summary>
    public NeighborWeights NeighborWeights { get; } = Votes.Known(neighborWeights);

    /// <inheritdoc cref="IRegressorEstimator.Fit"/>
    /// <exception cref="ArgumentException">Besides: fewer than k cases count, or a value is above 1e14 in size.</exception>
    public KNeighborsRegressorModel Fit(Matrix x, double[] y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Fit(x, y, weights);
        using FitNotice notice = FitNotice.Begin(this, x, () => [("k", K), ("neighborWeights", NeighborWeights)]);
        Inputs.Finite(x);
        cancellationToken.ThrowIfCancellationRequested();
        int[] used = Votes.Rows(x, weights, K);
        var search = new NeighborSearch(x, used);
        progress?.Report(1);
        return notice.Fitted(new KNeighborsRegressorModel(search, Array.ConvertAll(used, i => y[i]), Votes.Weights(weights, used), K, NeighborWeights), x, y);
    }

    IRegressor IRegressorEstimator.Fit(Matrix x, double[] y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);
}
