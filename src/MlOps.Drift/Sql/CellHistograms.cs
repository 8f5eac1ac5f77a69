using System.Globalization;

namespace MlOps.Drift.Sql;

/// <summary>Approximate shapes of numeric columns from equally wide cells: the engine hashes instead of sorting.</summary>
internal sealed class CellHistograms(SqlSession session, SqlSource reference, SqlSource current, int cells)
{
    internal async Task<NumericShape[]> OfAsync(SqlColumnPair[] columns, Action step, CancellationToken cancellationToken)
    {
        var shapes = new NumericShape[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            CellHistogram histogram = await OfAsync(columns[i], cancellationToken).ConfigureAwait(false);
            shapes[i] = new NumericShape(histogram.ReferenceQuantile, histogram.CurrentQuantile)
            {
                Ks = (histogram.Statistic, double.NaN),
                Wasserstein = histogram.Distance,
                Notes = [string.Create(
                    CultureInfo.InvariantCulture,
                    $"approximate, {cells} cells: D lies between {histogram.Statistic:0.######} and {histogram.Statistic + histogram.StatisticError:0.######}, wasserstein within ± {histogram.DistanceError:g3}")],
            };
            step();
        }

        return shapes;
    }

    private async Task<CellHistogram> OfAsync(SqlColumnPair column, CancellationToken cancellationToken)
    {
        double low = Math.Min(column.ReferenceProfile.Range.Min, column.CurrentProfile.Range.Min);
        double high = Math.Max(column.ReferenceProfile.Range.Max, column.CurrentProfile.Range.Max);
        double width = (high / cells) - (low / cells); // in this order it cannot overflow
        var sql = new SqlText();
        string rows = BothSides.Of(sql, session.Dialect, column, reference, current, "1", "0");
        string cell = width > 0
            ? session.Dialect.Floor($"x / {Value(sql, width)} - {Value(sql, low / width)}")
            : "0";
        sql.Text = $"""
            WITH v AS (
              {rows}),
            c AS (SELECT {cell} AS k, x, w FROM v)
            SELECT min(x), max(x), sum(w), sum(1 - w) FROM c GROUP BY k ORDER BY min(x)
            """;
        List<double[]> found = await session.NumbersAsync($"the histogram of column '{column.Name}'", sql, 2, cancellationToken).ConfigureAwait(false);
        return new CellHistogram([.. found.Select(row => new Cell(row[0], row[1], (long)row[2], (long)row[3]))]);
    }

    private static string Value(SqlText sql, double value) => $"CAST({sql.Parameter(value)} AS double precision)";
}
