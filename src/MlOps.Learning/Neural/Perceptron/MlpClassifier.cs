namespace MlOps.Learning.Neural;

/// <summary>Learns a multi-layer perceptron that tells classes apart: standardised features, hidden layers with ReLU, softmax.</summary>
/// <param name="options">Hyper-parameters; <see cref="MlpOptions"/> as they are when null.</param>
/// <remarks>
/// Features are brought to mean 0 and standard deviation 1 inside, so none need to be scaled before. A constant column has no effect; collinear ones do no
/// harm. Cross-entropy, AdamW. Single precision.
/// </remarks>
public sealed class MlpClassifier(MlpOptions? options = null) : IClassifierEstimator
{
    /// <summary>Gets the hyper-parameters.</summary>
    public MlpOptions Options { get; } = options ?? new MlpOptions();

    /// <summary>Fits a model.</summary>
    /// <param name="x">n × d finite features.</param>
    /// <param name="y">n classes, at least two of them with cases, no more classes than rows.</param>
    /// <param name="weights">How much each case counts; all alike when null.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="ArgumentException">The lengths differ, a value is not finite, one class has all cases, or there are more classes than rows.</exception>
    /// <exception cref="DivergenceException">The fit left the finite numbers.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public MlpClassifierModel Fit(Matrix x, Labels y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Fit(x, y, weights);
        using FitNotice notice = FitNotice.Begin(this, x, Options.Settings);
        Inputs.Finite(x);
        if (y.Classes.Count > x.RowCount)
        {
            throw new ArgumentException($"There are {y.Classes.Count} classes but only {x.RowCount} rows; each class needs at least one. Is this a column of numbers to predict?", nameof(y));
        }

        Standardization standardization = Standardization.Of(x);
        var data = new TrainingData(standardization.Apply(x), y, weights);
        TrainingResult result = Perceptrons.Train(Options, data, y.Classes.Count, new CrossEntropy(), progress, cancellationToken);
        return notice.Fitted(new MlpClassifierModel(x.ColumnNames, y.Classes, standardization, result), x, y);
    }

    /// <summary>Fits a model that also learns from a teacher's scores: the student of a distillation.</summary>
    /// <param name="x">n × d finite features.</param>
    /// <param name="y">n classes, as for <see cref="Fit"/>.</param>
    /// <param name="teacherScores">n × classes outputs of the teacher before softmax, in the order of the classes of <paramref name="y"/>.</param>
    /// <param name="loss">How much labels and teacher count; <see cref="DistillationLoss"/> as it is when null.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="ArgumentException">As for <see cref="Fit"/>; or there are not n scores a class, or one is not finite.</exception>
    /// <exception cref="DivergenceException">The fit left the finite numbers.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public MlpClassifierModel Distil(Matrix x, Labels y, Tensor teacherScores, DistillationLoss? loss = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Fit(x, y, null);
        Inputs.Finite(x);
        loss ??= new DistillationLoss();
        using FitNotice notice = FitNotice.Begin(this, x, () => [.. Options.Settings(), ("temperature", loss.Temperature), ("alpha", loss.Alpha)]);
        Standardization standardization = Standardization.Of(x);
        var data = new TrainingData(standardization.Apply(x), DistillationLoss.Targets(Tensor.OneHot(y), teacherScores));
        TrainingResult result = Perceptrons.Train(Options, data, y.Classes.Count, loss, progress, cancellationToken);
        return notice.Fitted(new MlpClassifierModel(x.ColumnNames, y.Classes, standardization, result), x, y);
    }

    /// <inheritdoc/>
    IClassifier IClassifierEstimator.Fit(Matrix x, Labels y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);
}
