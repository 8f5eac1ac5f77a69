using System.Text.RegularExpressions;
using MlOps.Drift.Dashboards;
using MlOps.Drift.Monitoring;

namespace MlOps.Drift.Tests.Dashboards;

public sealed class MonitorPageTests
{
    private static string Page()
    {
        using ModelMonitor monitor = MadeMonitor.Create();
        return MonitorPage.ToHtml(monitor.History());
    }

    [Fact]
    public void Write_DriftedMonitor_SaysHowItStandsAndShowsEveryTopic()
    {
        string page = Page();

        Assert.Contains("class=\"state critical\"", page, StringComparison.Ordinal);
        foreach (string heading in new[] { "Alerts", "Volume", "Drift", "Latency", "Metrics", "What the checks found in the last batch" })
        {
            Assert.Contains($"<h2>{heading}</h2>", page, StringComparison.Ordinal);
        }

        Assert.Contains("&#39;income&#39; drifted significantly", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NamesFromTheData_NeverBecomeMarkup()
    {
        string page = Page();

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.Contains("<title>loans &amp; &lt;co&gt;</title>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_EveryChart_HasADescriptionAndItsNumbers()
    {
        string page = Page();

        int charts = Regex.Count(page, "<figure>");
        Assert.True(charts >= 4, $"{charts} charts");
        Assert.Equal(charts, Regex.Count(page, "<summary>The numbers</summary>"));
        Assert.Equal(charts, Regex.Count(page, "<svg[^>]*role=\"img\""));
    }

    [Fact]
    public void Write_AnyPage_AsksForNothingFromElsewhere() =>
        Assert.DoesNotMatch("(src|href)=\"|url\\((?!#)|@import|https?://(?!www\\.w3\\.org)", Page());

    [Fact]
    public void Write_NoBatch_SaysSo()
    {
        using var monitor = new ModelMonitor("new", []);

        string page = MonitorPage.ToHtml(monitor.History());

        Assert.Contains("No batch has come yet.", page, StringComparison.Ordinal);
        Assert.Contains("Quiet: no open alert", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ManyBatches_StaysBelowAMegabyte()
    {
        StoredBatch[] batches = [.. Enumerable.Range(0, 5000).Select(i => new StoredBatch($"b{i}", At(i), At(i + 1), At(i + 1), 100 + (i % 7), AlertSeverity.None))];
        Measurement[] measurements = [.. batches.SelectMany(b => Enumerable.Range(0, 20).Select(c =>
            new Measurement(b.Until, b.Id, MeasurementKind.Drift, "drift", $"column {c}", "psi", c / 100.0, 0.1)))];

        string page = MonitorPage.ToHtml(new MonitorHistory("many", batches, measurements, [], [], []));

        Assert.InRange(page.Length, 10_000, 1_000_000);
        Assert.Contains("column 19", page, StringComparison.Ordinal);

        static DateTimeOffset At(int hour) => new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hour);
    }

    [Fact]
    public void Save_FolderThatIsNotThere_LeavesNothing()
    {
        using ModelMonitor monitor = MadeMonitor.Create();
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "page.html");

        Assert.ThrowsAny<IOException>(() => MonitorPage.WriteHtml(monitor.History(), path));
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    [Fact]
    public void Save_OldPage_IsReplaced()
    {
        using ModelMonitor monitor = MadeMonitor.Create();
        string path = Path.GetTempFileName();
        try
        {
            MonitorPage.WriteHtml(monitor.History(), path);

            Assert.StartsWith("<!doctype html>", File.ReadAllText(path), StringComparison.Ordinal);
            Assert.False(File.Exists(path + ".part"));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
