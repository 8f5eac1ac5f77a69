namespace MlOps.Drift.Sql;

/// <summary>Counts the values below each edge, and the reference's deviation from its centre: one scan a side for all columns.</summary>
internal sealed class EdgeCounts(SqlSession session, SqlSource reference, SqlSource current)
{
    private const int MostResults = 1000;

    /// <summary>A deviation so small beside the largest that its square adds nothing, and might underflow.</summary>
    private const double Negligible = 1e-100;

    internal async Task<CountedColumn[]> OfAsync(EdgeRequest[] requests, CancellationToken cancellationToken)
    {
        double[] before = await SideAsync(reference, "reference", requests, request => request.Column.Reference, moments: true, cancellationToken).ConfigureAwait(false);
        double[] now = await SideAsync(current, "current", requests, request => request.Column.Current, moments: false, cancellationToken).ConfigureAwait(false);
        var counted = new CountedColumn[requests.Length];
        (int b, int c) = (0, 0);
        for (int i = 0; i < requests.Length; i++)
        {
            (EdgeRequest request, SqlColumnPair column) = (requests[i], requests[i].Column);
            counted[i] = new CountedColumn(
                new BinCounts(request.Bins, Differences(before, ref b, request.Bins, column.ReferenceCount), Differences(now, ref c, request.Bins, column.CurrentCount)),
                new BinCounts(request.Histogram, Differences(before, ref b, request.Histogram, column.ReferenceCount), Differences(now, ref c, request.Histogram, column.CurrentCount)),
                Deviation(column, before[b], before[b + 1]));
            b += 2;
        }

        return counted;
    }

    private async Task<double[]> SideAsync(
        SqlSource source, string side, EdgeRequest[] requests, Func<EdgeRequest, SqlColumn> columnOf, bool moments, CancellationToken cancellationToken)
    {
        var aggregates = new List<Func<SqlText, string>>();
        foreach (EdgeRequest request in requests)
        {
            string number = session.Dialect.Number(columnOf(request));
            foreach (double edge in request.Bins.Concat(request.Histogram))
            {
                aggregates.Add(sql => $"count(CASE WHEN {number} < {Value(sql, edge)} THEN 1 END)");
            }

            if (moments)
            {
                string has = session.Dialect.HasNumber(columnOf(request));
                aggregates.Add(sql => $"sum({Scaled(sql, request.Column.ReferenceProfile, number, has, power: 1)})");
                aggregates.Add(sql => $"sum({Scaled(sql, request.Column.ReferenceProfile, number, has, power: 2)})");
            }
        }

        var values = new List<double>();
        foreach (Func<SqlText, string>[] some in aggregates.Chunk(MostResults))
        {
            var sql = new SqlText();
            string from = source.From(sql, session.Dialect);
            sql.Text = $"SELECT {string.Join(",\n  ", some.Select(aggregate => aggregate(sql)))}\nFROM {from}";
            values.AddRange((await session.NumbersAsync($"bin counts of the {side} ({source})", sql, 1, cancellationToken).ConfigureAwait(false))[0]);
        }

        return [.. values];
    }

    /// <summary>z or z², z the deviation from the centre in units of the largest one: within [−1, 1], so that nothing overflows.</summary>
    private static string Scaled(SqlText sql, ColumnProfile profile, string number, string has, int power)
    {
        double scale = Scale(profile);
        string deviation = $"({number} - {Value(sql, profile.Centre)})";
        string z = $"({deviation} / {Value(sql, scale == 0 ? 1 : scale)})";
        return $"CASE WHEN {has} AND abs({deviation}) > {Value(sql, scale * Negligible)} THEN {(power == 1 ? z : $"{z} * {z}")} WHEN {has} THEN 0 END";
    }

    private static double Scale(ColumnProfile profile) =>
        Math.Max(Math.Abs(profile.Range.Max - profile.Centre), Math.Abs(profile.Range.Min - profile.Centre));

    private static double Deviation(SqlColumnPair column, double sum, double squares)
    {
        ColumnProfile profile = column.ReferenceProfile;
        if (profile.Range.Min == profile.Range.Max)
        {
            return 0;
        }

        double mean = sum / profile.Present; // of z: what the centre misses the mean by
        return Scale(profile) * Math.Sqrt(Math.Max(0, (squares / profile.Present) - (mean * mean)));
    }

    private static string Value(SqlText sql, double value) => $"CAST({sql.Parameter(value)} AS double precision)";

    private static long[] Differences(double[] below, ref int next, double[] edges, long total)
    {
        long[] counts = new long[edges.Length + 1];
        long passed = 0;
        for (int i = 0; i < edges.Length; i++)
        {
            long upTo = (long)below[next++];
            counts[i] = upTo - passed;
            passed = upTo;
        }

        counts[^1] = total - passed;
        return counts;
    }
}
