namespace MlOps.Learning.Neighbors;

/// <summary>k nearest neighbours: a case has the classes of the training cases that lie nearest to it.</summary>
/// <remarks>
/// Euclidean distance, so scale the columns first. Features are rounded to float (7 digits), in which exported models are fed; distances are computed in double from
/// those, compared as floats, and among equal ones the training row that comes first is nearer. A case's weight multiplies its vote; cases of weight 0 are left out.
/// Nothing is computed in the fit; a prediction takes O(n · d) for each row.
/// <para>Source: T. Cover, P. Hart, "Nearest Neighbor Pattern Classification", IEEE Trans. Inf. Theory 13 (1967) 21–27.</para>
/// </remarks>
/// <param name="k">Neighbours that vote, ≥ 1.</param>
/// <param name="neighborWeights">How much each of them counts.</param>
public sealed class KNeighborsClassifier(int k = 5, NeighborWeights neighborWeights = NeighborWeights.Uniform) : IClassifierEstimator
{
    /// <summary>Gets the number of neighbours that vote.</summary>
    public int K { get; } = Guard.AtLeast(k, 1);

    /// <summary>Gets how much each of them counts.</summary>
    public NeighborWeights NeighborWeights { get; } = Votes.Known(neighborWeights);

    /// <inheritdoc cref="IClassifierEstimator.Fit"/>
    /// <exception cref="ArgumentException">Besides: fewer than k cases count, or a value is above 1e14 in size.</exception>
    public KNeighborsClassifierModel Fit(Matrix x, Labels y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Fit(x, y, weights);
        using FitNotice notice = FitNotice.Begin(this, x, () => [("k", K), ("neighborWeights", NeighborWeights)]);
        Inputs.Finite(x);
        cancellationToken.ThrowIfCancellationRequested();
        int[] used = Votes.Rows(x, weights, K);
        var search = new NeighborSearch(x, used);
        progress?.Report(1);
        return notice.Fitted(new KNeighborsClassifierModel(search, y.Take(used), Votes.Weights(weights, used), K, NeighborWeights), x, y);
    }

    IClassifier IClassifierEstimator.Fit(Matrix x, Labels y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);
}
