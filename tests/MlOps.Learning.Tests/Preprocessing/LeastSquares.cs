using MathNet.Numerics.LinearAlgebra;

namespace MlOps.Learning.Tests.Preprocessing;

/// <summary>Least squares with an intercept by MathNet's QR, to have something behind a pipeline.</summary>
internal sealed class LeastSquares : IRegressorEstimator
{
    public IRegressor Fit(Matrix x, double[] y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Matrix<double> design = Matrix<double>.Build.Dense(x.RowCount, x.ColumnCount + 1, (i, j) => j == 0 ? 1 : x[i, j - 1]);
        Vector<double> coefficients = design.QR().Solve(Vector<double>.Build.DenseOfArray(y));
        return new Model(x.ColumnNames, coefficients.ToArray());
    }

    private sealed class Model(IReadOnlyList<string> names, double[] coefficients) : IRegressor
    {
        public IReadOnlyList<string> FeatureNames => names;

        public double[] Predict(Matrix x) =>
            [.. Enumerable.Range(0, x.RowCount).Select(i => coefficients[0] + Enumerable.Range(0, x.ColumnCount).Sum(j => coefficients[j + 1] * x[i, j]))];
    }
}
