using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace MlOps.Drift.Multivariate;

/// <summary>Drift by PCA: how well do the reference's principal components describe the current rows?</summary>
/// <param name="Components">The number of components kept.</param>
/// <param name="ExplainedShare">The share of the reference's variance they explain, in [0, 1].</param>
/// <param name="ReferenceError">The mean reconstruction error of the reference rows, in reference standard deviations.</param>
/// <param name="CurrentError">The mean reconstruction error of the current rows. Rises when columns stop moving together as they did; may <i>fall</i> too.</param>
/// <param name="Low">Lower end of the band in which the mean errors of the reference's chunks lie: their mean − 3 standard deviations, not below 0.</param>
/// <param name="High">Upper end: mean + 3 standard deviations.</param>
/// <param name="Errors">The Kolmogorov–Smirnov test of the row errors of both sides.</param>
/// <remarks>
/// Columns are standardised by the reference (divisor n; a constant column is only centred). A row's error is the length of what is left of it
/// after projection: <c>‖z − V·Vᵀ·z‖</c>. Chunks are ten stretches of the reference, in its order. The reference's errors come from the rows
/// the components were fitted on, so they are a little too small when there are few rows a column.
/// <para>Source: I. T. Jolliffe, Principal Component Analysis, 2nd ed. (2002), chapter 10.</para>
/// </remarks>
public sealed record PcaReconstruction(
    int Components, double ExplainedShare, double ReferenceError, double CurrentError, double Low, double High, KolmogorovSmirnov Errors)
{
    private const int Chunks = 10;

    /// <summary>Gets a value indicating whether the current mean error lies outside the band of the reference.</summary>
    public bool Drift => CurrentError < Low || CurrentError > High;

    /// <summary>Fits the components on the reference and measures both sides.</summary>
    /// <param name="reference">n rows × <paramref name="width"/> finite numbers, row after row; at least 20 rows.</param>
    /// <param name="current">m ≥ 1 rows of the same width.</param>
    /// <param name="width">Numbers a row, at least 2.</param>
    /// <param name="varianceShare">Keep the fewest components that explain more than this share of the variance, in (0, 1). Default 0.65.</param>
    /// <param name="components">Keep so many instead, at least 1 and fewer than <paramref name="width"/>.</param>
    /// <exception cref="ArgumentException">A side has too few rows, half a row, or numbers that are NaN or infinite; or every column is constant.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share or the number of components is outside its range.</exception>
    public static PcaReconstruction Measure(
        ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int width, double varianceShare = 0.65, int? components = null)
    {
        Guard.AtLeast(width, 2);
        if (!(varianceShare is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(varianceShare), FormattableString.Invariant($"varianceShare must be above 0 and below 1; got {varianceShare}."));
        }

        if (components is { } asked && (asked < 1 || asked >= width))
        {
            throw new ArgumentOutOfRangeException(nameof(components), $"components must be at least 1 and below the width of {width}; got {asked}.");
        }

        RowBlock rows = RowBlock.Of(reference, current, width, minRows: 1);
        if (rows.ReferenceRows < 2 * Chunks)
        {
            throw new ArgumentException($"At least {2 * Chunks} rows are needed to see how much chunks of the reference differ; got {rows.ReferenceRows}.", nameof(reference));
        }

        Matrix<double> z = Matrix<double>.Build.DenseOfRowMajor(rows.ReferenceRows, width, rows.Reference);
        Vector<double> means = z.ColumnSums() / z.RowCount;
        Vector<double> scales = Vector<double>.Build.Dense(width, j =>
        {
            double deviation = Math.Sqrt((z.Column(j) - means[j]).PointwisePower(2).Sum() / z.RowCount);
            return deviation == 0 ? 1 : deviation;
        });
        z = Standardised(z, means, scales);
        Evd<double> evd = (z.TransposeThisAndMultiply(z) / z.RowCount).Evd(Symmetricity.Symmetric);
        double[] variances = [.. evd.EigenValues.Select(value => Math.Max(0, value.Real)).Reverse()]; // MathNet's rise
        double total = variances.Sum();
        if (total == 0)
        {
            throw new ArgumentException("Every column of the reference is constant: there is nothing to reconstruct.", nameof(reference));
        }

        int kept = components ?? Needed(variances, varianceShare * total, width);
        Matrix<double> basis = Matrix<double>.Build.Dense(width, kept, (i, j) => evd.EigenVectors[i, width - 1 - j]);
        double[] referenceErrors = ErrorsOf(z, basis);
        double[] currentErrors = ErrorsOf(Standardised(Matrix<double>.Build.DenseOfRowMajor(rows.CurrentRows, width, rows.Current), means, scales), basis);
        (double low, double high) = Band(referenceErrors);
        return new PcaReconstruction(
            kept, variances.Take(kept).Sum() / total, referenceErrors.Average(), currentErrors.Average(), low, high, KolmogorovSmirnov.Test(referenceErrors, currentErrors));
    }

    /// <summary>The fewest components whose variance is above the wanted one; one less than the width at most, so that something is left over.</summary>
    private static int Needed(double[] variances, double wanted, int width)
    {
        double sum = 0;
        int kept = 0;
        while (kept < width - 1 && sum <= wanted)
        {
            sum += variances[kept++];
        }

        return kept;
    }

    private static Matrix<double> Standardised(Matrix<double> rows, Vector<double> means, Vector<double> scales) =>
        Matrix<double>.Build.Dense(rows.RowCount, rows.ColumnCount, (i, j) => (rows[i, j] - means[j]) / scales[j]);

    private static double[] ErrorsOf(Matrix<double> z, Matrix<double> basis)
    {
        Matrix<double> left = z - (z * basis).TransposeAndMultiply(basis);
        return [.. left.EnumerateRows().Select(row => row.L2Norm())];
    }

    private static (double Low, double High) Band(double[] errors)
    {
        double[] means = [.. Enumerable.Range(0, Chunks).Select(chunk => errors[(chunk * errors.Length / Chunks)..((chunk + 1) * errors.Length / Chunks)].Average())];
        double mean = means.Average();
        double deviation = Math.Sqrt(means.Sum(value => (value - mean) * (value - mean)) / Chunks);
        return (Math.Max(0, mean - (3 * deviation)), mean + (3 * deviation));
    }
}
