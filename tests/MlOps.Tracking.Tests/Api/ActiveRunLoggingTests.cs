using System.Globalization;
using System.Net;
using MlOps.Charts;
using MlOps.Data;
using MlOps.Data.Images;

namespace MlOps.Tracking.Tests.Api;

public sealed class ActiveRunLoggingTests : TemporaryStore
{
    private enum Loss
    {
        Hinge,
    }

    /// <summary>Expected by the rules in the doc comment, written by hand; the test runs under a culture with a decimal comma.</summary>
    [Fact]
    public void Log_Values_AreTextInInvariantCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = german;
        try
        {
            Assert.Equal(
                ["0.1", "1E-05", "NaN", "Infinity", "-3", "true", "Hinge", "null", "text", "[1, 2.5, x]", "{a: 1, b: [true]}", "2024-05-03T00:00:00.0000000", "2024-05-03", "00:01:30", "0.25", "1.5"],
                new object?[]
                {
                    0.1, 1e-5, double.NaN, double.PositiveInfinity, -3, true, Loss.Hinge, null, "text", new object[] { 1, 2.5, "x" },
                    new Dictionary<string, object> { ["a"] = 1, ["b"] = new[] { true } }, new DateTime(2024, 5, 3), new DateOnly(2024, 5, 3), TimeSpan.FromSeconds(90), 0.25f, 1.5m,
                }.Select(ValueText.Of));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Log_PairsObjectAndDictionary_AreParameters()
    {
        Run run = Logged(run =>
        {
            run.Log(("lr", 0.01), ("model", "tree"));
            run.Log(new { depth = 3, balanced = true });
            run.Log(new Dictionary<string, double> { ["l2"] = 0.5 });
            run.Log(("lr", 0.01));
        });
        Assert.Equal([new Param("balanced", "true"), new Param("depth", "3"), new Param("l2", "0.5"), new Param("lr", "0.01"), new Param("model", "tree")], run.Params);
    }

    [Fact]
    public void Log_ChangedValue_IsRefusedWithAllOfTheCall()
    {
        Run run = Logged(run =>
        {
            run.Log(("lr", 0.01));
            Assert.Equal(TrackingError.InvalidParameterValue, Assert.Throws<TrackingException>(() => run.Log(("depth", 3), ("lr", 0.02))).Error);
        });
        Assert.Equal([new Param("lr", "0.01")], run.Params);
    }

    [Fact]
    public void Log_WhatHasNoNames_IsRefused()
    {
        using Tracker tracker = Open();
        using ActiveRun run = tracker.StartRun();
        foreach (object settings in (object[])["lr", 0.1, new[] { 1, 2 }])
        {
            Assert.Equal("settings", Assert.Throws<ArgumentException>(() => run.Log(settings)).ParamName);
        }
    }

    [Fact]
    public void Log_TenThousandLines_AreCutAndKeptWholeAsAnArtifact()
    {
        string text = string.Join('\n', Enumerable.Range(0, 10_000));
        using Tracker tracker = Open();
        using ActiveRun run = tracker.StartRun();
        run.Log(("config", text));
        Assert.Equal(text[..6000], run.Read().Param("config"));
        Assert.Equal(text, ReadArtifact(tracker, run, "params/config.txt"));
    }

    [Fact]
    public void Metric_NanAndInfinity_AreKept()
    {
        using Tracker tracker = Open();
        using ActiveRun run = tracker.StartRun();
        double[] values = [1.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0];
        for (int i = 0; i < values.Length; i++)
        {
            run.Metric("loss", values[i], i);
        }

        Assert.Equal(values, tracker.Store.GetMetricHistory(run.Id, "loss").Select(m => m.Value));
    }

    [Fact]
    public void Metric_KeyAtAndOverTheLimit_IsKeptAndRefused()
    {
        using Tracker tracker = Open();
        using ActiveRun run = tracker.StartRun();
        run.Metric(new string('k', 250), 1);
        Assert.Equal(TrackingError.InvalidParameterValue, Assert.Throws<TrackingException>(() => run.Metric(new string('k', 251), 1)).Error);
        Assert.Equal(TrackingError.InvalidParameterValue, Assert.Throws<TrackingException>(() => run.Metric("../up", 1)).Error);
        Assert.Single(run.Read().Metrics);
    }

    [Fact]
    public void Metrics_OfAStep_AreAllOrNone()
    {
        Run run = Logged(run =>
        {
            run.Metrics(3, ("loss", 0.5), ("acc", 0.8));
            Assert.Throws<TrackingException>(() => run.Metrics(4, ("loss", 0.4), ("", 1)));
            run.Metrics([new Metric("own", 1, 77, 5)]);
        });
        Assert.Equal([("acc", 0.8, 3L), ("loss", 0.5, 3L), ("own", 1, 5L)], run.Metrics.Select(m => (m.Key, m.Value, m.Step)));
        Assert.Equal((0.8, null), (run.Metric("acc"), run.Metric("other")));
    }

    [Fact]
    public void Artifact_FileFolderTextBytes_AreKept()
    {
        string folder = Directory.CreateDirectory(Path.Join(Folder, "plots", "sub")).Parent!.FullName;
        File.WriteAllText(Path.Join(folder, "a.txt"), "a");
        File.WriteAllText(Path.Join(folder, "sub", "b.txt"), "b");
        using Tracker tracker = Open();
        using ActiveRun run = tracker.StartRun();
        run.Artifact(folder + Path.DirectorySeparatorChar);
        run.Artifact(Path.Join(folder, "a.txt"));
        run.Artifact("notes/é.txt", "ünder");
        run.Artifact("raw.bin", [1, 2, 3]);
        Assert.Equal(("a", "b", "a", "ünder"), (ReadArtifact(tracker, run, "plots/a.txt"), ReadArtifact(tracker, run, "plots/sub/b.txt"), ReadArtifact(tracker, run, "a.txt"), ReadArtifact(tracker, run, "notes/é.txt")));
        Assert.Equal(["a.txt", "notes", "plots", "raw.bin"], tracker.Store.OpenArtifacts(run.Info.ArtifactUri).List().Select(f => f.Path));
        Assert.Throws<FileNotFoundException>(() => run.Artifact(Path.Join(Folder, "nowhere")));
        Assert.Throws<TrackingException>(() => run.Artifact("../up.txt", "x"));
    }

    [Fact]
    public void Artifact_FigureAndTable_TakeTheFormOfTheirEnding()
    {
        using Tracker tracker = Open();
        using ActiveRun run = tracker.StartRun();
        Figure figure = Chart.Line([1, 2, 3], [1, 4, 9], "squares");
        run.Artifact("g.svg", figure);
        run.Artifact("g.html", figure);
        run.Artifact("g.json", figure);
        run.Artifact("t.csv", new Table(Column.Of("x", [1.5, 2])));
        Assert.StartsWith("<svg", ReadArtifact(tracker, run, "g.svg"), StringComparison.Ordinal);
        Assert.Contains(figure.ToSvg(), ReadArtifact(tracker, run, "g.html"), StringComparison.Ordinal);
        Assert.Equal(figure.ToPlotlyJson(), ReadArtifact(tracker, run, "g.json"));
        Assert.Equal("x\n1.5\n2.0\n", ReadArtifact(tracker, run, "t.csv"));
        Assert.Equal("name", Assert.Throws<ArgumentException>(() => run.Artifact("g.png", figure)).ParamName);
        Assert.Equal("name", Assert.Throws<ArgumentException>(() => run.Artifact("t.xlsx", new Table(Column.Of("x", [1.0])))).ParamName);
    }

    [Fact]
    public void Image_PixelsAndSet_ArePng()
    {
        using Tracker tracker = Open();
        using ActiveRun run = tracker.StartRun();
        run.Image("grey", new double[,] { { 0, 0.5, 2 }, { 1, -1, 0.25 } });
        run.Image("leaf.png", new ImageSet(1, 1, 2, [0, 255], [0]), 0);
        run.Image("copy/again", Png.Encode([7], 1, 1, 1));
        Assert.Equal(Png.Encode([0, 128, 255, 255, 0, 64], 1, 2, 3), Bytes(tracker, run, "grey.png"));
        Assert.Equal(Png.Encode([0, 255], 1, 1, 2), Bytes(tracker, run, "leaf.png"));
        Assert.Equal(Png.Encode([7], 1, 1, 1), Bytes(tracker, run, "copy/again.png"));
        Assert.Throws<ArgumentException>(() => run.Image("x", [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => run.Image("x", new[,] { { double.NaN } }));
    }

    [Fact]
    public void Card_HostileNamesAndValues_AreShownAsText()
    {
        using Tracker tracker = Open();
        using ActiveRun run = tracker.StartRun("<script>alert(1)</script>");
        run.Log(("model", "<img src=x onerror=alert(1)>"));
        run.Metric("acc", 0.875);
        string html = run.ToMimeBundle()["text/html"];
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode("<img src=x onerror=alert(1)>"), html, StringComparison.Ordinal);
        Assert.Contains("acc = 0.875, model = <img", run.Read().ToString(), StringComparison.Ordinal);
    }

    private Run Logged(Action<ActiveRun> log)
    {
        using Tracker tracker = Open();
        using ActiveRun run = tracker.StartRun();
        log(run);
        return run.Read();
    }

    private static byte[] Bytes(Tracker tracker, ActiveRun run, string path)
    {
        using Stream stream = tracker.Store.OpenArtifacts(run.Info.ArtifactUri).OpenRead(path);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static string ReadArtifact(Tracker tracker, ActiveRun run, string path) => System.Text.Encoding.UTF8.GetString(Bytes(tracker, run, path));
}
