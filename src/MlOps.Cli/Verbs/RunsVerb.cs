using System.CommandLine;
using MlOps.Tracking;
using MlOps.Tracking.Comparison;
using MlOps.Tracking.Stores;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops runs</c>: finds, shows, compares and exports what was tracked.</summary>
internal static class RunsVerb
{
    private const int MostListed = 50;

    internal static Command Create() => new Verb(
        "runs",
        "Finds, shows, compares and exports tracked runs.",
        "./mlops runs list --filter \"metrics.auc > 0.8\" --order-by \"metrics.auc DESC\"",
        "./mlops runs show 3fa94c",
        "./mlops runs compare 3fa94c 81d2e0 --html page.html",
        "./mlops runs export --out runs.csv")
    {
        List(), Show(), Compare(), Export(),
    };

    private static Verb List()
    {
        Option<string?> store = StoreOption.Create();
        Option<string[]> experiment = Experiments();
        Option<string?> filter = Filter();
        Option<string[]> order = OrderBy();
        var max = new Option<int>("--max") { Description = "The most runs to show.", DefaultValueFactory = _ => MostListed };
        var columns = new Option<string[]?>("--columns") { Description = "Columns to show, such as name status params.lr metrics.auc tags.mlflow.user; id, name, status, start, duration, parameters and metrics without it.", AllowMultipleArgumentsPerToken = true };
        Option<bool> json = SharedOptions.Json("a line a run");
        var verb = new Verb(
            "list",
            "Lists runs, the latest first unless told otherwise. Exit code 0, or 2 for bad input.",
            "./mlops runs list",
            "./mlops runs list --experiment credit --filter \"metrics.auc > 0.8 and params.model = 'forest'\" --order-by \"metrics.auc DESC\" --max 10",
            "./mlops runs list --columns name lr auc --store http://127.0.0.1:5000",
            "./mlops runs list --filter \"status = 'RUNNING'\" --json")
        {
            experiment, filter, order, max, columns, store, json,
        };
        verb.SetAction((parsed, cancellation) =>
        {
            int most = parsed.GetValue(max) is > 0 and <= RunQuery.Most and int given ? given : throw new ArgumentException(FormattableString.Invariant($"--max is a number from 1 to {RunQuery.Most}; got {parsed.GetValue(max)}."));
            using ITrackingStore opened = StoreOption.Open(parsed.GetValue(store));
            RunQuery query = Query(opened, parsed.GetValue(experiment), parsed.GetValue(filter), parsed.GetValue(order), cancellation) with { MaxResults = most };
            Page<Run> page = opened.SearchRuns(query, cancellation);
            if (parsed.GetValue(json))
            {
                WriteLines(page.Items.Select(RunExport.ToJson));
            }
            else
            {
                WriteLines([RunTable.Of(page.Items, ColumnList.Of(parsed.GetValue(columns)) ?? []).ToString()]);
            }

            if (page.NextPageToken is not null)
            {
                Console.Error.WriteLine(FormattableString.Invariant($"mlops: there are more than {most} runs; --max shows more, --filter fewer."));
            }

            return Task.FromResult(Program.Ok);
        });
        return verb;
    }

    private static Verb Show()
    {
        Option<string?> store = StoreOption.Create();
        var id = new Argument<string>("run") { Description = "The run's id, the beginning of it (at least 4 digits), or its name." };
        Option<bool> json = SharedOptions.Json();
        var verb = new Verb("show", "Shows a run: parameters, metrics, tags, data, files. Exit code 0, or 2 for bad input.", "./mlops runs show 3fa94c", "./mlops runs show baseline --json") { id, store, json };
        verb.SetAction((parsed, cancellation) =>
        {
            using ITrackingStore opened = StoreOption.Open(parsed.GetValue(store));
            Run run = RunReference.Find(opened, parsed.GetRequiredValue(id), cancellation);
            WriteLines(parsed.GetValue(json) ? [RunExport.ToJson(run)] : RunDetails.Lines(opened, run, cancellation));
            return Task.FromResult(Program.Ok);
        });
        return verb;
    }

    private static Verb Compare()
    {
        Option<string?> store = StoreOption.Create();
        var ids = new Argument<string[]>("runs") { Description = "Ids, beginnings of ids, or names; two or more.", Arity = new ArgumentArity(2, 1000) };
        Option<string?> html = SharedOptions.Html("tables, curves, parallel coordinates");
        var metrics = new Option<string[]?>("--metrics") { Description = "Metrics to show as curves on the page; the first six without it.", AllowMultipleArgumentsPerToken = true };
        Option<bool> json = SharedOptions.Json();
        var verb = new Verb(
            "compare",
            "Compares runs: parameters that differ, metrics, curves. Exit code 0, or 2 for bad input.",
            "./mlops runs compare 3fa94c 81d2e0",
            "./mlops runs compare baseline tuned --html page.html --metrics loss auc")
        {
            ids, html, metrics, store, json,
        };
        verb.SetAction(async (parsed, cancellation) =>
        {
            string? page = parsed.GetValue(html) is { } path ? OutputPath.Checked(path) : null;
            using ITrackingStore opened = StoreOption.Open(parsed.GetValue(store));
            var comparison = RunComparison.Of(opened, [.. parsed.GetRequiredValue(ids).Select(id => RunReference.Find(opened, id, cancellation))]);
            if (page is not null)
            {
                await File.WriteAllTextAsync(page, ComparisonPage.ToHtml(comparison, ColumnList.Of(parsed.GetValue(metrics)), cancellation), cancellation);
            }

            TerminalText.WriteLine(parsed.GetValue(json) ? RunExport.ToJson(comparison) : comparison.ToString());
            return Program.Ok;
        });
        return verb;
    }

    private static Verb Export()
    {
        Option<string?> store = StoreOption.Create();
        Option<string[]> experiment = Experiments();
        Option<string?> filter = Filter();
        Option<string[]> order = OrderBy();
        var output = new Option<string>("--out", "-o") { Description = "The .csv file, .jsonl file or empty folder to write; a folder gets all points and files too.", Required = true };
        var verb = new Verb(
            "export",
            "Writes runs as CSV, as lines of JSON, or as a folder with every point and file. Exit code 0, or 2 for bad input.",
            "./mlops runs export --out runs.csv",
            "./mlops runs export --experiment credit --filter \"metrics.auc > 0.8\" --out good.jsonl",
            "./mlops runs export --filter \"tags.keep = 'yes'\" --out archive/")
        {
            experiment, filter, order, output, store,
        };
        verb.SetAction((parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(output);
            string kind = Path.GetExtension(path).ToLowerInvariant();
            bool folder = Directory.Exists(path) || Path.EndsInDirectorySeparator(path) || kind.Length == 0;
            if (!folder && kind is not (".csv" or ".jsonl"))
            {
                throw new ArgumentException($"--out takes a .csv file, a .jsonl file or a folder, which ends in '/' if its name has a point; got '{path}'.");
            }

            if (!folder)
            {
                OutputPath.Checked(path);
            }

            using ITrackingStore opened = StoreOption.Open(parsed.GetValue(store));
            IEnumerable<Run> runs = Walk(opened, Query(opened, parsed.GetValue(experiment), parsed.GetValue(filter), parsed.GetValue(order), cancellation), cancellation);
            using var progress = new TerminalProgress("Exporting");
            int count = folder ? RunExport.WriteFolder(opened, [.. runs], path, progress, cancellation)
                : kind == ".csv" ? RunExport.WriteCsv(runs, path)
                : RunExport.WriteJsonLines(runs, path);
            Console.Out.WriteLine(FormattableString.Invariant($"{path}: {count:N0} {(count == 1 ? "run" : "runs")}"));
            return Task.FromResult(Program.Ok);
        });
        return verb;
    }

    private static void WriteLines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            TerminalText.WriteLine(line);
        }
    }

    private static RunQuery Query(ITrackingStore store, string[]? experiments, string? filter, string[]? order, CancellationToken cancellation) =>
        new(ExperimentReference.Find(store, experiments, cancellation)) { Filter = filter, OrderBy = order ?? [] };

    private static IEnumerable<Run> Walk(ITrackingStore store, RunQuery query, CancellationToken cancellation)
    {
        do
        {
            Page<Run> page = store.SearchRuns(query, cancellation);
            foreach (Run run in page.Items)
            {
                yield return run;
            }

            query = query with { PageToken = page.NextPageToken };
        }
        while (query.PageToken is not null);
    }

    private static Option<string[]> Experiments() => new("--experiment") { Description = "Name or id of an experiment; may be given several times. All without it.", HelpName = "E" };

    private static Option<string?> Filter() => new("--filter") { Description = "Condition in MLflow's grammar, such as metrics.auc > 0.8 and params.model = 'forest'; OR, NOT, IS NULL and parentheses work too.", HelpName = "F" };

    private static Option<string[]> OrderBy() => new("--order-by") { Description = "What to sort by, such as \"metrics.auc DESC\"; may be given several times.", HelpName = "K" };
}
