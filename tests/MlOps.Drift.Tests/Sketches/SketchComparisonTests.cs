using MlOps.Data;
using MlOps.Data.Generators;
using MlOps.Drift.Sketches;

namespace MlOps.Drift.Tests.Sketches;

/// <summary>Oracle: <see cref="DriftReport.Compare"/> over the same rows in memory.</summary>
public sealed class SketchComparisonTests
{
    private static readonly Lazy<Table> Before = new(() => Million(1, 0));
    private static readonly Lazy<Table> After = new(() => Million(2, 1));

    [Fact]
    public void Compare_LoanData_AgreesWithTheReportOverTheTables()
    {
        Table loans = LoanApplications.Generate(80_000);
        Table reference = loans.Rows(..44_000);
        Table current = loans.Rows(44_000..);

        DriftReport exact = DriftReport.Compare(reference, current);
        DriftReport sketched = TableSketch.Compare(Sketch(reference), Sketch(current));

        AssertAgree(exact, sketched, reference, Error(2048));
        Assert.Equal(exact.Skipped.OrderBy(skipped => skipped.Name), sketched.Skipped.OrderBy(skipped => skipped.Name));
        Assert.Contains(exact.Columns, column => column.Drift);
    }

    [Fact]
    public void Compare_LoanDataThatFits_HasTheSameStatistics()
    {
        Table loans = LoanApplications.Generate(20_000);
        Table reference = loans.Rows(..11_000);
        Table current = loans.Rows(11_000..);

        DriftReport exact = DriftReport.Compare(reference, current);
        DriftReport sketched = TableSketch.Compare(Sketch(reference), Sketch(current));

        foreach (ColumnDrift column in exact.Columns)
        {
            foreach (DriftTestResult test in column.Tests)
            {
                DriftTestResult other = sketched[column.Name][test.Name];
                References.AssertRelative(test.Statistic, other.Statistic, 1e-12, $"{test.Name} of {column.Name}");
                Assert.Equal(test.Drift, other.Drift);
            }

            Assert.Equal(column.Notes, sketched[column.Name].Notes);
            Assert.Equal(column.Bins?.Reference, sketched[column.Name].Bins?.Reference);
            Assert.Equal(column.Bins?.Edges, sketched[column.Name].Bins?.Edges);
            Assert.Equal(column.Histogram?.Current, sketched[column.Name].Histogram?.Current);
            Assert.Equal(column.Levels?.Levels, sketched[column.Name].Levels?.Levels);
        }
    }

    [Fact]
    public void Compare_MillionRows_AgreesWithTheReportOverTheTables()
    {
        Table reference = Before.Value;
        Table current = After.Value;

        DriftReport exact = DriftReport.Compare(reference, current);
        DriftReport sketched = TableSketch.Compare(Sketch(reference), Sketch(current));

        AssertAgree(exact, sketched, reference, Error(2048));
        Assert.Equal([DriftLevel.None, DriftLevel.None, DriftLevel.Moderate, DriftLevel.Significant, DriftLevel.Significant, DriftLevel.None], sketched.Columns.Select(column => column.Level));
    }

    [Fact]
    public void Compare_OneLawTwice_IsNotMistakenForDriftBecauseItWasSketched()
    {
        // k = 16: the sketches' noise in D is 100 times what a million rows of one law would show.
        var options = new SketchOptions { Accuracy = 16 };
        DriftReport report = TableSketch.Compare(Sketch(Before.Value, options), Sketch(Million(3, 0), options));

        Assert.All(report.Columns.Where(column => column.Type == DriftColumnType.Numeric), column => Assert.False(column["ks"].Drift));
        Assert.All(report.Columns.Where(column => column.Type == DriftColumnType.Numeric), column => Assert.Contains(column.Notes, note => note.StartsWith("ks: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Compare_SecondPassWithEdges_CountsTheBinsExactly()
    {
        Table reference = Before.Value.Head(200_000);
        Table current = After.Value.Head(200_000);
        TableSketch first = Sketch(reference);
        var edges = new SketchOptions { Edges = first.BinEdges() };

        DriftReport report = TableSketch.Compare(Sketch(reference, edges), Sketch(current, edges));

        foreach (ColumnDrift column in (ColumnDrift[])[report["moved"], report["ties"]])
        {
            double[] before = Values(reference, column.Name);
            BinCounts counted = Binning.At([.. column.Bins!.Edges]).Count(SortedSample.Of(before), SortedSample.Of(Values(current, column.Name)));
            Assert.Equal(counted.Reference, column.Bins.Reference);
            Assert.Equal(counted.Current, column.Bins.Current);
            Assert.Contains(column.Notes, note => note.StartsWith("from sketches: D of ks", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Compare_OtherBinning_UsesIt()
    {
        Table reference = Before.Value.Head(200_000);
        Table current = After.Value.Head(200_000);
        var options = new DriftOptions { Columns = ["moved"], Binning = Binning.EqualWidth(7) };

        ColumnDrift sketched = TableSketch.Compare(Sketch(reference), Sketch(current), options)["moved"];
        ColumnDrift exact = DriftReport.Compare(reference, current, options)["moved"];

        Assert.Equal(exact.Bins!.Edges, sketched.Bins!.Edges); // smallest and largest value are exact
        Assert.Equal(exact["psi"].Statistic, sketched["psi"].Statistic, 0.01);
    }

    [Fact]
    public void Compare_MissingAndLostColumns_AreReportedAsOverTables()
    {
        var reference = new Table(Column.Of("x", 1.0, 2, 3, double.NaN), Column.Of("gone", 1.0, 2, 3, 4), Column.Of("never", double.NaN, double.NaN, double.NaN, double.NaN));
        var current = new Table(Column.Of("x", 1, double.NaN, double.NaN, 3), Column.Of("gone", (string?)null, null, null, null), Column.Of("never", double.NaN, double.NaN, double.NaN, double.NaN));

        DriftReport exact = DriftReport.Compare(reference, current);
        DriftReport sketched = TableSketch.Compare(Sketch(reference), Sketch(current));

        Assert.Equal(exact.Skipped, sketched.Skipped);
        foreach (ColumnDrift column in exact.Columns)
        {
            Assert.Equal((column.Missing, column.Level, column.Type), (sketched[column.Name].Missing, sketched[column.Name].Level, sketched[column.Name].Type));
            Assert.Equal(column.Notes, sketched[column.Name].Notes);
        }
    }

    [Fact]
    public void Compare_NearlyAllTextsDifferent_AreSkippedAlsoWhenThereAreTooManyToCount()
    {
        StringColumn Ids(int from, int count) => new("id", Enumerable.Range(0, 4000).Select(i => FormattableString.Invariant($"A-{from + (i % count)}")));
        Column<double> numbers = Column.Of("x", [.. Samples.Uniforms(4000, 1)]);
        var options = new SketchOptions { LevelCapacity = 1000 };

        DriftReport identifiers = TableSketch.Compare(Sketch(new Table(Ids(0, 4000), numbers), options), Sketch(new Table(Ids(4000, 4000), numbers), options));
        DriftReport many = TableSketch.Compare(Sketch(new Table(Ids(0, 1500), numbers), options), Sketch(new Table(Ids(0, 1500), numbers), options));

        Assert.StartsWith("an identifier or free text: about ", Assert.Single(identifiers.Skipped).Reason, StringComparison.Ordinal);
        Assert.Contains("raise SketchOptions.LevelCapacity", Assert.Single(many.Skipped).Reason, StringComparison.Ordinal);
        Assert.Equal(["x"], many.Columns.Select(column => column.Name));
    }

    [Fact]
    public void Compare_BadInput_NamesColumnSideAndRemedy()
    {
        TableSketch numbers = Sketch(new Table(Column.Of("x", 1.0, 2)));

        Assert.Contains("seen no rows", Assert.Throws<ArgumentException>("current", () => TableSketch.Compare(numbers, new TableSketch())).Message, StringComparison.Ordinal);
        Assert.Contains("not in the current sketch: x", Message(new Table(Column.Of("y", 1.0))), StringComparison.Ordinal);
        Assert.Contains("Column 'x' is numeric in the reference but text in the current data", Message(new Table(Column.Of("x", "a"))), StringComparison.Ordinal);
        Assert.Contains("Column 'x' of the current data holds 2 infinite values", Message(new Table(Column.Of("x", 1, double.PositiveInfinity, double.NegativeInfinity))), StringComparison.Ordinal);
        TableSketch times = Sketch(new Table(Column.Of("t", new DateTime(2024, 1, 1))));
        Assert.Contains("No column can be compared", Assert.Throws<ArgumentException>(() => TableSketch.Compare(times, times)).Message, StringComparison.Ordinal);

        string Message(Table current) => Assert.Throws<ArgumentException>(() => TableSketch.Compare(numbers, Sketch(current))).Message;
    }

    private static double Error(int accuracy)
    {
        QuantileSketch sketch = QuantileSketchTests.Sketched(Samples.Uniforms(20_000, 1), accuracy);
        return QuantileSketch.GapError(sketch, sketch);
    }

    private static void AssertAgree(DriftReport exact, DriftReport sketched, Table reference, double error)
    {
        Assert.Equal(exact.Rows, sketched.Rows);
        Assert.Equal(exact.Level, sketched.Level);
        foreach (ColumnDrift column in exact.Columns)
        {
            ColumnDrift other = sketched[column.Name];
            Assert.Equal((column.Level, column.Type, column.Missing), (other.Level, other.Type, other.Missing));
            if (column.Type == DriftColumnType.Categorical)
            {
                Assert.Equal(column.Tests.Select(test => (test.Name, test.Statistic, test.PValue)), other.Tests.Select(test => (test.Name, test.Statistic, test.PValue)));
                continue;
            }

            double[] values = Values(reference, column.Name);
            AssertWithin(0.01 + (0.05 * column["psi"].Statistic), column["psi"], other["psi"], column.Name);
            AssertWithin(error * (values.Max() - values.Min()), column["wasserstein"], other["wasserstein"], column.Name);
            Assert.InRange(column["ks"].Statistic - other["ks"].Statistic, -error, 2 * error); // a doubtful D is lowered by the error
            Assert.True(column["ks"].Drift || !other["ks"].Drift, $"{column.Name}: the sketches see drift where the rows show none");
            Assert.Equal(column["wasserstein"].Threshold, other["wasserstein"].Threshold, 1e-9 * column["wasserstein"].Threshold);
        }
    }

    /// <summary>Statistics so close, and the same verdict unless the threshold lies that close as well.</summary>
    private static void AssertWithin(double error, DriftTestResult exact, DriftTestResult sketched, string column)
    {
        Assert.InRange(Math.Abs(exact.Statistic - sketched.Statistic), 0, error);
        bool isBorderline = Math.Abs(exact.Statistic - exact.Threshold) <= error;
        Assert.True(exact.Drift == sketched.Drift || isBorderline, $"{column}: {exact} v. {sketched}");
    }

    private static TableSketch Sketch(Table table, SketchOptions? options = null)
    {
        var sketch = new TableSketch(options);
        sketch.Add(table);
        return sketch;
    }

    private static double[] Values(Table table, string column) => table[column] switch
    {
        Column<double> doubles => doubles.Present(),
        Column<long> longs => Array.ConvertAll(longs.Present(), value => (double)value),
        _ => throw new ArgumentException($"'{column}' is not numeric.", nameof(column)),
    };

    /// <summary>A column that stays, one that hardly moves, one that moves, one that widens, ties that move, and levels.</summary>
    private static Table Million(int seed, double move)
    {
        var random = new Random(seed);
        const int Rows = 1_000_000;
        double[] bell = new double[Rows];
        double[] other = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            bell[i] = random.NextDouble() + random.NextDouble() + random.NextDouble(); // standard deviation 0.5
            other[i] = random.NextDouble() + random.NextDouble() + random.NextDouble();
        }

        return new Table(
            new Column<double>("same", bell),
            new Column<double>("hardly", Array.ConvertAll(other, x => x + (0.01 * move))),
            new Column<double>("moved", Array.ConvertAll(bell, x => x + (0.2 * move))),
            new Column<double>("wider", Array.ConvertAll(other, x => (x - 1.5) * (1 + move))),
            new Column<long>("ties", Array.ConvertAll(bell, x => (long)(4 * (x + (0.35 * move))))),
            new StringColumn("city", bell.Select(x => x < 1 ? "metro" : x < 2 ? "town" : "village")));
    }
}
