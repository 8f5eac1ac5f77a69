using MlOps.Charts;

namespace MlOps.Quantization.LowRank;

/// <summary>A layer that two thinner ones stand for now.</summary>
/// <param name="Name">Of the node or layer.</param>
/// <param name="Operation">Its operator, such as <c>Gemm</c>.</param>
/// <param name="Rows">m of its matrix; for a convolution the filters.</param>
/// <param name="Columns">n of its matrix; for a convolution channels · kernel height · kernel width.</param>
/// <param name="Rank">r.</param>
/// <param name="SingularValues">All of the matrix, from the largest down.</param>
/// <param name="Error">‖W − U·V‖ (Frobenius norm).</param>
/// <param name="RelativeError">‖W − U·V‖ / ‖W‖, in [0, 1].</param>
/// <param name="Energy">Share of Σσ² that is kept, in [0, 1].</param>
public sealed record FactorizedLayer(string Name, string Operation, int Rows, int Columns, int Rank, IReadOnlyList<double> SingularValues, double Error, double RelativeError, double Energy)
{
    /// <summary>Gets <c>m · n</c>, without bias.</summary>
    public long ParametersBefore => (long)Rows * Columns;

    /// <summary>Gets <c>r · (m + n)</c>, without bias.</summary>
    public long ParametersAfter => Rank * ((long)Rows + Columns);

    /// <summary>Draws the singular values and the energy that the first ones hold.</summary>
    public Figure Chart() => SpectrumChart.Draw(Name, SingularValues, Rank);

    internal static FactorizedLayer Of(string name, string operation, LowRankFactors factors) =>
        new(name, operation, factors.Left.RowCount, factors.Right.ColumnCount, factors.Rank, factors.SingularValues, factors.Error, factors.RelativeError, factors.Energy);
}
