using System.Diagnostics.CodeAnalysis;

namespace MlOps.Learning.Linear;

/// <summary>Ordinary least squares: the plane with the smallest sum of squared vertical distances to the cases.</summary>
/// <remarks>
/// <c>minimise over w, b: Σᵢ vᵢ (yᵢ − xᵢ·w − b)²</c>, vᵢ the weight of case i. Solved by QR of the centred columns, which loses half as many digits as
/// the normal equations. O(n · d²). Equal bytes for any number of threads.
/// <para>Source: G. H. Golub, C. F. Van Loan, Matrix Computations (2013), section 5.3.</para>
/// </remarks>
public sealed class LinearRegression : IRegressorEstimator
{
    /// <inheritdoc cref="IRegressorEstimator.Fit"/>
    /// <exception cref="ArgumentException">Besides: there are no more rows than columns, a column is constant, or one is a linear combination of others; the message names them.</exception>
    [SuppressMessage("Performance", "CA1822", Justification = "All estimators are fitted through an instance.")]
    public LinearRegressionModel Fit(Matrix x, double[] y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        using FitNotice notice = FitNotice.Begin(this, x, () => []);
        return notice.Fitted(LeastSquares.Fit(x, y, weights, l2: 0, progress, cancellationToken), x, y);
    }

    IRegressor IRegressorEstimator.Fit(Matrix x, double[] y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);
}
