namespace MlOps.Learning.Neural;

/// <summary>Learns a multi-layer perceptron that predicts a number: standardised features and target, hidden layers with ReLU, squared error.</summary>
/// <param name="options">Hyper-parameters; <see cref="MlpOptions"/> as they are when null.</param>
/// <remarks>
/// Features and target are brought to mean 0 and standard deviation 1 inside; predictions are in the target's unit. A constant column has no effect; collinear
/// ones do no harm. AdamW. Single precision.
/// </remarks>
public sealed class MlpRegressor(MlpOptions? options = null) : IRegressorEstimator
{
    /// <summary>Gets the hyper-parameters.</summary>
    public MlpOptions Options { get; } = options ?? new MlpOptions();

    /// <summary>Fits a model.</summary>
    /// <param name="x">n × d finite features.</param>
    /// <param name="y">n finite targets.</param>
    /// <param name="weights">How much each case counts; all alike when null.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="ArgumentException">The lengths differ or a value is not finite.</exception>
    /// <exception cref="DivergenceException">The fit left the finite numbers.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public MlpRegressorModel Fit(Matrix x, double[] y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Fit(x, y, weights);
        using FitNotice notice = FitNotice.Begin(this, x, Options.Settings);
        Inputs.Finite(x);
        Standardization standardization = Standardization.Of(x);
        (double mean, double scale) = Standardization.Of(y);
        var data = new TrainingData(standardization.Apply(x), Tensor.Of(Array.ConvertAll(y, value => (value - mean) / scale)), weights);
        TrainingResult result = Perceptrons.Train(Options, data, 1, new MeanSquaredError(), progress, cancellationToken);
        return notice.Fitted(new MlpRegressorModel(x.ColumnNames, standardization, mean, scale, result), x, y);
    }

    /// <inheritdoc/>
    IRegressor IRegressorEstimator.Fit(Matrix x, double[] y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);
}
