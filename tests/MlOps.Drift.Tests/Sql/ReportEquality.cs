namespace MlOps.Drift.Tests.Sql;

/// <summary>Two reports say the same: every statistic to 1e-9, every verdict, count, edge and note.</summary>
internal static class ReportEquality
{
    private const double Tolerance = 1e-9;

    internal static void Equal(DriftReport expected, DriftReport actual)
    {
        Assert.Equal(expected.Rows, actual.Rows);
        Assert.Equal(expected.Columns.Select(c => c.Name), actual.Columns.Select(c => c.Name));
        Assert.Equal(expected.Skipped.OrderBy(s => s.Name, StringComparer.Ordinal), actual.Skipped.OrderBy(s => s.Name, StringComparer.Ordinal));
        foreach ((ColumnDrift one, ColumnDrift other) in expected.Columns.Zip(actual.Columns))
        {
            Equal(one, other);
        }
    }

    private static void Equal(ColumnDrift expected, ColumnDrift actual)
    {
        Assert.True(expected.Level == actual.Level, $"{expected.Name}: {expected.Level} in memory, {actual.Level} in SQL");
        Assert.Equal(expected.Type, actual.Type);
        Assert.Equal(expected.Missing, actual.Missing);
        Assert.Equal(expected.PsiChanceThreshold, actual.PsiChanceThreshold);
        Assert.Equal(expected.Tests.Select(t => (t.Name, t.Drift)), actual.Tests.Select(t => (t.Name, t.Drift)));
        foreach ((DriftTestResult one, DriftTestResult other) in expected.Tests.Zip(actual.Tests))
        {
            string what = $"{expected.Name} {one.Name}";
            Near(one.Statistic, other.Statistic, what);
            Near(one.PValue ?? 0, other.PValue ?? 0, what + " p");
            Near(one.Threshold, other.Threshold, what + " threshold");
        }

        Same(expected.Bins, actual.Bins);
        Same(expected.Histogram, actual.Histogram);
        Assert.Equal(expected.Levels?.Levels, actual.Levels?.Levels);
        Assert.Equal(expected.Levels?.Reference, actual.Levels?.Reference);
        Assert.Equal(expected.Levels?.Current, actual.Levels?.Current);
        Assert.Empty(expected.Notes.Except(actual.Notes));
    }

    private static void Same(BinCounts? expected, BinCounts? actual)
    {
        Assert.Equal(expected?.Edges, actual?.Edges); // to the last bit
        Assert.Equal(expected?.Reference, actual?.Reference);
        Assert.Equal(expected?.Current, actual?.Current);
    }

    private static void Near(double expected, double actual, string what) => Assert.True(
        expected.Equals(actual) || Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected)),
        FormattableString.Invariant($"{what}: {expected:R} in memory, {actual:R} in SQL"));
}
