using System.CommandLine;
using System.Globalization;
using MlOps.Data;
using MlOps.Drift.Dashboards;
using MlOps.Drift.Monitoring;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops monitor</c>: a stream of rows, cut into windows, checked one after the other.</summary>
internal sealed class MonitorVerb
{
    private readonly Argument<string> _stream = new("stream") { Description = "CSV file to watch, or - for standard input." };
    private readonly Option<string> _config = new("--config") { Description = "YAML file that says what to watch and whom to tell; './mlops monitor init' writes one.", Required = true };
    private readonly Option<string?> _store = new("--history") { Description = "SQLite file with the history and the state; made if it is not there. Without it nothing is kept." };
    private readonly Option<bool> _json = SharedOptions.Json("a line a batch");
    private readonly Option<string?> _failOn = new("--fail-on") { Description = "Exit with 1 if an alert of this severity or above was raised; warning without it." };
    private readonly Option<bool> _follow = new("--follow") { Description = "Wait for more rows at the end of the file, until Ctrl-C." };

    private readonly Option<string?> _page = SharedOptions.Html("the history, after every batch");
    private readonly Option<int?> _serve = new("--serve") { Description = "Show the page at http://localhost:PORT/ while the command runs, and until Ctrl-C; 0 takes a free port. Also serves /metrics." };

    internal static Command Create()
    {
        var options = new MonitorVerb();
        options._failOn.AcceptOnlyFromAmong("warning", "critical");
        var verb = new Verb(
            "monitor",
            "Watches a stream of rows: drift, volume, latency, errors; tells people what matters and keeps the history. Exit code 0 quiet, 1 an alert at the severity of --fail-on, 2 bad input.",
            "./mlops monitor init --reference train.csv > monitor.yaml",
            "./mlops monitor today.csv --config monitor.yaml --history monitor.db",
            "./mlops monitor requests.csv --config monitor.yaml --history monitor.db --follow",
            "./mlops monitor requests.csv --config monitor.yaml --follow --serve 8090",
            "./mlops monitor today.csv --config monitor.yaml --html monitor.html",
            "tail -F requests.csv | ./mlops monitor - --config monitor.yaml --json --fail-on critical")
        {
            options._stream, options._config, options._store, options._json, options._failOn, options._follow, options._page, options._serve, Init(),
        };
        verb.SetAction(options.Run);
        return verb;
    }

    private static Verb Init()
    {
        var reference = new Option<string>("--reference") { Description = "CSV file that later rows are compared with, such as the training data.", Required = true };
        var verb = new Verb("init", "Writes a configuration with comments to standard output. Exit code 0, or 2 for bad input.", "./mlops monitor init --reference train.csv > monitor.yaml") { reference };
        verb.SetAction((parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(reference);
            Console.Out.Write(MonitorConfigTemplate.Of(Table.ReadCsv(path, cancellationToken: cancellation), path));
            return Task.FromResult(Program.Ok);
        });
        return verb;
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        string path = parsed.GetRequiredValue(_config);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: there is no such file. './mlops monitor init --reference train.csv > {path}' writes one.");
        }

        bool json = parsed.GetValue(_json);
        bool follow = parsed.GetValue(_follow);
        string stream = parsed.GetRequiredValue(_stream);
        var config = MonitorConfig.FromYaml(await File.ReadAllTextAsync(path, cancellation), path);
        Table? reference = config.Reference is { } file ? Table.ReadCsv(file, cancellationToken: cancellation) : null;
        using TextReader reader = Open(stream);
        using MonitorStore store = parsed.GetValue(_store) is { } kept ? MonitorStore.Open(kept) : MonitorStore.InMemory();
        using var told = new StringWriter();
        await using var sinks = new MonitorSinks(config.Sinks, json ? null : told);
        using var monitor = new ModelMonitor(config.Name, config.Checks(reference), new MonitorOptions
        {
            Store = store,
            Alerts = config.Alerts,
            Sinks = sinks.All,
            Retention = config.Retention,
            CoolDownInBatchTime = !follow && config.Window.TimeColumn is not null, // old rows go by in no time
        });
        var journal = new MonitorJournal(json, told);
        string? page = parsed.GetValue(_page);
        using LivePage? live = parsed.GetValue(_serve) is { } port ? Serve(monitor, port) : null;
        string source = stream == "-" ? FormattableString.Invariant($"stdin {DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ}") : Path.GetFileName(stream);
        var batches = new CsvBatches(source, config.Window, reference);
        try
        {
            await foreach (Batch batch in batches.ReadAsync(reader, follow, cancellation))
            {
                journal.Add(monitor.Run(batch, cancellation));
                if (config.Retrain is { } policy)
                {
                    journal.Add(Decide(policy, monitor, store));
                }

                Draw(monitor, page);
            }
        }
        catch (OperationCanceledException) when (follow)
        {
            MonitorJournal.Interrupted(batches.Waiting); // Ctrl-C is how following ends; every batch so far is stored
        }

        Draw(monitor, page); // also when no batch came
        journal.Close(batches.Unreported, monitor.Snapshot());
        await Stay(live, cancellation);
        AlertSeverity gate = parsed.GetValue(_failOn) is "critical" ? AlertSeverity.Critical : AlertSeverity.Warning;
        if (journal.Worst >= gate)
        {
            Console.Error.WriteLine($"gate failed: there was an alert, and --fail-on is {gate.ToString().ToLowerInvariant()}");
            return Program.GateFailed;
        }

        return Program.Ok;
    }

    private static LivePage Serve(ModelMonitor monitor, int port)
    {
        if (port is < 0 or > ushort.MaxValue)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"--serve takes a port between 0 and {ushort.MaxValue}; got {port}."));
        }

        var live = LivePage.Start(monitor, port);
        Console.Error.WriteLine($"The monitor shows itself at {live.Address} (and at {live.Address}metrics for Prometheus).");
        return live;
    }

    private static async Task Stay(LivePage? live, CancellationToken cancellation)
    {
        if (live is null || cancellation.IsCancellationRequested)
        {
            return;
        }

        Console.Error.WriteLine("The stream has ended; the page stays until Ctrl-C.");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
    }

    private static void Draw(ModelMonitor monitor, string? page)
    {
        if (page is not null)
        {
            MonitorPage.WriteHtml(monitor.History(), page);
        }
    }

    private static TextReader Open(string stream)
    {
        if (stream == "-")
        {
            return new StreamReader(Console.OpenStandardInput());
        }

        try
        {
            return new StreamReader(new FileStream(stream, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException($"{stream}: there is no such file.", e);
        }
    }

    private static RetrainDecision Decide(RetrainPolicy policy, ModelMonitor monitor, MonitorStore store)
    {
        MonitorHistory history = monitor.History();
        DateTimeOffset? last = history.Decisions
            .Where(d => d.Decision.Action == RetrainAction.Retrain && d.Status == DecisionStatus.Done)
            .Select(d => (DateTimeOffset?)d.Decision.When).LastOrDefault();
        RetrainDecision decision = policy.Decide(PeriodSignals.Read(history), last);
        if (decision.Action != RetrainAction.Nothing)
        {
            store.Add(monitor.Name, decision);
        }

        return decision;
    }
}
