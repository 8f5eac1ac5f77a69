using System.Numerics;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Sql;

/// <summary>Quantiles, ks and wasserstein of numeric columns, exactly: the engine sorts.</summary>
internal sealed class ExactShapes(SqlSession session, SqlSource reference, SqlSource current, DriftOptions options)
{
    /// <summary>The share of neighbouring order statistics that must coincide before values are grouped ahead of the sort.</summary>
    private const double ManyTies = 0.5;

    internal async Task<NumericShape[]> OfAsync(SqlColumnPair[] columns, Action step, CancellationToken cancellationToken)
    {
        double[] shares = [.. options.Binning.Shares().Concat([RoundBins.Tail, 1 - RoundBins.Tail]).Distinct().Order()];
        double[] tails = [RoundBins.Tail, 1 - RoundBins.Tail];
        Quantiles[] before = await QuantilesAsync(reference, "reference", [.. columns.Select(c => (c.Reference, c.ReferenceCount))], shares, cancellationToken).ConfigureAwait(false);
        Quantiles[] now = await QuantilesAsync(current, "current", [.. columns.Select(c => (c.Current, c.CurrentCount))], tails, cancellationToken).ConfigureAwait(false);

        var shapes = new NumericShape[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            shapes[i] = new NumericShape(before[i].At, now[i].At);
            if (options.Has(DriftTests.KolmogorovSmirnov | DriftTests.Wasserstein))
            {
                (double d, double area) = await DistancesAsync(columns[i], before[i].TieShare >= ManyTies, cancellationToken).ConfigureAwait(false);
                shapes[i] = shapes[i] with { Ks = (d, double.NaN), Wasserstein = area };
            }

            step();
        }

        return shapes;
    }

    private async Task<Quantiles[]> QuantilesAsync(
        SqlSource source, string side, (SqlColumn Column, long Count)[] columns, double[] shares, CancellationToken cancellationToken)
    {
        long[][] ranks = [.. columns.Select(column => Quantiles.Ranks(shares, column.Count))];
        double[][] found = [.. ranks.Select(some => new double[some.Length])];
        foreach (RankQuery query in session.Dialect.Ranks(source, [.. columns.Select(c => c.Column)], ranks, [.. columns.Select(c => c.Count)]))
        {
            string step = $"quantiles of the {side} ({source}; {string.Join(", ", query.Columns)})";
            await session.ReadAsync(
                step,
                query.Sql,
                1,
                async reader =>
                {
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        query.Read(reader, found);
                    }

                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }

        session.Read(found.Sum(values => values.Length));
        return [.. columns.Select((column, i) => new Quantiles(column.Count, ranks[i], found[i]))];
    }

    private async Task<(double Statistic, double Area)> DistancesAsync(SqlColumnPair column, bool hasTies, CancellationToken cancellationToken)
    {
        (long n, long m) = (column.ReferenceCount, column.CurrentCount);
        long divisor = (long)BigInteger.GreatestCommonDivisor(n, m);
        double unit = divisor / ((double)n * m); // weights without a common factor: sums of whole numbers, exact up to 2⁵³
        var sql = new SqlText();
        string rows = BothSides.Of(
            sql, session.Dialect, column, reference, current, Weight(sql, m / divisor), Weight(sql, -(n / divisor)));
        string steps = hasTies ? "g AS (SELECT x, sum(w) AS w FROM v GROUP BY x)," : "";
        sql.Text = $"""
            WITH v AS (
              {rows}),
            {steps}
            c AS (
              SELECT x, sum(w) OVER o AS gap, lead(x) OVER o AS y FROM {(hasTies ? "g" : "v")}
              WINDOW o AS (ORDER BY x ROWS UNBOUNDED PRECEDING))
            SELECT max(CASE WHEN y > x THEN abs(gap) ELSE 0 END), sum(abs(gap) * {Weight(sql, unit)} * (y - x)) FROM c
            """; // within ties y = x: there the gap does not count yet
        string step = $"the distances (ks, wasserstein) of column '{column.Name}'";
        double[] found = (await session.NumbersAsync(step, sql, 2, cancellationToken).ConfigureAwait(false))[0];
        double area = double.IsNaN(found[1]) ? 0 : found[1]; // one single value on both sides: no step to add up, so NULL
        return (found[0] * divisor / ((double)n * m), area);
    }

    private static string Weight(SqlText sql, double value) => $"CAST({sql.Parameter(value)} AS double precision)";
}
