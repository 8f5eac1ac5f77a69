using MlOps.Data;

namespace MlOps.Drift.Tests;

public sealed class DriftReportTests
{
    [Fact]
    public void Compare_MixedTable_RunsTheTestsThatFitEachColumn()
    {
        Table table = Mixed(400, seed: 1, shift: 0);

        DriftReport report = DriftReport.Compare(table, table);

        Assert.Equal(["psi", "ks", "wasserstein", "jensen-shannon", "kl"], Names(report["income"]));
        Assert.Equal(["psi", "ks", "wasserstein", "jensen-shannon", "kl"], Names(report["age"]));
        Assert.Equal(["psi", "chi2", "jensen-shannon", "kl"], Names(report["city"]));
        Assert.Equal(["psi", "chi2", "jensen-shannon", "kl"], Names(report["member"]));
        Assert.Equal(["when"], report.Skipped.Select(s => s.Name));
        Assert.Equal((DriftColumnType.Numeric, DriftColumnType.Categorical), (report["age"].Type, report["member"].Type));
    }

    [Fact]
    public void Compare_TableWithItself_FindsNothing()
    {
        Table table = Mixed(400, seed: 1, shift: 0);

        DriftReport report = DriftReport.Compare(table, table);

        Assert.Equal(DriftLevel.None, report.Level);
        Assert.Equal(0, report.DriftedShare);
        Assert.False(report.MeetsOrExceeds(DriftLevel.Moderate));
        Assert.All(report.Columns.SelectMany(c => c.Tests), test => Assert.False(test.Drift, test.Name));
        Assert.All(report.Columns.SelectMany(c => c.Tests).Where(t => t.PValue is null), test => Assert.Equal(0, test.Statistic));
    }

    [Fact]
    public void Compare_EveryTest_SaysDriftExactlyAsItsThresholdDoes()
    {
        DriftReport report = DriftReport.Compare(Mixed(300, seed: 1, shift: 0), Mixed(200, seed: 2, shift: 0.4));

        Assert.All(report.Columns.SelectMany(c => c.Tests), test => Assert.Equal(
            test.PValue is { } p ? p < test.Threshold : test.Statistic >= test.Threshold, test.Drift));
        Assert.Contains(report.Columns.SelectMany(c => c.Tests), test => test.Drift);
    }

    [Fact]
    public void Compare_Statistics_AreThoseOfTheSingleTests()
    {
        double[] a = Samples.Make("bell", 900, 1, 0);
        double[] b = Samples.Make("bell", 700, 2, 0.2);
        ColumnDrift column = DriftReport.Compare(One(a), One(b))["x"];

        Assert.Equal(PopulationStabilityIndex.Measure(a, b).Value, column["psi"].Statistic);
        Assert.Equal(KolmogorovSmirnov.Test(a, b).PValue, column["ks"].PValue);
        Assert.Equal(Wasserstein.Measure(a, b).Distance, column["wasserstein"].Statistic);
        Assert.Equal(0.1 * SortedSample.Of(a).StandardDeviation, column["wasserstein"].Threshold);
        Assert.Equal(JensenShannon.Measure(a, b).Distance, column["jensen-shannon"].Statistic);
        Assert.Equal(KullbackLeibler.Measure(a, b, floor: 0.0001).Divergence, column["kl"].Statistic);
        Assert.Equal(PopulationStabilityIndex.Measure(a, b).ChanceThreshold, column.PsiChanceThreshold);
    }

    [Fact]
    public void Level_TinyShiftOfManyRows_IsNoneThoughPIsSmall()
    {
        ColumnDrift column = DriftReport.Compare(One(Samples.Make("bell", 100_000, 1, 0)), One(Samples.Make("bell", 100_000, 77, 0.02)))["x"];

        Assert.True(column["ks"].Drift);
        Assert.InRange(column["psi"].Statistic, 0, 0.1);
        Assert.Equal(DriftLevel.None, column.Level);
    }

    [Fact]
    public void Level_FewUnchangedRows_IsNoneThoughPsiIsLarge()
    {
        ColumnDrift column = DriftReport.Compare(One([.. RandomValues(1, 50)]), One([.. RandomValues(2, 50)]))["x"];

        Assert.True(column["psi"].Statistic > 0.1);
        Assert.False(column["ks"].Drift);
        Assert.Equal(DriftLevel.None, column.Level);
    }

    [Theory]
    [InlineData(0.30, DriftLevel.Moderate)]
    [InlineData(0.60, DriftLevel.Significant)]
    public void Level_ShiftOfManyRows_GoesByPsi(double shift, DriftLevel expected)
    {
        // The sum of three uniforms has standard deviation 0.5.
        ColumnDrift column = DriftReport.Compare(One(Samples.Make("bell", 5000, 1, 0)), One(Samples.Make("bell", 5000, 77, shift * 0.5 * 1.3)))["x"];

        Assert.Equal(expected, column.Level);
        Assert.True(column.Drift);
    }

    [Fact]
    public void Level_FewRowsFarApart_IsFoundByThePValue()
    {
        ColumnDrift column = DriftReport.Compare(One(Samples.Make("bell", 30, 1, 0)), One(Samples.Make("bell", 30, 77, 1)))["x"];

        Assert.True(column.Drift);
    }

    [Fact]
    public void Level_WithoutPValueTest_UsesTheChanceThresholdOfPsi()
    {
        var options = new DriftOptions { Tests = DriftTests.Psi };
        Table reference = One(Samples.Make("bell", 50, 1, 0));

        Assert.Equal(DriftLevel.None, DriftReport.Compare(reference, One(Samples.Make("bell", 50, 99, 0)), options).Level);
        Assert.Equal(DriftLevel.Significant, DriftReport.Compare(reference, One(Samples.Make("bell", 50, 99, 2)), options).Level);
    }

    [Fact]
    public void Compare_UnchangedColumns_RaiseNoAlarmUnderTheCorrection()
    {
        Column[] Columns(int seed) =>
            [.. Enumerable.Range(0, 40).Select(i => new Column<double>($"x{i}", [.. RandomValues((100 * seed) + i, 60)]))];
        var options = new DriftOptions { Correction = Correction.None };

        DriftReport corrected = DriftReport.Compare(new Table(Columns(1)), new Table(Columns(2)));
        DriftReport raw = DriftReport.Compare(new Table(Columns(1)), new Table(Columns(2)), options);

        Assert.Equal(0, corrected.DriftedShare);
        Assert.All(raw.Columns, column => Assert.Equal(0.05, column["ks"].Threshold));
        Assert.All(corrected.Columns, column => Assert.InRange(column["ks"].Threshold, 0.05 / 40, 0.05));
    }

    [Fact]
    public void Compare_ConstantColumn_DriftsOnlyWhenTheConstantChanges()
    {
        Table three = One([.. Enumerable.Repeat(3.0, 50)]);

        Assert.False(DriftReport.Compare(three, three)["x"].Drift);
        Assert.False(DriftReport.Compare(three, three)["x"]["wasserstein"].Drift);
        Assert.Equal(DriftLevel.Significant, DriftReport.Compare(three, One([.. Enumerable.Repeat(2.9, 50)]))["x"].Level);
    }

    [Fact]
    public void Compare_LongAgainstDouble_AreBothNumbers()
    {
        var reference = new Table(Column.Of("x", 1, 2, 3, 4));
        var current = new Table(Column.Of("x", 1.0, 2.0, 3.0, 4.0));

        Assert.Equal(0, DriftReport.Compare(reference, current)["x"]["ks"].Statistic);
    }

    [Fact]
    public void Compare_MissingValues_AreLeftOutCountedAndNoted()
    {
        var reference = new Table(Column.Of("x", 1.0, 2, 3, 4, double.NaN), Column.Of("c", "a", "b", "a", "b", null));
        var current = new Table(Column.Of("x", 1, 2, double.NaN, double.NaN, 3, 4), Column.Of("c", null, null, null, "a", "b", "b"));

        DriftReport report = DriftReport.Compare(reference, current);

        Assert.Equal(new RowCounts(1, 2), report["x"].Missing);
        Assert.Equal(0, report["x"]["ks"].Statistic);
        Assert.Equal(new RowCounts(1, 3), report["c"].Missing);
        Assert.Contains("missing values rose from 20 % to 50 %", report["c"].Notes);
    }

    [Fact]
    public void Compare_ColumnThatLostAllValues_IsSignificantWithoutATest()
    {
        var reference = new Table(Column.Of("x", 1.0, 2.0), Column.Of("y", 1.0, 2.0));
        var current = new Table(Column.Of("x", (string?)null, null), Column.Of("y", 1.0, 2.0)); // read from a CSV, an empty column is text

        DriftReport report = DriftReport.Compare(reference, current);

        Assert.Equal(DriftLevel.Significant, report["x"].Level);
        Assert.Empty(report["x"].Tests);
        Assert.Contains("every current value is missing", report["x"].Notes[0], StringComparison.Ordinal);
        Assert.Equal(0.5, report.DriftedShare);
    }

    [Fact]
    public void Compare_NewAndVanishedLevels_AreNamed()
    {
        ColumnDrift column = DriftReport.Compare(new Table(Column.Of("c", "a", "b", "b")), new Table(Column.Of("c", "b", "z", "z")))["c"];

        Assert.Contains("new levels: 'z'", column.Notes);
        Assert.Contains("levels gone: 'a'", column.Notes);
        Assert.Contains(column.Notes, note => note.StartsWith("chi2 is rough", StringComparison.Ordinal));
        Assert.Equal(["a", "b", "z"], column.Levels!.Levels);
    }

    [Fact]
    public void Compare_TextsThatAreNearlyAllDifferent_AreSkippedAsIdentifiers()
    {
        StringColumn Ids(int from) => Column.Of("id", [.. Enumerable.Range(from, 50).Select(i => $"A-{i}")]);
        Column<double> numbers = Column.Of("x", [.. Samples.Uniforms(50, 1)]);

        DriftReport report = DriftReport.Compare(new Table(Ids(0), numbers), new Table(Ids(50), numbers));

        Assert.Equal("id", Assert.Single(report.Skipped).Name);
        Assert.Equal(["id", "x"], DriftReport.Compare(new Table(Ids(0), numbers), new Table(Ids(50), numbers), new DriftOptions { IdentifierShare = 1 }).Columns.Select(c => c.Name));
    }

    [Fact]
    public void Compare_OneThreadOrMany_GivesTheSameReport()
    {
        Table reference = Mixed(500, 1, 0);
        Table current = Mixed(400, 2, 0.2);

        string one = DriftReport.Compare(reference, current, new DriftOptions { MaxDegreeOfParallelism = 1 }).ToJson();

        Assert.Equal(one, DriftReport.Compare(reference, current, new DriftOptions { MaxDegreeOfParallelism = 4 }).ToJson());
    }

    [Fact]
    public void Compare_Progress_RisesToOne()
    {
        var shares = new List<double>();
        Table table = Mixed(50, 1, 0);

        DriftReport.Compare(table, table, progress: new Recorder(shares));

        Assert.Equal([0.25, 0.5, 0.75, 1], shares);
    }

    [Fact]
    public void Compare_Cancelled_Throws()
    {
        Table table = Mixed(50, 1, 0);

        Assert.ThrowsAny<OperationCanceledException>(() => DriftReport.Compare(table, table, cancellationToken: new CancellationToken(true)));
    }

    private static Table Mixed(int rows, int seed, double shift)
    {
        double[] u = Samples.Uniforms(rows, seed);
        return new Table(
            new Column<double>("income", Samples.Make("heavy", rows, seed, shift)),
            new Column<long>("age", Array.ConvertAll(u, x => (long)(18 + (50 * x) + (20 * shift)))),
            new StringColumn("city", u.Select(x => x + shift < 0.4 ? "metro" : x < 0.8 ? "town" : "village")),
            new Column<bool>("member", Array.ConvertAll(u, x => x + shift > 0.7)),
            new Column<DateTime>("when", Array.ConvertAll(u, x => new DateTime(2024, 1, 1).AddDays(300 * x))));
    }

    private static Table One(double[] values) => new(new Column<double>("x", values));

    private static IEnumerable<string> Names(ColumnDrift column) => column.Tests.Select(t => t.Name);

    private static IEnumerable<double> RandomValues(int seed, int count)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => random.NextDouble());
    }

    private sealed class Recorder(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
