namespace MlOps.Learning;

/// <summary>Learns a classifier. Its hyper-parameters are set once, in its constructor; fitting twice gives the same model twice.</summary>
public interface IClassifierEstimator
{
    /// <summary>Fits a model.</summary>
    /// <param name="x">n × d features, finite unless the estimator says otherwise.</param>
    /// <param name="y">n classes, at least two of them with cases.</param>
    /// <param name="weights">How much each case counts, n values ≥ 0 and not all 0; all 1 when null. <see cref="ClassWeights"/> makes them from the classes.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="ArgumentException">The lengths differ, a value is not allowed, or only one class has cases.</exception>
    /// <exception cref="DivergenceException">The fit left the finite numbers.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    IClassifier Fit(Matrix x, Labels y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default);
}
