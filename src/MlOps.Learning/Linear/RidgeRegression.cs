namespace MlOps.Learning.Linear;

/// <summary>Least squares with a penalty on large coefficients, which steadies them where columns resemble each other.</summary>
/// <remarks>
/// <c>minimise over w, b: Σᵢ vᵢ (yᵢ − xᵢ·w − b)² + λ ‖w‖²</c>; the intercept b is not penalised. The penalty depends on the units of the columns, so
/// scale them first unless they share one. Collinear and constant columns are fine. Solved by QR, O(n · d²).
/// <para>Source: A. E. Hoerl, R. W. Kennard, "Ridge Regression", Technometrics 12 (1970) 55–67.</para>
/// </remarks>
/// <param name="l2">λ &gt; 0, scikit-learn's alpha.</param>
public sealed class RidgeRegression(double l2 = 1) : IRegressorEstimator
{
    /// <summary>Gets λ, the weight of the penalty.</summary>
    public double L2 { get; } = Guard.Positive(l2);

    /// <inheritdoc cref="IRegressorEstimator.Fit"/>
    public LinearRegressionModel Fit(Matrix x, double[] y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        using FitNotice notice = FitNotice.Begin(this, x, () => [("l2", L2)]);
        return notice.Fitted(LeastSquares.Fit(x, y, weights, L2, progress, cancellationToken), x, y);
    }

    IRegressor IRegressorEstimator.Fit(Matrix x, double[] y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);
}
