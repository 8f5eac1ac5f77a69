using System.Diagnostics;
using System.Globalization;
using System.Text;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Files;

/// <summary>Several processes and processes that are killed. What a process has said to have logged must be there.</summary>
public sealed class FileProcessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-processes-");
    private readonly ITrackingStore _store;
    private readonly string _run;

    public FileProcessTests()
    {
        _store = TrackingStore.Open(_folder.FullName);
        _run = _store.CreateRun(new NewRun()).Info.RunId;
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task LogMetric_ProcessKilled_EverythingAcknowledgedIsThere()
    {
        int rounds = int.Parse(Environment.GetEnvironmentVariable("MLOPS_KILL_ROUNDS") ?? "10", CultureInfo.InvariantCulture);
        var random = new Random(7);
        for (int round = 0; round < rounds; round++)
        {
            string key = $"round {round}";
            using Process child = Start("log-to-files", _folder.FullName, _run, key);
            var said = new MemoryStream();
            Task reading = child.StandardOutput.BaseStream.CopyToAsync(said);
            Assert.True(SpinWait.SpinUntil(() => said.Length > 0 || child.HasExited, TimeSpan.FromSeconds(30)));
            await Task.Delay(random.Next(60));
            child.Kill();
            await child.WaitForExitAsync();
            await reading;

            string text = Encoding.ASCII.GetString(said.ToArray());
            int last = int.Parse(text[..text.LastIndexOf('\n')].Split('\n')[^1], CultureInfo.InvariantCulture);
            IReadOnlyList<Metric> points = _store.GetMetricHistory(_run, key);
            Assert.InRange(points.Count, last + 1, last + 2); // one more may have been written and not yet said
            Assert.Equal(Enumerable.Range(0, points.Count).Select(i => new Metric(key, i * 0.1, i, i)), points);
            Run run = _store.GetRun(_run);
            for (int i = 0; i <= last; i += 100)
            {
                Assert.Contains(new Param($"{key}/{i}", $"{i}"), run.Params);
                Assert.True(int.Parse(run.Tags.Single(t => t.Key == key).Value, CultureInfo.InvariantCulture) >= i);
            }

            _store.LogMetric(_run, new Metric(key, -1, 0, -1)); // and the run still takes more
            Assert.Equal(points.Count + 1, _store.GetMetricHistory(_run, key).Count);
        }
    }

    [Fact]
    public void LogMetric_TwoProcessesAndThisOne_NothingIsLostOrTorn()
    {
        const int each = 2_000;
        using Process first = Start("log-to-files", _folder.FullName, _run, "0", $"{each}");
        using Process second = Start("log-to-files", _folder.FullName, _run, $"{each}", $"{each}");
        LogMany(_folder.FullName, _run, $"{2 * each}", $"{each}");
        first.WaitForExit();
        second.WaitForExit();
        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal(Enumerable.Range(0, 3 * each).Select(i => new Metric("shared", i, 0, i)), _store.GetMetricHistory(_run, "shared"));
        Assert.Equal(3 * each, File.ReadAllLines(Path.Combine(_folder.FullName, "0", _run, "metrics", "shared")).Length);
        Run run = _store.GetRun(_run);
        Assert.Equal(3, run.Tags.Count(t => t.Key.StartsWith("from ", StringComparison.Ordinal)));
        Assert.Equal("done", run.Info.Name);
    }

    [Fact]
    public void LogParam_ManyAtOnceThroughTwoStores_OneValueWins()
    {
        using ITrackingStore other = TrackingStore.Open(_folder.FullName);
        for (int round = 0; round < 10; round++)
        {
            string key = $"p{round}";
            int accepted = 0;
            Parallel.For(0, 8, i =>
            {
                try
                {
                    (i % 2 == 0 ? _store : other).LogParam(_run, new Param(key, $"{i}"));
                    Interlocked.Increment(ref accepted);
                }
                catch (TrackingException e) when (e.Error == TrackingError.InvalidParameterValue)
                {
                }
            });
            Assert.Equal(1, accepted);
        }
    }

    [Fact]
    public void CreateExperiment_ManyAtOnceThroughTwoStores_OneGetsTheName()
    {
        using ITrackingStore other = TrackingStore.Open(_folder.FullName);
        int made = 0;
        Parallel.For(0, 8, i =>
        {
            try
            {
                (i % 2 == 0 ? _store : other).CreateExperiment("one");
                Interlocked.Increment(ref made);
            }
            catch (TrackingException e) when (e.Error == TrackingError.ResourceAlreadyExists)
            {
            }
        });
        Assert.Equal(1, made);
    }

    [Fact]
    public void Lock_HeldTooLong_SaysSoAndWritesNothing()
    {
        using ITrackingStore hasty = TrackingStore.Open(_folder.FullName, new StoreOptions { LockTimeout = TimeSpan.FromMilliseconds(50) });
        using (new FileStream(Path.Combine(_folder.FullName, ".mlops.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            var refusal = Assert.Throws<TrackingException>(() => hasty.LogParam(_run, new Param("p", "1")));
            Assert.Equal(TrackingError.TemporarilyUnavailable, refusal.Error);
            Assert.Contains(".mlops.lock", refusal.Message, StringComparison.Ordinal);
            hasty.LogMetric(_run, new Metric("m", 1, 1)); // a point needs no lock
            Assert.Empty(hasty.GetRun(_run).Params);
        }

        hasty.LogParam(_run, new Param("p", "1"));
        Assert.Single(_store.GetRun(_run).Params);
    }

    /// <summary>Logs point after point and says the number of each when it is logged.</summary>
    internal static int LogForEver(string folder, string run, string key)
    {
        using ITrackingStore store = TrackingStore.Open(folder);
        using Stream said = Console.OpenStandardOutput();
        for (int i = 0; ; i++)
        {
            store.LogMetric(run, new Metric(key, i * 0.1, i, i));
            if (i % 100 == 0)
            {
                store.LogParam(run, new Param($"{key}/{i}", $"{i}"));
                store.SetTag(run, new Tag(key, $"{i}"));
            }

            said.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{i}\n")));
        }
    }

    /// <summary>Logs points of one metric with the steps from a number on, alone and in batches, and other things between.</summary>
    internal static int LogMany(string folder, string run, string first, string count)
    {
        using ITrackingStore store = TrackingStore.Open(folder);
        int start = int.Parse(first, CultureInfo.InvariantCulture);
        int end = start + int.Parse(count, CultureInfo.InvariantCulture);
        store.SetTag(run, new Tag($"from {first}", "here"));
        for (int i = start; i < end; i += 10)
        {
            for (int j = i; j < i + 5; j++)
            {
                store.LogMetric(run, new Metric("shared", j, 0, j));
            }

            store.LogBatch(run, [.. Enumerable.Range(i + 5, 5).Select(j => new Metric("shared", j, 0, j))], [], []);
            if (i % 500 == 0)
            {
                store.UpdateRun(run, RunStatus.Running, name: "done");
            }
        }

        return 0;
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [typeof(Child).Assembly.Location, .. arguments]) { RedirectStandardOutput = true })!;
}
