using Microsoft.Data.Sqlite;
using MlOps.Data.Generators;
using MlOps.Drift.Sql;

namespace MlOps.Drift.Tests.Sql;

/// <summary>Oracle: <see cref="DriftReport.Compare"/> on the same rows read into memory, which has SciPy for its oracle.</summary>
public sealed class SqlDriftOnSqliteTests : IDisposable
{
    private readonly SqliteFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Compare_LoansOfTwoPeriods_EqualsTheReportInMemory()
    {
        _file.Make("loans", LoanApplications.Generate(rows: 6000)); // the course's loans; fewer, as exact p-values take n · m steps
        const string Before = "SELECT * FROM loans WHERE month < 10";
        const string Now = "SELECT * FROM loans WHERE month >= 10";

        DriftReport expected = _file.InMemory(Before, Now);
        SqlDriftReport actual = _file.InSql(SqlSource.Table("loans", "month < 10"), SqlSource.Table("loans").Where($"month >= {10}"));

        ReportEquality.Equal(expected, actual.Report);
        Assert.Equal(["application_id", "applied_on"], actual.Report.Skipped.Select(s => s.Name).Order(StringComparer.Ordinal));
        Assert.Contains(actual.Report.Columns, column => column.Drift);
        Assert.Equal(SqlEngine.Sqlite, actual.Engine);
        Assert.True(actual.ValuesRead < 3000, $"{actual.ValuesRead} values travelled"); // of 6,000 rows × 17 columns
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 2, 3)]
    [InlineData(3, 37, 20)]
    [InlineData(4, 400, 1000)]
    [InlineData(5, 10100, 300)]
    public void Compare_EveryKindOfColumn_EqualsTheReportInMemory(int seed, int n, int m)
    {
        const string Columns = "x REAL, whole INTEGER, rounded REAL, big INTEGER, member BOOLEAN, day DATE, city TEXT, id TEXT, any";
        var random = new Random(seed);
        _file.Make("a", Columns, Rows(random, n, 0));
        _file.Make("b", Columns, Rows(random, m, 0.3));

        _file.AssertEqual("SELECT * FROM a", "SELECT * FROM b");
        _file.AssertEqual("SELECT * FROM a", "SELECT * FROM a");
    }

    [Fact]
    public void Compare_OtherBinningsAndTests_EqualTheReportInMemory()
    {
        _file.Make("a", "x REAL, y REAL", Rows(new Random(1), 500, 0).Select(row => new[] { row[0], row[2] }));
        _file.Make("b", "x REAL, y REAL", Rows(new Random(2), 700, 0.5).Select(row => new[] { row[0], row[2] }));
        foreach (DriftOptions options in new[]
        {
            new DriftOptions { Binning = Binning.EqualWidth(7) },
            new DriftOptions { Binning = Binning.Quantiles(150) },
            new DriftOptions { Binning = Binning.At(-1, 0, 1.5) },
            new DriftOptions { Tests = DriftTests.Psi | DriftTests.JensenShannon, Columns = ["y"] },
            new DriftOptions { Tests = DriftTests.Psi | DriftTests.Wasserstein },
        })
        {
            _file.AssertEqual("SELECT * FROM a", "SELECT * FROM b", options);
        }
    }

    [Fact]
    public void Compare_ConstantsFarValuesAndTies_EqualTheReportInMemory()
    {
        const string Columns = "one REAL, far REAL, two INTEGER, enormous REAL, tiny REAL";
        IEnumerable<object?[]> Make(int n, double shift) => Enumerable.Range(0, n).Select(i => new object?[]
        {
            4.25, 1e9 + (i * 0.001) + shift, i % 2, i == 0 ? 1.7e308 : i + shift, (i + shift) * 1e-300,
        });
        _file.Make("a", Columns, Make(300, 0));
        _file.Make("b", Columns, Make(260, 0.125));

        _file.AssertEqual("SELECT * FROM a", "SELECT * FROM b");
        _file.AssertEqual("SELECT * FROM a", "SELECT one + 1 AS one, far, two, enormous, tiny FROM b");
    }

    [Fact]
    public void Compare_OneSideWithoutValues_IsSignificantWithoutTests()
    {
        _file.Make("a", "x REAL, t TEXT, k REAL", [[1.0, null, 1.0], [2.0, null, 2.0]]);
        _file.Make("b", "x REAL, t TEXT, k REAL", [[null, "new", 1.0], [null, "new", 3.0]]);

        _file.AssertEqual("SELECT * FROM a", "SELECT * FROM b");
    }

    [Fact]
    public void Compare_ColumnWithoutAnyValue_IsSkipped()
    {
        _file.Make("a", "x REAL, none REAL", [[1.0, null], [2.0, null]]);

        _file.AssertEqual("SELECT * FROM a", "SELECT * FROM a");
        var error = Assert.Throws<ArgumentException>(() => _file.InSql(SqlSource.Table("a"), SqlSource.Table("a"), new DriftOptions { Columns = ["none"] }));
        Assert.Contains("'none': no value on either side", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_TextsAmongNumbers_AreReadAsTextAsInMemoryAndNoted()
    {
        object?[] values = [1.5, 2L, 2.0, "n/a", "NaN", -7L, null];
        _file.Make("a", "x REAL, k INTEGER", Enumerable.Range(0, 40).Select(i => new[] { values[i % 7], 1L }));
        _file.Make("b", "x REAL, k INTEGER", Enumerable.Range(0, 40).Select(i => new[] { values[i % 5], 2L }));

        _file.AssertEqual("SELECT * FROM a", "SELECT * FROM b");
        ColumnDrift column = _file.InSql(SqlSource.Table("a"), SqlSource.Table("b")).Report["x"];
        Assert.Equal(DriftColumnType.Categorical, column.Type);
        // By hand: of 40 rows each of the first five values has 6, the last two have 5.
        Assert.Contains("the reference mixes 23 numbers with 12 texts; all are read as text", column.Notes);
    }

    [Fact]
    public void Compare_LevelsThatDifferInCase_AreDifferentUnderAnyCollation()
    {
        _file.Make("a", "t TEXT COLLATE NOCASE", [["north"], ["North"], ["south"]]);
        _file.Make("b", "t TEXT COLLATE NOCASE", [["north"], ["NORTH"], ["south"]]);

        _file.AssertEqual("SELECT * FROM a", "SELECT * FROM b");
    }

    [Fact]
    public void Compare_MoreLevelsThanAllowed_JoinsTheRarestAndSaysSo()
    {
        _file.Make("a", "t TEXT", Enumerable.Range(0, 100).Select(i => new object?[] { $"level {Math.Sqrt(i):0}" }));

        ColumnDrift column = _file.InSql(SqlSource.Table("a"), SqlSource.Table("a"), sql: new SqlDriftOptions { MaxLevels = 4 }).Report["t"];

        // By hand: round(√i) = k for 2k values of i: levels 10 (10 of them), 9 (18), 8 (16), 7 (14), … 0 (1): 11 levels.
        Assert.Equal(["(8 other levels)", "level 7", "level 8", "level 9"], column.Levels!.Levels);
        Assert.Equal([52L, 14, 16, 18], column.Levels.Reference);
        Assert.Contains(column.Notes, note => note.StartsWith("11 levels: the 8 rarest (52 reference and 52 current rows)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Compare_InfiniteValues_AreCountedAndRefused(bool inReference)
    {
        _file.Make("a", "x REAL", [[1.0], [2.0], [3.0]]);
        _file.Make("b", "x REAL", [[1.0], [double.PositiveInfinity], [double.NegativeInfinity]]);

        var error = Assert.Throws<ArgumentException>(() => inReference ? _file.InSql(SqlSource.Table("b"), SqlSource.Table("a")) : _file.InSql(SqlSource.Table("a"), SqlSource.Table("b")));

        Assert.Equal(inReference ? "reference" : "current", error.ParamName);
        Assert.StartsWith($"Column 'x' of the {error.ParamName} table holds 2 infinite values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_ColumnThatChangedType_NamesColumnAndBothTypes()
    {
        _file.Make("a", "x REAL", [[1.0], [2.0]]);
        _file.Make("b", "x TEXT", [["low"], ["high"]]);

        var error = Assert.Throws<ArgumentException>(() => _file.InSql(SqlSource.Table("a"), SqlSource.Table("b")));

        Assert.StartsWith("Column 'x' is numeric in the reference (a) but text in the current rows (b).", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_UnknownTable_ListsThoseThere()
    {
        _file.Make("train", "x REAL", [[1.0]]);
        _file.Make("today", "x REAL", [[1.0]]);

        var error = Assert.Throws<ArgumentException>(() => _file.InSql(SqlSource.Table("train"), SqlSource.Table("toady")));

        Assert.StartsWith("There is no table 'toady' for the current. There are: today, train.", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _file.InSql(SqlSource.Table("train"), SqlSource.Table("today")).Report.DriftedShare); // the connection is as good as before
    }

    [Fact]
    public void Compare_UnknownColumn_ListsThoseThere()
    {
        _file.Make("a", "x REAL, y REAL", [[1.0, 1.0]]);
        _file.Make("b", "x REAL, z REAL", [[1.0, 1.0]]);

        var asked = Assert.Throws<ArgumentException>(() => _file.InSql(SqlSource.Table("a"), SqlSource.Table("b"), new DriftOptions { Columns = ["w"] }));
        var all = Assert.Throws<ArgumentException>(() => _file.InSql(SqlSource.Table("a"), SqlSource.Table("b")));
        var condition = Assert.Throws<SqlDriftException>(() => _file.InSql(SqlSource.Table("a", "nowhere > 1"), SqlSource.Table("b")));

        Assert.StartsWith("The reference rows (a) have no column 'w'. There are: x, y.", asked.Message, StringComparison.Ordinal);
        Assert.StartsWith("The reference rows (a) have no column 'z'. There are: x, y.", all.Message, StringComparison.Ordinal);
        Assert.Contains("no such column: nowhere", condition.Message, StringComparison.Ordinal);
        Assert.Equal("the columns of the reference (a where nowhere > 1)", condition.Step);
    }

    [Fact]
    public void Compare_SideWithoutRows_NamesTheSide()
    {
        _file.Make("a", "x REAL", [[1.0]]);

        var error = Assert.Throws<ArgumentException>(() => _file.InSql(SqlSource.Table("a"), SqlSource.Table("a").Where($"x > {1}")));

        Assert.StartsWith("The current table has no rows (a where x > ?, 1 columns)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_NamesAndValuesWithQuotes_AreNotRead()
    {
        _file.Make("\"odd; DROP TABLE x\"", "\"a \"\"b\"\" {0}\" REAL, who TEXT", [[1.0, "o'hara"], [2.0, "o'hara"], [3.0, "x"]]);

        SqlSource source = SqlSource.Table("odd; DROP TABLE x").Where($"who = {"o'hara"} OR who = {"'; DROP TABLE x; --"}");
        DriftReport report = _file.InSql(source, source).Report;

        Assert.Equal(["a \"b\" {0}", "who"], report.Columns.Select(c => c.Name));
        Assert.Equal(new RowCounts(2, 2), report.Rows);
    }

    [Fact]
    public void Compare_EngineThatLacksWhatTheStandardHas_SaysWhatAndAtWhichStep()
    {
        _file.Make("a", "x REAL, t TEXT", [[1.0, "a"], [2.0, "b"]]);

        var error = Assert.Throws<SqlDriftException>(() => _file.InSql(SqlSource.Table("a"), SqlSource.Table("a"), sql: new SqlDriftOptions { Engine = SqlEngine.Standard }));

        Assert.Equal("the levels of column 't'", error.Step); // SQLite has no FETCH FIRST
        Assert.Contains("FETCH", error.Sql, StringComparison.Ordinal);
        Assert.False(error.CanRetry);
    }

    [Fact]
    public void Compare_QueryWithCommentSemicolonAndValues_IsOneDerivedTable()
    {
        _file.Make("a", "x REAL", [[1.0], [2.0], [3.0]]);

        SqlSource source = SqlSource.Query("SELECT x FROM a WHERE x > {0} -- the larger ones", [1.5]);

        Assert.Equal(new RowCounts(2, 3), _file.InSql(source, SqlSource.Query(" select x from a ; ")).Report.Rows);
        Assert.Equal("(SELECT x FROM a WHERE x > ? -- the larger ones)", source.ToString());
        Assert.Throws<ArgumentException>("format", () => SqlSource.Query("DELETE FROM a"));
        Assert.Throws<ArgumentException>("name", () => SqlSource.Table("a..b"));
    }

    [Fact]
    public async Task Compare_DuringAReport_WritesNothingAndSeesOneSnapshot()
    {
        _file.Run("PRAGMA journal_mode = WAL"); // so that another connection may write meanwhile
        _file.Make("a", "x REAL, y REAL, t TEXT", Enumerable.Range(0, 100).Select(i => new object?[] { i, -i, i % 2 == 0 ? "even" : "odd" }));
        DriftReport expected = _file.InMemory("SELECT * FROM a", "SELECT * FROM a WHERE x > 30");
        using SqliteConnection writer = _file.Another();
        writer.Open();
        int writes = 0;
        var progress = new Immediate(_ =>
        {
            using SqliteCommand command = writer.CreateCommand();
            command.CommandText = "INSERT INTO a VALUES (1000, 1000, 'new')";
            writes += command.ExecuteNonQuery();
        });

        SqlDriftReport report = await SqlDrift.CompareAsync(_file.Connection, SqlSource.Table("a"), SqlSource.Table("a", "x > 30"), progress: progress);

        Assert.True(writes > 3);
        ReportEquality.Equal(expected, report.Report);
        using SqliteCommand changes = _file.Connection.CreateCommand();
        changes.CommandText = "SELECT count(*) FROM a";
        Assert.Equal(100L + writes, changes.ExecuteScalar());
    }

    [Fact]
    public async Task Compare_Progress_RisesToOne()
    {
        _file.Make("a", "x REAL, y REAL, t TEXT, none REAL", [[1.0, 2.0, "a", null], [2.0, 2.0, "b", null]]);
        var seen = new List<double>();

        await SqlDrift.CompareAsync(_file.Connection, "a", "select * from a", progress: new Immediate(seen.Add));

        Assert.Equal(seen.Order(), seen);
        Assert.Equal(1, seen[^1]);
    }

    [Fact]
    public async Task Compare_ClosedConnection_IsOpenedAndClosedAgain()
    {
        _file.Make("a", "x REAL", [[1.0], [2.0]]);
        using SqliteConnection closed = _file.Another();

        Assert.Equal(DriftLevel.None, (await SqlDrift.CompareAsync(closed, "a", "a")).Report.Level);
        Assert.Equal(System.Data.ConnectionState.Closed, closed.State);
    }

    [Fact]
    public async Task Compare_InsideATransactionOfTheCaller_SeesItsRowsAndLeavesItOpen()
    {
        _file.Make("a", "x REAL", [[1.0], [2.0]]);
        await using SqliteTransaction transaction = _file.Connection.BeginTransaction();
        _file.Run("INSERT INTO a VALUES (3)");

        SqlDriftReport report = await SqlDrift.CompareAsync(_file.Connection, "a", "a", sqlOptions: new SqlDriftOptions { Transaction = transaction });

        Assert.Equal(3, report.Report.Rows.Reference);
        transaction.Commit();
    }

    [Fact]
    public async Task Compare_LockedFile_SaysThatARetryWorksAndItDoes()
    {
        _file.Make("a", "x REAL", [[1.0], [2.0]]);
        using SqliteConnection other = _file.Another();
        other.Open();
        using SqliteCommand hold = other.CreateCommand();
        hold.CommandText = "BEGIN EXCLUSIVE";
        hold.ExecuteNonQuery();

        var impatient = new SqlDriftOptions { CommandTimeout = TimeSpan.FromSeconds(1) };
        var error = await Assert.ThrowsAsync<SqlDriftException>(() => SqlDrift.CompareAsync(_file.Connection, "a", "a", sqlOptions: impatient));
        hold.CommandText = "ROLLBACK";
        hold.ExecuteNonQuery();

        Assert.True(error.CanRetry);
        Assert.Contains("Another program holds the file", error.Message, StringComparison.Ordinal);
        Assert.Equal(DriftLevel.None, (await SqlDrift.CompareAsync(_file.Connection, "a", "a", sqlOptions: impatient)).Report.Level);
    }

    [Fact]
    public async Task Compare_Cancelled_Stops()
    {
        _file.Make("a", "x REAL, y REAL", [[1.0, 1.0], [2.0, 2.0]]);
        using var source = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            SqlDrift.CompareAsync(_file.Connection, "a", "a", progress: new Immediate(_ => source.Cancel()), cancellationToken: source.Token));

        Assert.Equal(DriftLevel.None, (await SqlDrift.CompareAsync(_file.Connection, "a", "a")).Report.Level);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(200)]
    [InlineData(4000)]
    public void Compare_InCells_StaysWithinTheErrorItStates(int cells)
    {
        const string Columns = "x REAL, whole INTEGER, rounded REAL, big INTEGER, member BOOLEAN, day DATE, city TEXT, id TEXT, any";
        _file.Make("a", Columns, Rows(new Random(1), 3000, 0));
        _file.Make("b", Columns, Rows(new Random(2), 2500, 0.2));
        DriftReport exact = _file.InMemory("SELECT * FROM a", "SELECT * FROM b");

        DriftReport report = _file.InSql(SqlSource.Table("a"), SqlSource.Table("b"), sql: new SqlDriftOptions { HistogramCells = cells }).Report;

        foreach (ColumnDrift column in exact.Columns.Where(c => c.Type == DriftColumnType.Numeric))
        {
            string note = Assert.Single(report[column.Name].Notes, note => note.StartsWith($"approximate, {cells} cells", StringComparison.Ordinal));
            double[] bounds = [.. note.Split(' ', ',').Where(word => double.TryParse(word, out _)).Select(double.Parse)];
            Assert.InRange(column["ks"].Statistic, bounds[1] - 1e-6, bounds[2] + 1e-6); // the note rounds to 6 places
            Assert.Equal(column["wasserstein"].Statistic, report[column.Name]["wasserstein"].Statistic, (bounds[3] * 1.01) + 1e-12);
            Assert.Equal(column.Bins!.Reference.Sum(), report[column.Name].Bins!.Reference.Sum());
        }

        // Seven different values in any number of cells from 16 on: nothing is lost.
        Assert.Equal(exact["whole"]["ks"].Statistic, report["whole"]["ks"].Statistic);
        Assert.Equal(exact["whole"]["psi"].Statistic, report["whole"]["psi"].Statistic, 1e-12);
        Assert.Equal(exact["city"]["chi2"], report["city"]["chi2"]);
    }

    /// <summary>Rows of every kind: bells, whole and rounded numbers, truth values, days, levels, identifiers, with gaps.</summary>
    private static IEnumerable<object?[]> Rows(Random random, int count, double shift)
    {
        for (int i = 0; i < count; i++)
        {
            double x = random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5 + shift;
            yield return
            [
                random.Next(20) == 0 && i > 0 ? null : x,
                (long)random.Next(7),
                Math.Round(x, 1),
                (1L << 40) + random.Next(1000),
                random.NextDouble() < 0.3 + shift ? 1L : 0L,
                $"2025-0{random.Next(1, 9)}-1{random.Next(10)}",
                random.Next(15) == 0 && i > 0 ? null : "ABCDÄé"[random.Next(6)].ToString(),
                $"id-{random.Next()}-{i}",
                random.Next(2) == 0 ? random.Next(5) : x,
            ];
        }
    }

    private sealed class Immediate(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
