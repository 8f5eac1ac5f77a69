using System.CommandLine;
using System.Globalization;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops models promote</c>: an alias moves if every gate lets the version through.</summary>
internal static class PromoteVerb
{
    internal static Verb Create()
    {
        Option<string?> store = StoreOption.Create();
        Argument<string> name = ModelsVerb.Name();
        var version = new Argument<string>("version") { Description = "The version's number, or @ALIAS for the one that has another alias." };
        Option<string> alias = ModelsVerb.Alias();
        var require = new Option<string[]>("--require") { Description = "A limit on a metric of the version's run, such as \"auc >= 0.8\" or \"loss <= 0.3\"; may be given several times.", HelpName = "LIMIT" };
        var notWorse = new Option<string[]>("--not-worse") { Description = "A metric that must not be lower than in the version that has the alias; may be given several times.", HelpName = "METRIC" };
        var notHigher = new Option<string[]>("--not-higher") { Description = "The same where lower is better, such as a loss.", HelpName = "METRIC" };
        var by = new Option<double>("--by") { Description = "How much worse is still good enough for --not-worse and --not-higher, in the metric's unit." };
        var signature = new Option<bool>("--signature") { Description = "The version must take the same inputs as the one that has the alias." };
        var lineage = new Option<bool>("--lineage") { Description = "Run, data version and commit must be known, and the code committed." };
        var approved = new Option<int>("--approved") { Description = "How many others than --actor must have approved ('./mlops models approve').", HelpName = "N" };
        Option<string> reason = ModelsVerb.Reason();
        Option<string> actor = ModelsVerb.Actor();
        var json = SharedOptions.Json();
        var verb = new Verb(
            "promote",
            "Moves an alias to a version if every gate lets it through; the log keeps what the gates saw. Exit code 0 ok, 1 a gate failed and nothing moved, 2 bad input.",
            "./mlops models promote credit 7 --alias champion --require \"auc >= 0.8\" --not-worse auc --reason \"better on the newest quarter\"",
            "./mlops models promote credit @challenger --alias champion --not-higher loss --by 0.01 --approved 1")
        {
            name, version, alias, require, notWorse, notHigher, by, signature, lineage, approved, reason, actor, store, json,
        };
        verb.SetAction((parsed, _) =>
        {
            string target = parsed.GetRequiredValue(alias);
            string who = parsed.GetRequiredValue(actor);
            double tolerance = parsed.GetValue(by) is >= 0 and < double.PositiveInfinity and double given ? given : throw new ArgumentException("--by is a number from 0 on.");
            int approvals = parsed.GetValue(approved) is >= 0 and int times ? times : throw new ArgumentException("--approved is a number from 0 on.");
            Gate[] gates =
            [
                .. (parsed.GetValue(require) ?? []).Select(Limit),
                .. (parsed.GetValue(notWorse) ?? []).Select(metric => Gate.NotWorse(metric, target, tolerance)),
                .. (parsed.GetValue(notHigher) ?? []).Select(metric => Gate.NotWorse(metric, target, tolerance, higherIsBetter: false)),
                .. parsed.GetValue(signature) ? [Gate.Signature(target)] : Array.Empty<Gate>(),
                .. parsed.GetValue(lineage) ? [Gate.Lineage()] : Array.Empty<Gate>(),
                .. approvals > 0 ? [Gate.Approved(approvals, notBy: who)] : Array.Empty<Gate>(),
            ];
            using ITrackingStore opened = StoreOption.Open(parsed.GetValue(store));
            var registry = new ModelRegistry(opened);
            string model = parsed.GetRequiredValue(name);
            PromotionResult result = registry.Promote(model, VersionOf(registry, model, parsed.GetRequiredValue(version)), target, gates, new PromotionNote(who, parsed.GetRequiredValue(reason)));
            Write(result, parsed.GetValue(json));
            foreach (GateResult failed in result.Gates.Where(gate => !gate.Passed))
            {
                Console.Error.WriteLine(TerminalText.Harmless($"gate failed: {failed.Message}"));
            }

            return Task.FromResult(result.Promoted ? Program.Ok : Program.GateFailed);
        });
        return verb;
    }

    private static void Write(PromotionResult result, bool json)
    {
        if (!json)
        {
            TerminalText.WriteLine(result.ToString());
            return;
        }

        ModelsVerb.WriteJson(new
        {
            model = result.Model,
            alias = result.Alias,
            version = result.Version,
            previous = result.Previous,
            promoted = result.Promoted,
            gates = result.Gates.Select(gate => new { name = gate.Name, passed = gate.Passed, message = gate.Message, value = Number(gate.Value), limit = Number(gate.Limit) }),
            entry = result.Entry?.Number,
        });

        static object? Number(double? value) => value is { } number && !double.IsFinite(number) ? number.ToString(CultureInfo.InvariantCulture) : value;
    }

    private static int VersionOf(ModelRegistry registry, string model, string text) =>
        text is ['@', .. var alias] ? registry.Version(model, alias).Version
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number
        : throw new ArgumentException($"A version is a number from 1 on, or @ALIAS; got '{text}'.");

    /// <summary>Reads <c>METRIC &gt;= NUMBER</c>; a metric's name may have blanks in it.</summary>
    private static Gate Limit(string text)
    {
        int sign = Math.Max(text.LastIndexOf(">=", StringComparison.Ordinal), text.LastIndexOf("<=", StringComparison.Ordinal));
        string metric = sign > 0 ? text[..sign].Trim() : "";
        return metric.Length > 0 && double.TryParse(text.AsSpan(sign + 2).Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double limit) && !double.IsNaN(limit)
            ? text[sign] == '>' ? Gate.Metric(metric, atLeast: limit) : Gate.Metric(metric, atMost: limit)
            : throw new ArgumentException($"--require takes a limit such as \"auc >= 0.8\" or \"loss <= 0.3\"; got '{text}'.");
    }
}
