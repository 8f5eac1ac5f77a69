using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MlOps.Drift.Tests.Sql;
using MlOps.Tracking;
using MlOps.Tracking.Server;
using MlOps.Tracking.Stores;
using Npgsql;

namespace MlOps.Bench;

/// <summary>Logging and search, in every store and over REST, beside MLflow on the same machine in the same run.</summary>
public static class TrackingBench
{
    private const int Rounds = 3;
    private const int Batch = 1000;
    private const string Filter = "metrics.acc > 0.9 and params.model = 'boosting'";
    private static readonly string[] s_order = ["metrics.acc DESC"];
    private static readonly string[] s_models = ["boosting", "forest", "linear", "network"];

    private sealed record Rates(double Single, double Batched);

    /// <summary>Arguments: <c>[runs = 100000] [metrics = 20000] [python = /usr/bin/python3]</c>. Returns 0, or 1 if a point was lost or a search found the wrong runs.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        int metrics = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20_000;
        string python = args.Length > 2 ? args[2] : "/usr/bin/python3";
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops-bench-tracking-");
        try
        {
            return Measure(folder.FullName, runs, metrics, python);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Measure(string folder, int runs, int metrics, string python)
    {
        using ITrackingStore sqlite = TrackingStore.Open($"sqlite:///{folder}/runs.db");
        using ITrackingStore files = TrackingStore.Open($"file:{folder}/mlruns");
        using TrackingServer server = TrackingServer.Start(sqlite, new ServerOptions { Port = 0 });
        Print($"Metrics a second, safe against the death of the process when the call returns; best of {Rounds} rounds of {metrics:N0}; {Environment.ProcessorCount} cores");
        Rates ours = Logged("SQLite", sqlite, metrics);
        Rates ourFiles = Logged("MLflow's files", files, metrics);
        Postgres(metrics);
        Rates rest = Posted(server.Address, sqlite, metrics / 2);
        Print($"  {"REST, server on SQLite",-34} {rest.Single,10:N0} single {rest.Batched,12:N0} in batches of {Batch}");
        bool right = Searches(sqlite, folder, runs);
        return Peers(python, server.Address, ours, ourFiles) && right ? 0 : 1;
    }

    private static void Postgres(int metrics)
    {
        if (PostgresServer.WhyNot is { } reason)
        {
            Print($"  PostgreSQL left out: it {reason}");
            return;
        }

        using var server = new PostgresServer();
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        using ITrackingStore store = TrackingStore.Open(FormattableString.Invariant($"postgresql://{settings.Username}@{settings.Host}:{settings.Port}/postgres"));
        Logged("PostgreSQL", store, metrics / 10);
    }

    /// <summary>Logs single metrics and batches into a store, and counts afterwards.</summary>
    private static Rates Logged(string name, ITrackingStore store, int metrics)
    {
        var rates = new Rates(
            Best(store, metrics, (run, i) => store.LogMetric(run, Point(i)), perCall: 1),
            Best(store, 10 * metrics / Batch, (run, i) => store.LogBatch(run, Points(i), [], []), Batch));
        Print($"  {name,-34} {rates.Single,10:N0} single {rates.Batched,12:N0} in batches of {Batch}");
        return rates;
    }

    private static double Best(ITrackingStore store, int calls, Action<string, int> log, int perCall)
    {
        double best = 0;
        for (int round = 0; round <= Rounds; round++)
        {
            string run = store.CreateRun(new NewRun()).Info.RunId;
            int n = round == 0 ? Math.Min(calls, 20) : calls; // the first is compiled in
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < n; i++)
            {
                log(run, i);
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            int stored = store.GetMetricHistory(run, "loss").Count;
            if (stored != n * perCall)
            {
                throw new InvalidOperationException($"{store.Address} acknowledged {n * perCall} points and has {stored}.");
            }

            best = round == 0 ? 0 : Math.Max(best, n * perCall / seconds);
        }

        return best;
    }

    /// <summary>The same through a socket: one client, one connection, one request after the other.</summary>
    private static Rates Posted(Uri address, ITrackingStore store, int metrics)
    {
        using var client = new HttpClient { BaseAddress = address };
        return new Rates(
            Best(store, metrics, (run, i) => Post("runs/log-metric", FormattableString.Invariant($"{{\"run_id\":\"{run}\",\"key\":\"loss\",\"value\":{1.0 / (i + 1):R},\"timestamp\":{1_700_000_000_000 + i},\"step\":{i}}}")), 1),
            Best(store, Math.Max(1, metrics / 100), (run, i) => Post("runs/log-batch", BatchText(run, i)), Batch));

        void Post(string path, string body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/2.0/mlflow/" + path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using HttpResponseMessage response = client.Send(request);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new InvalidOperationException($"{path}: {(int)response.StatusCode}");
            }
        }
    }

    private static string BatchText(string run, int batch)
    {
        var text = new StringBuilder($"{{\"run_id\":\"{run}\",\"metrics\":[");
        foreach (Metric point in Points(batch))
        {
            text.Append(CultureInfo.InvariantCulture, $"{(text[^1] == '[' ? "" : ",")}{{\"key\":\"loss\",\"value\":{point.Value:R},\"timestamp\":{point.Timestamp},\"step\":{point.Step}}}");
        }

        return text.Append("]}").ToString();
    }

    /// <summary>Searches many runs; what is found is checked against what was put in.</summary>
    private static bool Searches(ITrackingStore sqlite, string folder, int runs)
    {
        long start = Stopwatch.GetTimestamp();
        int expected = Fill(sqlite, "search", runs);
        Print($"Search over {runs:N0} runs ({Stopwatch.GetElapsedTime(start).TotalSeconds:0} s to make), {Filter}, by {s_order[0]}; first time and best of 20");
        bool right = true;
        foreach ((string what, int page, string? filter) in new[] { ("filter and order, pages of 100", 100, Filter), ("filter and order, pages of 1000", 1000, Filter), ("order alone, pages of 100", 100, null), ("order alone, pages of 1000", 1000, null) })
        {
            var query = new RunQuery([sqlite.FindExperiment("search")!.Id]) { Filter = filter, OrderBy = s_order, MaxResults = page };
            (double first, double best, Page<Run> found) = Timed(() => sqlite.SearchRuns(query));
            bool sound = found.Items.Count == Math.Min(page, filter is null ? runs : expected) && found.Items.Zip(found.Items.Skip(1)).All(pair => pair.First.Metric("acc") >= pair.Second.Metric("acc"));
            right &= sound;
            Print($"  SQLite, {what,-32} {first,8:0.0} ms first {best,8:0.0} ms{(sound ? "" : "  WRONG")}");
        }

        using ITrackingStore files = TrackingStore.Open($"file:{folder}/search");
        int inFiles = Fill(files, "search", Math.Min(runs, 1000));
        (double cold, double warm, Page<Run> some) = Timed(() => files.SearchRuns(new RunQuery([files.FindExperiment("search")!.Id]) { Filter = Filter, OrderBy = s_order }));
        Print($"  {FormattableString.Invariant($"MLflow's files, {Math.Min(runs, 1000):N0} runs"),-40} {cold,8:0.0} ms first {warm,8:0.0} ms");
        return right && some.Items.Count == inFiles;
    }

    /// <summary>Makes runs and returns how many the filter must find.</summary>
    private static int Fill(ITrackingStore store, string experiment, int runs)
    {
        string id = store.CreateExperiment(experiment);
        var random = new Random(7);
        int found = 0;
        for (int i = 0; i < runs; i++)
        {
            string run = store.CreateRun(new NewRun(id) { StartTime = 1_700_000_000_000 + i }).Info.RunId;
            (double acc, string model) = (random.NextDouble(), s_models[i % s_models.Length]);
            found += acc > 0.9 && model == "boosting" ? 1 : 0;
            store.LogBatch(
                run,
                [new Metric("acc", acc, 1), new Metric("loss", 1 - acc, 1), new Metric("auc", acc / 2 + 0.5, 1)],
                [new Param("model", model), new Param("lr", (i % 10).ToString(CultureInfo.InvariantCulture)), new Param("depth", (i % 7).ToString(CultureInfo.InvariantCulture))],
                [new Tag("team", "credit")]);
        }

        return found;
    }

    private static (double First, double Best, Page<Run> Found) Timed(Func<Page<Run>> search)
    {
        const int Times = 20;
        double first = 0;
        double best = double.PositiveInfinity;
        Page<Run> found = null!;
        for (int i = 0; i < Times; i++)
        {
            long start = Stopwatch.GetTimestamp();
            found = search();
            double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            first = i == 0 ? milliseconds : first;
            best = Math.Min(best, milliseconds);
        }

        return (first, best, found);
    }

    private static bool Peers(string python, Uri address, Rates sqlite, Rates files)
    {
        JsonElement peer = Peer.Run(python, "tracking", address.ToString().TrimEnd('/'));
        Rates clientOfOurs = Read(peer.GetProperty("ours"));
        Print($"  {"REST, plain Python client, ours",-34} {clientOfOurs.Single,10:N0} single {clientOfOurs.Batched,12:N0} in batches of {Batch}");
        if (peer.TryGetProperty("missing", out JsonElement missing))
        {
            Print($"MLflow left out: {missing.GetString()}");
            Ratios.Missing("MLflow", missing.GetString()!);
            return true;
        }

        Print($"MLflow {peer.GetProperty("version").GetString()}, and how many times as fast we are");
        Beside("SQLite store", "sqlite", sqlite);
        Beside("file store, v. our SQLite", "file", sqlite);
        Beside("file store, v. our files", "file", files);
        Beside("server on SQLite, plain client", "server", clientOfOurs);
        foreach (JsonProperty search in peer.GetProperty("search").EnumerateObject())
        {
            Print($"  search over 1,000 runs, {search.Name,-10} {search.Value.GetDouble(),10:0.0} ms");
        }

        return true;

        void Beside(string name, string key, Rates us)
        {
            if (!peer.TryGetProperty(key, out JsonElement measured) || measured.ValueKind != JsonValueKind.Object)
            {
                Print($"  {name,-34} left out: {(measured.ValueKind == JsonValueKind.String ? measured.GetString() : "not measured")}");
                return;
            }

            Rates them = Read(measured);
            Print($"  {name,-34} {them.Single,10:N0} single {us.Single / them.Single,7:0.0} × {them.Batched,12:N0} in batches {us.Batched / them.Batched,7:0.0} ×");
            string version = $"MLflow {peer.GetProperty("version").GetString()}";
            Ratios.Rate($"{name}, single metrics", us.Single, them.Single, version);
            Ratios.Rate($"{name}, metrics in batches", us.Batched, them.Batched, version);
        }
    }

    private static Rates Read(JsonElement rates) => new(rates.GetProperty("single").GetDouble(), rates.GetProperty("batch").GetDouble());

    private static Metric Point(int i) => new("loss", 1.0 / (i + 1), 1_700_000_000_000 + i, i);

    private static Metric[] Points(int batch) => [.. Enumerable.Range(batch * Batch, Batch).Select(Point)];

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
