using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace MlOps.Cli.Tests;

public sealed class MonitorVerbTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-monitor-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Init_ItsConfiguration_WatchesTheReferenceQuietly()
    {
        string reference = Csv("ref.csv", rows: 2000, shiftFrom: 2000);
        CommandResult init = MlopsCommand.Run("monitor", "init", "--reference", reference);
        Assert.True(init.ExitCode == 0, init.Errors);
        File.WriteAllText(At("m.yaml"), init.Output);
        CommandResult result = MlopsCommand.Run("monitor", reference, "--config", At("m.yaml"));
        Assert.True(result.ExitCode == 0, result.Errors + result.Output);
        Assert.Contains("2 batches, 2,000 rows, 0 alerts", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Monitor_AShift_IsToldAndSetsTheExitCode()
    {
        Config();
        string stream = Csv("stream.csv", rows: 1000, shiftFrom: 600);
        CommandResult text = MlopsCommand.Run("monitor", stream, "--config", At("m.yaml"), "--history", At("m.db"));
        Assert.Equal(1, text.ExitCode);
        Assert.Contains("CRITICAL drift: 'x' drifted significantly", text.Output, StringComparison.Ordinal);
        Assert.Contains("stream.csv#1-200  200 rows  quiet", text.Output, StringComparison.Ordinal);
        CommandResult again = MlopsCommand.Run("monitor", stream, "--config", At("m.yaml"), "--history", At("m.db"));
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("0 batches, 0 rows, 0 alerts, 5 batches were checked before; open: drift", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Monitor_Json_IsALineABatch()
    {
        Config();
        CommandResult result = MlopsCommand.Run("monitor", Csv("stream.csv", rows: 1000, shiftFrom: 600), "--config", At("m.yaml"), "--json", "--fail-on", "critical");
        Assert.Equal(1, result.ExitCode);
        JsonNode[] lines = [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(["none", "none", "none", "critical", "critical"], lines[..5].Select(line => (string)line["worst"]!));
        Assert.Equal("drift", (string)lines[3]["alerts"]![0]!["group"]!);
        Assert.Equal(1000, (int)lines[5]["summary"]!["rows"]!);
    }

    [Theory]
    [InlineData("cool-down: 1h", "cooldown: 1h", "m.yaml, line 7: unknown key 'cooldown' under 'alerts'; did you mean 'cool-down'?")]
    [InlineData("window: { rows: 200 }", "window: { every: 1d, time: ts }", "stream.csv: there is no column 'ts' for the time of a row. There are: x.")]
    [InlineData("ref.csv", "gone.csv", "gone.csv")]
    public void Monitor_BadConfiguration_EndsWith2AndOneMessage(string right, string wrong, string told)
    {
        Config();
        File.WriteAllText(At("m.yaml"), File.ReadAllText(At("m.yaml")).Replace(right, wrong, StringComparison.Ordinal));
        CommandResult result = MlopsCommand.Run("monitor", Csv("stream.csv", 100, 100), "--config", At("m.yaml"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(told, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Monitor_KilledWhileItFollows_GoesOnAsIfNothingHadHappened()
    {
        Config();
        string text = File.ReadAllText(Csv("whole.csv", rows: 1000, shiftFrom: 600));
        CommandResult whole = MlopsCommand.Run("monitor", At("whole.csv"), "--config", At("m.yaml"), "--json");
        File.WriteAllText(At("stream.csv"), text[..(text.Length / 2)]);
        using (Process first = MlopsCommand.Start(MlopsCommand.RepositoryRoot, "monitor", At("stream.csv"), "--config", At("m.yaml"), "--history", At("m.db"), "--follow", "--json"))
        {
            string? line = await first.StandardOutput.ReadLineAsync().WaitAsync(s_patience);
            Assert.Contains("#1-200", line, StringComparison.Ordinal);
            first.Kill(); // SIGKILL
            await first.WaitForExitAsync().WaitAsync(s_patience);
        }

        File.WriteAllText(At("stream.csv"), text);
        CommandResult second = MlopsCommand.Run("monitor", At("stream.csv"), "--config", At("m.yaml"), "--history", At("m.db"), "--json");
        CommandResult third = MlopsCommand.Run("monitor", At("stream.csv"), "--config", At("m.yaml"), "--history", At("m.db"), "--json");
        Assert.Equal(5, (int)Summary(third)["repeats"]!); // every batch is stored, once
        // What the second run found is what the uninterrupted one found from there on.
        string[] expected = [.. Findings(whole)];
        string[] got = [.. Findings(second)];
        Assert.Equal(expected[^got.Length..], got);
    }

    [Fact]
    public async Task Monitor_CtrlC_EndsCleanlyWithTheStateSaved()
    {
        Config();
        Csv("stream.csv", rows: 500, shiftFrom: 500);
        using Process process = MlopsCommand.Start(MlopsCommand.RepositoryRoot, "monitor", At("stream.csv"), "--config", At("m.yaml"), "--history", At("m.db"), "--follow");
        await process.StandardOutput.ReadLineAsync().WaitAsync(s_patience);
        await process.StandardOutput.ReadLineAsync().WaitAsync(s_patience);
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync().WaitAsync(s_patience);
        string rest = await process.StandardOutput.ReadToEndAsync();
        Assert.Contains("2 batches, 400 rows", rest, StringComparison.Ordinal);
        Assert.Contains("100 rows waited", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public void Monitor_Page_IsWrittenWithTheHistory()
    {
        Config();
        CommandResult result = MlopsCommand.Run("monitor", Csv("stream.csv", rows: 1000, shiftFrom: 600), "--config", At("m.yaml"), "--html", At("page.html"));
        Assert.Equal(1, result.ExitCode);
        string page = File.ReadAllText(At("page.html"));
        Assert.Contains("<h2>Drift</h2>", page, StringComparison.Ordinal);
        Assert.Contains("class=\"state critical\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Monitor_Serve_ShowsThePageUntilCtrlC()
    {
        Config();
        Csv("stream.csv", rows: 1000, shiftFrom: 600);
        using Process process = MlopsCommand.Start(MlopsCommand.RepositoryRoot, "monitor", At("stream.csv"), "--config", At("m.yaml"), "--serve", "0");
        string? line = await process.StandardError.ReadLineAsync().WaitAsync(s_patience);
        var address = new Uri(line!.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal)));
        await process.StandardError.ReadLineAsync().WaitAsync(s_patience); // the stream has ended
        using var browser = new HttpClient { Timeout = s_patience };
        Assert.Contains("class=\"state critical\"", await browser.GetStringAsync(address), StringComparison.Ordinal);
        Assert.Contains("model_alert_open", await browser.GetStringAsync(new Uri(address, "metrics")), StringComparison.Ordinal);
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync().WaitAsync(s_patience);
        }

        await process.WaitForExitAsync().WaitAsync(s_patience);
        Assert.Equal(1, process.ExitCode);
    }

    [Fact]
    public async Task Monitor_StandardInput_IsRead()
    {
        Config();
        string text = File.ReadAllText(Csv("stream.csv", rows: 400, shiftFrom: 400));
        var start = new ProcessStartInfo("dotnet", [MlopsCommand.Assembly, "monitor", "-", "--config", At("m.yaml")]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["MLOPS_ROOT"] = MlopsCommand.RepositoryRoot;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(text);
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync().WaitAsync(s_patience);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("2 batches, 400 rows", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Monitor_Otlp_SendsNumbersAndAlertsToTheCollectorThatWasNamed()
    {
        int port = FreePort();
        using var collector = new HttpListener();
        collector.Prefixes.Add($"http://localhost:{port}/");
        collector.Start();
        var received = new Dictionary<string, string>();
        Task receiving = Task.Run(async () =>
        {
            while (collector.IsListening)
            {
                try
                {
                    HttpListenerContext call = await collector.GetContextAsync();
                    using var body = new MemoryStream();
                    await call.Request.InputStream.CopyToAsync(body);
                    received[call.Request.Url!.AbsolutePath] = Encoding.UTF8.GetString(body.ToArray());
                    call.Response.Close();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        });
        Config($"  - otlp: http://localhost:{port}\n");
        CommandResult result = MlopsCommand.Run("monitor", Csv("stream.csv", rows: 400, shiftFrom: 0), "--config", At("m.yaml"));
        collector.Stop();
        await receiving;
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("model.drift.score", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("monitor.batch", received["/v1/traces"], StringComparison.Ordinal);
    }

    [Fact]
    public void Store_InANotebookBesideSqlCells_SharesTheirSqlite()
    {
        using var notebook = new TestNotebook(
            "#!sql\nSELECT 40 + 2 AS answer",
            "using MlOps.Drift.Monitoring;\nusing var store = MonitorStore.InMemory();\nstore.Add(\"m\", new Measurement(DateTimeOffset.UnixEpoch, \"\", MeasurementKind.Metric, \"c\", \"\", \"n\", 42));\nstore.Read(\"m\").Measurements[0].Value",
            "#!sql\nSELECT 40 + 3 AS answer");
        CommandResult run = MlopsCommand.Run("execute", notebook.Input, "-o", notebook.Output);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("42", string.Concat(notebook.TextsOf(2)), StringComparison.Ordinal);
        Assert.Contains("43", string.Concat(notebook.TextsOf(3)), StringComparison.Ordinal);
    }

    private static JsonNode Summary(CommandResult result) => JsonNode.Parse(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!["summary"]!;

    private static IEnumerable<string> Findings(CommandResult result) =>
        result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[..^1].Select(line => JsonNode.Parse(line)!["findings"]!.ToJsonString());

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Config(string sinks = "")
    {
        Csv("ref.csv", rows: 500, shiftFrom: 500);
        File.WriteAllText(At("m.yaml"), $$"""
            monitor: test
            reference: ref.csv
            window: { rows: 200 }
            checks:
              - drift: {}
              - stream: { column: x, detector: page-hinkley }
            alerts: { cool-down: 1h }
            sinks:
              - console
            {{sinks}}
            """);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>x spread evenly over [0, 1), and over [3, 4) from a row on.</summary>
    private string Csv(string name, int rows, int shiftFrom)
    {
        var text = new StringBuilder("x\n");
        for (int i = 0; i < rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i >= shiftFrom ? 3 : 0) + (i * 0.618034 % 1)}\n");
        }

        File.WriteAllText(At(name), text.ToString());
        return At(name);
    }
}
