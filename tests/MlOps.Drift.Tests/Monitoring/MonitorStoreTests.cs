using MlOps.Drift.Monitoring;
using static MlOps.Drift.Tests.Monitoring.MonitorSamples;

namespace MlOps.Drift.Tests.Monitoring;

public sealed class MonitorStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-store-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Add_AnyDouble_ComesBackExactly()
    {
        using var store = MonitorStore.Open(At("m.db"));
        double[] values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1e-300, double.Epsilon, double.MaxValue, 0.1 + 0.2];
        store.Add("m", values.Select((v, i) => new Measurement(Start.AddTicks(i), "", MeasurementKind.Metric, "c", "s", $"{i}", v, i == 0 ? null : v)));
        Measurement[] read = [.. store.Read("m").Measurements];
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits).Skip(1), read.Skip(1).Select(m => BitConverter.DoubleToInt64Bits(m.Value)));
        Assert.True(double.IsNaN(read[0].Value));
        Assert.Equal(Start.AddTicks(3), read[3].Time);
    }

    [Fact]
    public void Read_ARange_CountsTheEndOfThePeriod()
    {
        using var store = MonitorStore.Open(At("m.db"));
        using var monitor = new ModelMonitor("m", [], new MonitorOptions { Store = store });
        for (int day = 0; day < 10; day++)
        {
            monitor.Run(Day(day, Rows(5)));
        }

        Assert.Equal(3, store.Read("m", Start.AddDays(3), Start.AddDays(5)).Batches.Count);
        Assert.Empty(store.Read("other").Batches);
        Assert.Equal(["m"], store.Monitors());
        Assert.Equal(5, store.Prune(Start.AddDays(6)));
        Assert.Equal(5, store.Read("m").Batches.Count);
        Assert.All(store.Read("m").Measurements, m => Assert.True(m.Time >= Start.AddDays(6)));
    }

    [Fact]
    public void Run_LockedByAnother_NamesTheFileAndCanBeRetried()
    {
        using var store = MonitorStore.Open(At("m.db"), TimeSpan.FromMilliseconds(200));
        using var monitor = new ModelMonitor("m", [], new MonitorOptions { Store = store });
        using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={At("m.db")};Pooling=False"))
        {
            other.Open();
            using var writing = other.BeginTransaction(deferred: false);
            MonitorStoreException e = Assert.Throws<MonitorStoreException>(() => monitor.Run(Day(0, Rows(5))));
            Assert.True(e.CanRetry);
            Assert.Contains("m.db", e.Message, StringComparison.Ordinal);
            Assert.Contains("another process", e.Message, StringComparison.Ordinal);
        }

        Assert.False(monitor.Run(Day(0, Rows(5))).IsRepeat);
    }

    [Fact]
    public void Run_FullDisk_LeavesNothingOfTheBatchAndItCanBeSentAgain()
    {
        using var store = MonitorStore.Open(At("m.db"));
        var check = new ScriptedCheck("big", _ => [Finding(new string('x', 200_000), AlertSeverity.Critical, "big")]);
        using var monitor = new ModelMonitor("m", [check], new MonitorOptions { Store = store });
        store.LimitPages(60);
        MonitorStoreException e = Assert.Throws<MonitorStoreException>(() => monitor.Run(Day(0, Rows(5))));
        Assert.True(e.CanRetry);
        Assert.Contains("full", e.Message, StringComparison.Ordinal);
        Assert.Empty(store.Read("m").Batches);
        Assert.Empty(store.Read("m").Measurements);
        store.LimitPages(100_000);
        MonitorRun run = monitor.Run(Day(0, Rows(5)));
        Assert.Equal(AlertKind.Raised, Assert.Single(run.Alerts).Kind); // the failed attempt has not counted as told
        Assert.Equal(1, run.Alerts[0].Count);
    }

    [Theory]
    [InlineData("this is no database, and it is long enough to be looked at as one, surely")]
    [InlineData("SQLite format 3\0and then rubbish, rubbish, rubbish, rubbish, rubbish, rubbish, rubbish, rubbish, rubbish, rubbish, rubbish, rubbish, rubbish, rubbish")]
    public void Open_AnotherFile_SaysSo(string text)
    {
        File.WriteAllText(At("m.db"), text);
        MonitorStoreException e = Assert.Throws<MonitorStoreException>(() => MonitorStore.Open(At("m.db")));
        Assert.Contains("m.db", e.Message, StringComparison.Ordinal);
        Assert.False(e.CanRetry);
        Assert.Equal(text, File.ReadAllText(At("m.db"))); // and leaves it alone
    }

    [Fact]
    public void Open_ADatabaseOfSomethingElse_SaysSoAndLeavesItAlone()
    {
        using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={At("other.db")};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "CREATE TABLE precious (x)";
            command.ExecuteNonQuery();
        }

        Assert.Contains("something else", Assert.Throws<MonitorStoreException>(() => MonitorStore.Open(At("other.db"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoSuchFolder_SaysSo() =>
        Assert.Contains("folder", Assert.Throws<MonitorStoreException>(() => MonitorStore.Open(At("nowhere/m.db"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Copy_TakenAtAnyMoment_OpensWithWholeBatchesOnly()
    {
        // What a killed process leaves: the files as they are, without closing.
        using var store = MonitorStore.Open(At("m.db"));
        using var monitor = new ModelMonitor("m", [new ScriptedCheck("c", _ => [Finding("a", AlertSeverity.Warning, "c")])], new MonitorOptions { Store = store });
        for (int day = 0; day < 5; day++)
        {
            monitor.Run(Day(day, Rows(5)));
            string copy = At($"copy{day}.db");
            foreach (string end in new[] { "", "-wal" })
            {
                File.Copy(At("m.db") + end, copy + end);
            }

            using var after = MonitorStore.Open(copy);
            MonitorHistory history = after.Read("m");
            Assert.Equal(day + 1, history.Batches.Count);
            Assert.Equal(day + 1, history.Findings.Count);
        }
    }

    [Fact]
    public async Task Run_TwoProcessesOfOneName_CountEveryBatchOnce()
    {
        using var first = MonitorStore.Open(At("m.db"));
        using var second = MonitorStore.Open(At("m.db"));
        using var one = new ModelMonitor("m", [new Counting()], new MonitorOptions { Store = first });
        using var two = new ModelMonitor("m", [new Counting()], new MonitorOptions { Store = second });
        MonitorRun[] runs = (await Task.WhenAll(
            Task.Run(() => Enumerable.Range(0, 20).Select(day => one.Run(Day(day, Rows(5)))).ToArray()),
            Task.Run(() => Enumerable.Range(0, 20).Select(day => two.Run(Day(day, Rows(5)))).ToArray()))).SelectMany(r => r).ToArray();
        Assert.Equal(20, runs.Count(r => !r.IsRepeat));
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (double)i), first.Read("m").Series("counting", "", "seen").Select(m => m.Value).Order());
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Counts its batches: a state that both processes must hand on.</summary>
    private sealed class Counting : IStatefulCheck
    {
        private int _seen;

        public string Name => "counting";

        public CheckResult Run(Batch batch, CancellationToken cancellationToken) =>
            new([], [new Measurement(batch.Until, batch.Id, MeasurementKind.Metric, Name, "", "seen", ++_seen)]);

        public string Save() => $"{_seen}";

        public void Load(string state) => _seen = int.Parse(state, System.Globalization.CultureInfo.InvariantCulture);
    }
}
