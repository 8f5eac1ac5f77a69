using MathNet.Numerics.LinearAlgebra.Factorization;
using MlOps.Charts;
using MlOps.Learning;
using Dense = MathNet.Numerics.LinearAlgebra.Double.DenseMatrix;

namespace MlOps.Quantization.LowRank;

/// <summary>Two thin matrices in place of one: <c>W ≈ Left · Right</c>, m × r times r × n.</summary>
/// <remarks>
/// <c>W = U Σ Vᵀ</c>; Left is the first r columns of <c>U √Σ</c>, Right the first r rows of <c>√Σ Vᵀ</c>, so that both have numbers of one size, which suits
/// 16 and 8 bits. No other matrix of rank r is closer to W. In each column of U the largest coefficient is positive, the first on a tie. O(m · n · min(m, n)): a 1024 × 1024
/// matrix takes about 10 s.
/// <para>Source: C. Eckart, G. Young, "The Approximation of One Matrix by Another of Lower Rank", Psychometrika 1 (1936).</para>
/// </remarks>
/// <param name="Left">m × r.</param>
/// <param name="Right">r × n.</param>
/// <param name="SingularValues">All min(m, n) singular values σ of W, from the largest down.</param>
/// <param name="Rank">r.</param>
public sealed record LowRankFactors(Matrix Left, Matrix Right, IReadOnlyList<double> SingularValues, int Rank)
{
    /// <summary>Gets <c>‖W − Left · Right‖ = √(Σ_{k &gt; r} σₖ²)</c> (Frobenius norm), in the unit of W; 0 at full rank.</summary>
    public double Error => Math.Sqrt(Squares(SingularValues.Skip(Rank)));

    /// <summary>Gets <c>‖W − Left · Right‖ / ‖W‖</c>, in [0, 1]; 0 for a matrix of zeros.</summary>
    public double RelativeError => SingularValues[0] == 0 ? 0 : Error / Math.Sqrt(Squares(SingularValues));

    /// <summary>Gets the share of Σσ² that is kept, in [0, 1]; 1 for a matrix of zeros.</summary>
    public double Energy => SingularValues[0] == 0 ? 1 : Squares(SingularValues.Take(Rank)) / Squares(SingularValues);

    /// <summary>Gets <c>m · n</c>.</summary>
    public long ParametersBefore => (long)Left.RowCount * Right.ColumnCount;

    /// <summary>Gets <c>r · (m + n)</c>.</summary>
    public long ParametersAfter => Rank * ((long)Left.RowCount + Right.ColumnCount);

    /// <summary>Factorises a matrix.</summary>
    /// <param name="w">m × n finite numbers, m, n ≥ 1.</param>
    /// <param name="choice">Which rank.</param>
    /// <exception cref="ArgumentException">The matrix is empty, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A rank above min(m, n) was asked for.</exception>
    public static LowRankFactors Of(Matrix w, RankChoice choice)
    {
        ArgumentNullException.ThrowIfNull(w);
        ArgumentNullException.ThrowIfNull(choice);
        if (w.RowCount == 0 || w.ColumnCount == 0)
        {
            throw new ArgumentException($"There is nothing to factorise in a matrix of {w.RowCount} × {w.ColumnCount}.", nameof(w));
        }

        Decomposition svd = Decompose(w);
        int rank = choice.For(svd.Sigma, w.RowCount, w.ColumnCount);
        return rank <= svd.Sigma.Length
            ? svd.Cut(rank)
            : throw new ArgumentOutOfRangeException(nameof(choice), rank, $"A matrix of {w.RowCount} × {w.ColumnCount} has rank {svd.Sigma.Length} at most.");
    }

    /// <summary>Draws the singular values and, beside them, the share of the energy that the first ones hold.</summary>
    /// <param name="name">Of the matrix, for the title.</param>
    public Figure Chart(string name = "matrix") => SpectrumChart.Draw(name, SingularValues, Rank);

    /// <summary>Writes <c>64 × 128 at rank 8: 1,536 of 8,192 numbers, 95.2 % of the energy, relative error 0.219</c>.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Left.RowCount} × {Right.ColumnCount} at rank {Rank}: {ParametersAfter:N0} of {ParametersBefore:N0} numbers, {100 * Energy:0.0} % of the energy, relative error {RelativeError:0.###}");

    /// <summary>The decomposition before the rank is chosen.</summary>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    internal static Decomposition Decompose(Matrix w)
    {
        foreach (double value in w.Values)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException(FormattableString.Invariant($"The matrix holds {value}; all values must be finite."), nameof(w));
            }
        }

        // A tall matrix goes through QR, so that only a square one is decomposed: the full U of a tall one would be m × m.
        bool wide = w.RowCount < w.ColumnCount;
        Dense tall = wide ? new Dense(w.ColumnCount, w.RowCount, w.Values.ToArray()) : (Dense)new Dense(w.ColumnCount, w.RowCount, w.Values.ToArray()).Transpose(); // row by row is the transpose, column by column
        QR<double>? qr = tall.RowCount > tall.ColumnCount ? tall.QR(QRMethod.Thin) : null;
        Svd<double> svd = (qr?.R ?? tall).Svd();
        MathNet.Numerics.LinearAlgebra.Matrix<double> u = qr is null ? svd.U : qr.Q * svd.U;
        return wide
            ? new Decomposition(svd.VT.Transpose(), svd.S.ToArray(), u.Transpose())
            : new Decomposition(u, svd.S.ToArray(), svd.VT);
    }

    private static double Squares(IEnumerable<double> values)
    {
        double sum = 0;
        foreach (double value in values.Reverse()) // the small ones first, so that none is lost
        {
            sum += value * value;
        }

        return sum;
    }

    /// <summary>W = U · diag(Sigma) · Vᵀ.</summary>
    internal sealed record Decomposition(MathNet.Numerics.LinearAlgebra.Matrix<double> U, double[] Sigma, MathNet.Numerics.LinearAlgebra.Matrix<double> VT)
    {
        /// <summary>The first <paramref name="rank"/> columns and rows, with √σ in both.</summary>
        internal LowRankFactors Cut(int rank)
        {
            (int m, int n) = (U.RowCount, VT.ColumnCount);
            var left = new double[m * rank];
            var right = new double[rank * n];
            for (int k = 0; k < rank; k++)
            {
                double root = Math.Sqrt(Sigma[k]) * Sign(k);
                for (int i = 0; i < m; i++)
                {
                    left[(i * rank) + k] = U[i, k] * root;
                }

                for (int j = 0; j < n; j++)
                {
                    right[(k * n) + j] = VT[k, j] * root;
                }
            }

            return new LowRankFactors(new Matrix(m, rank, left), new Matrix(rank, n, right), Sigma, rank);
        }

        private int Sign(int column)
        {
            int largest = 0;
            for (int i = 1; i < U.RowCount; i++)
            {
                largest = Math.Abs(U[i, column]) > Math.Abs(U[largest, column]) ? i : largest;
            }

            return U[largest, column] < 0 ? -1 : 1;
        }
    }
}
