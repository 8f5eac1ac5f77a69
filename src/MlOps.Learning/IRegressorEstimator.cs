namespace MlOps.Learning;

/// <summary>Learns to predict a number. Its hyper-parameters are set once, in its constructor; fitting twice gives the same model twice.</summary>
public interface IRegressorEstimator
{
    /// <summary>Fits a model.</summary>
    /// <param name="x">n × d features, finite unless the estimator says otherwise.</param>
    /// <param name="y">n finite targets.</param>
    /// <param name="weights">How much each case counts, n values ≥ 0 and not all 0; all 1 when null.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="ArgumentException">The lengths differ or a value is not allowed.</exception>
    /// <exception cref="DivergenceException">The fit left the finite numbers.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    IRegressor Fit(Matrix x, double[] y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default);
}
