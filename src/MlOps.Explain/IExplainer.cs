using MlOps.Learning;

namespace MlOps.Explain;

/// <summary>A way to split a prediction among the features. Immutable, so threads may share it.</summary>
public interface IExplainer
{
    /// <summary>Explains rows.</summary>
    /// <param name="x">n rows × d features, as the model reads them.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="ArgumentException">The number of columns is not the number of features, or a value is not allowed.</exception>
    /// <exception cref="InvalidOperationException">The model gives NaN or an infinite number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Explanations Explain(Matrix x, IProgress<double>? progress = null, CancellationToken cancellationToken = default);
}
