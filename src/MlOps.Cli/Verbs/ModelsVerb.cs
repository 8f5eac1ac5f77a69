using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops models</c>: the registry, with gates before an alias moves.</summary>
internal static class ModelsVerb
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Command Create() => new Verb(
        "models",
        "Shows registered models and moves their aliases: promotion through gates, rollback, the log.",
        "./mlops models list",
        "./mlops models promote credit 7 --alias champion --require \"auc >= 0.8\" --not-worse auc --reason \"better on the newest quarter\"",
        "./mlops models rollback credit --alias champion --reason \"complaints since Monday\"",
        "./mlops models at credit --alias champion --date 2026-05-03")
    {
        List(), Show(), PromoteVerb.Create(), Approve(), Rollback(), Log(), At(),
    };

    internal static Argument<string> Name() => new("name") { Description = "The model." };

    internal static Option<string> Alias() => new("--alias") { Description = "The alias, such as champion.", Required = true };

    internal static Option<string> Actor() => new("--actor") { Description = "Who decides; you unless told otherwise.", DefaultValueFactory = _ => Environment.UserName };

    internal static Option<string> Reason(bool required = false) => new("--reason") { Description = "Why; goes into the promotion log.", Required = required, DefaultValueFactory = required ? null : _ => "" };

    internal static void WriteJson(object? value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, s_json));

    internal static string Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

        private static Verb List()
    {
        Option<string?> store = StoreOption.Create();
        var filter = new Option<string?>("--filter") { Description = "Condition in MLflow's grammar, such as name LIKE 'credit%'.", HelpName = "F" };
        Option<bool> json = SharedOptions.Json();
        var verb = new Verb("list", "Lists models with their newest version and their aliases. Exit code 0, or 2 for bad input.", "./mlops models list", "./mlops models list --filter \"name LIKE 'credit%'\" --json") { filter, store, json };
        verb.SetAction((parsed, cancellation) =>
        {
            using ITrackingStore opened = StoreOption.Open(parsed.GetValue(store));
            IReadOnlyList<RegisteredModel> models = new ModelRegistry(opened).Models(parsed.GetValue(filter), cancellation);
            if (parsed.GetValue(json))
            {
                WriteJson(models.Select(model => new
                {
                    name = model.Name,
                    newestVersion = Newest(model),
                    aliases = model.Aliases.ToDictionary(alias => alias.Alias, alias => alias.Version),
                    description = model.Description,
                    lastUpdated = model.LastUpdatedTime,
                }));
                return Task.FromResult(Program.Ok);
            }

            TextTable.Write(
                ["name", "newest", "aliases", "changed", "description"],
                [.. models.Select(model => (string[])[
                    model.Name, Newest(model)?.ToString(CultureInfo.InvariantCulture) ?? "–",
                    string.Join(", ", model.Aliases.Select(alias => string.Create(CultureInfo.InvariantCulture, $"{alias.Alias} = {alias.Version}"))), Time(model.LastUpdatedTime), model.Description])],
                "no models");
            return Task.FromResult(Program.Ok);
        });
        return verb;

        static int? Newest(RegisteredModel model) => model.LatestVersions.Count == 0 ? null : model.LatestVersions.Max(version => version.Version);
    }

    private static Verb Show()
    {
        Option<string?> store = StoreOption.Create();
        Argument<string> name = Name();
        Option<bool> json = SharedOptions.Json();
        var verb = new Verb("show", "Shows a model's versions, newest first, and where the newest comes from. Exit code 0, or 2 for bad input.", "./mlops models show credit") { name, store, json };
        verb.SetAction((parsed, cancellation) =>
        {
            using ITrackingStore opened = StoreOption.Open(parsed.GetValue(store));
            var registry = new ModelRegistry(opened);
            string model = parsed.GetRequiredValue(name);
            IReadOnlyList<ModelVersion> versions = registry.Versions(model, cancellationToken: cancellation);
            if (parsed.GetValue(json))
            {
                WriteJson(versions.Select(version => new
                {
                    name = version.Name,
                    version = version.Version,
                    aliases = version.Aliases,
                    stage = version.Stage.ToString(),
                    runId = version.RunId,
                    source = version.Source,
                    user = version.UserId,
                    created = version.CreationTime,
                    description = version.Description,
                    tags = version.Tags.ToDictionary(tag => tag.Key, tag => tag.Value),
                }));
                return Task.FromResult(Program.Ok);
            }

            TerminalText.WriteLine($"{model}  {opened.GetModel(model).Description}".TrimEnd());
            TextTable.Write(
                ["version", "aliases", "stage", "created", "by", "run", "description"],
                [.. versions.Select(version => (string[])[
                    version.Version.ToString(CultureInfo.InvariantCulture), string.Join(", ", version.Aliases), version.Stage == ModelStage.None ? "" : version.Stage.ToString(), Time(version.CreationTime),
                    version.UserId, version.RunId, version.Description])],
                "no versions");
            if (versions.Count > 0)
            {
                TerminalText.WriteLine(registry.LineageOf(model, versions[0].Version).ToString());
            }

            return Task.FromResult(Program.Ok);
        });
        return verb;
    }

    private static Verb Approve()
    {
        Option<string?> store = StoreOption.Create();
        Argument<string> name = Name();
        var version = new Argument<int>("version") { Description = "The version." };
        Option<string> actor = Actor();
        Option<string> reason = Reason();
        var verb = new Verb("approve", "Writes down that somebody approves of a version, for promote --approved. Exit code 0, or 2 for bad input.", "./mlops models approve credit 7 --actor ravi --reason \"read the report\"") { name, version, actor, reason, store };
        verb.SetAction((parsed, _) =>
        {
            using ITrackingStore opened = StoreOption.Open(parsed.GetValue(store));
            PromotionEntry entry = new ModelRegistry(opened).Approve(parsed.GetRequiredValue(name), parsed.GetValue(version), parsed.GetRequiredValue(actor), parsed.GetRequiredValue(reason));
            TerminalText.WriteLine(FormattableString.Invariant($"'{entry.Model}' version {entry.Version} is approved by {entry.Actor}; entry {entry.Number} of the promotion log"));
            return Task.FromResult(Program.Ok);
        });
        return verb;
    }

    private static Verb Rollback()
    {
        Option<string?> store = StoreOption.Create();
        Argument<string> name = Name();
        Option<string> alias = Alias();
        Option<string> reason = Reason(required: true);
        Option<string> actor = Actor();
        var verb = new Verb("rollback", "Moves an alias back to the version that had it before. Exit code 0, or 2 for bad input.", "./mlops models rollback credit --alias champion --reason \"complaints since Monday\"") { name, alias, reason, actor, store };
        verb.SetAction((parsed, _) =>
        {
            using ITrackingStore opened = StoreOption.Open(parsed.GetValue(store));
            TerminalText.WriteLine(new ModelRegistry(opened).Rollback(parsed.GetRequiredValue(name), parsed.GetRequiredValue(alias), parsed.GetRequiredValue(actor), parsed.GetRequiredValue(reason)).ToString());
            return Task.FromResult(Program.Ok);
        });
        return verb;
    }

    private static Verb Log()
    {
        Option<string?> store = StoreOption.Create();
        var name = new Argument<string?>("name") { Description = "The model; all without it.", Arity = ArgumentArity.ZeroOrOne };
        var verify = new Option<bool>("--verify") { Description = "Check the chain of hashes of the whole log; exit with 1 if it is broken." };
        var expect = new Option<string?>("--expect") { Description = "With --verify: a hash noted down earlier, which the log must still have. It finds an end that was cut off.", HelpName = "HASH" };
        Option<bool> json = SharedOptions.Json();
        var verb = new Verb("log", "Shows the promotion log, oldest first. Exit code 0 ok, 1 the log is broken, 2 bad input.", "./mlops models log credit", "./mlops models log --verify") { name, verify, expect, store, json };
        verb.SetAction((parsed, cancellation) =>
        {
            bool check = parsed.GetValue(verify) || parsed.GetValue(expect) is not null;
            using ITrackingStore opened = StoreOption.Open(parsed.GetValue(store));
            IReadOnlyList<PromotionEntry> entries = opened.GetPromotionLog(parsed.GetValue(name), cancellation);
            LogCheck? result = check ? new ModelRegistry(opened).VerifyLog(parsed.GetValue(expect), cancellation) : null;
            if (parsed.GetValue(json))
            {
                WriteJson(new
                {
                    entries = entries.Select(entry => new
                    {
                        number = entry.Number, time = entry.Time, model = entry.Model, action = entry.Action.ToString(), target = entry.Target, version = entry.Version, previous = entry.Previous,
                        actor = entry.Actor, reason = entry.Reason, evidence = entry.Evidence, previousHash = entry.PreviousHash, hash = entry.Hash,
                    }),
                    verified = result?.Passed,
                    message = result?.Message,
                });
            }
            else
            {
                TextTable.Write(
                    ["entry", "time", "model", "what", "target", "version", "before", "by", "why"],
                    [.. entries.Select(entry => (string[])[
                        entry.Number.ToString(CultureInfo.InvariantCulture), Time(entry.Time), entry.Model, entry.Action.ToString(), entry.Target, entry.Version?.ToString(CultureInfo.InvariantCulture) ?? "",
                        entry.Previous?.ToString(CultureInfo.InvariantCulture) ?? "", entry.Actor, entry.Reason])],
                    "the log is empty");
                if (result is not null)
                {
                    TerminalText.WriteLine($"{(result.Passed ? "whole" : "BROKEN")}: {result.Message}\nlast hash {result.LastHash}");
                }
            }

            return Task.FromResult(result is { Passed: false } ? Program.GateFailed : Program.Ok);
        });
        return verb;
    }

    private static Verb At()
    {
        Option<string?> store = StoreOption.Create();
        Argument<string> name = Name();
        Option<string> alias = Alias();
        var date = new Option<string>("--date") { Description = "A day (2026-05-03) or a moment (2026-05-03T14:30, with Z or an offset for another zone than UTC).", Required = true };
        Option<bool> json = SharedOptions.Json();
        var verb = new Verb("at", "Says which version had an alias at a moment, or in the course of a day. Exit code 0, or 2 for bad input.", "./mlops models at credit --alias champion --date 2026-05-03") { name, alias, date, store, json };
        verb.SetAction((parsed, cancellation) =>
        {
            (DateTimeOffset from, DateTimeOffset until) = Span(parsed.GetRequiredValue(date));
            string model = parsed.GetRequiredValue(name);
            using ITrackingStore opened = StoreOption.Open(parsed.GetValue(store));
            AliasHistory history = new ModelRegistry(opened).History(model, parsed.GetRequiredValue(alias), cancellation);
            AliasPeriod[] periods = from == until
                ? [.. history.At(from) is { } one ? [one] : Array.Empty<AliasPeriod>()]
                : [.. history.Periods.Where(period => period.From < until && (period.Until is null || period.Until > from))];
            if (parsed.GetValue(json))
            {
                WriteJson(periods.Select(period => new { version = period.Version, from = period.From.ToUnixTimeMilliseconds(), until = period.Until?.ToUnixTimeMilliseconds(), actor = period.Actor, reason = period.Reason }));
            }
            else
            {
                TerminalText.WriteLine(periods.Length == 0 ? $"no version of '{model}' was {history.Alias} then" : string.Join('\n', periods.Select(period => period.ToString())));
            }

            return Task.FromResult(Program.Ok);
        });
        return verb;
    }

    private static (DateTimeOffset From, DateTimeOffset Until) Span(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            var from = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            return (from, from.AddDays(1));
        }

        return text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? (moment, moment)
            : throw new ArgumentException($"--date is a day such as 2026-05-03 or a moment such as 2026-05-03T14:30; got '{text}'.");
    }
}
