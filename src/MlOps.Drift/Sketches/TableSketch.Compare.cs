namespace MlOps.Drift.Sketches;

public sealed partial class TableSketch
{
    /// <summary>Compares two tables of which only sketches are left: the report of <see cref="DriftReport.Compare"/>.</summary>
    /// <remarks>
    /// Rows, missing values, the levels of text and true/false columns and their tests are exactly those of the tables. So are the statistics of
    /// numeric columns of up to 8·k rows on both sides, whose p-value of ks follows the asymptotic law. Beyond that, the shares of bins (and
    /// psi, jensen-shannon and kl, which they make) and D of ks are within the error that the column's note states, and W₁ within that error
    /// times the range of the values. Edges of bins are quantiles of the reference's sketch; when both sketches counted the same
    /// <see cref="SketchOptions.Edges"/>, those bins are used, and exact.
    /// <para>The test ks judges the part of D that the error of the sketches cannot explain, so that a billion rows of one law do not alarm
    /// because they were sketched. Where that part is not significant, it is the statistic, and a note says so.</para>
    /// </remarks>
    /// <param name="reference">What the model was trained on, or any period that was in order. At least one row.</param>
    /// <param name="current">What it sees now. At least one row.</param>
    /// <param name="options">Columns, tests and thresholds; the defaults if null.</param>
    /// <exception cref="ArgumentException">A side has no rows; the columns differ; a column has two types or holds infinite numbers; no
    /// column can be compared; or the options contradict each other. The message names column, side and remedy.</exception>
    public static DriftReport Compare(TableSketch reference, TableSketch current, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        return new SketchComparison(reference, current, options ?? new DriftOptions()).Run();
    }

    /// <summary>Returns the edges of a drift report's bins for each numeric column, for a second pass that counts them exactly.</summary>
    /// <remarks>Sketch the reference; sketch reference and current again with <c>SketchOptions.Edges</c> set to the result; compare those two.</remarks>
    /// <param name="options">The options of the comparison, of which the columns and the binning are used; the defaults if null.</param>
    /// <returns>Edges by column; columns without numbers are not there.</returns>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> BinEdges(DriftOptions? options = null)
    {
        options ??= new DriftOptions();
        return _columns
            .Where(column => column.Type == SketchedType.Numeric && column.Numbers.Count > 0 && options.Columns?.Contains(column.Name) != false)
            .ToDictionary(column => column.Name, column => SketchComparison.EdgesOf(column.Numbers, options.Binning));
    }
}
