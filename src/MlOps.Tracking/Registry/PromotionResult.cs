using System.Globalization;

namespace MlOps.Tracking.Registry;

/// <summary>What became of a promotion or a rollback.</summary>
/// <param name="Model">The model.</param>
/// <param name="Alias">The alias.</param>
/// <param name="Version">The version that was to have it.</param>
/// <param name="Previous">The version that had it when it began; null if none had.</param>
/// <param name="Promoted">Whether the version has the alias now; false if a gate failed, and then nothing moved.</param>
/// <param name="Gates">What every gate found, in the order given.</param>
/// <param name="Entry">What was written into the promotion log; null if the version had the alias before, or the store keeps no log.</param>
public sealed record PromotionResult(string Model, string Alias, int Version, int? Previous, bool Promoted, IReadOnlyList<GateResult> Gates, PromotionEntry? Entry)
{
    /// <summary>Returns the outcome in a sentence, and a line a gate.</summary>
    public override string ToString() => string.Join('\n', [Headline, .. Gates.Select(gate => "  " + gate)]);

    /// <summary>Returns how a notebook shows it: the outcome and a table of gates.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new ResultTable(
        Headline, Entry is null ? "" : string.Create(CultureInfo.InvariantCulture, $"entry {Entry.Number} of the promotion log, {PromotionTime.Text(Entry.Time)}"),
        ["gate", "", "found"],
        [.. Gates.Select(gate => (string[])[gate.Name, gate.Passed ? "passed" : "FAILED", gate.Message])]).ToMimeBundle(ToString());

    private string Headline
    {
        get
        {
            string version = string.Create(CultureInfo.InvariantCulture, $"'{Model}' version {Version}");
            string before = Previous is { } previous ? string.Create(CultureInfo.InvariantCulture, $"version {previous}") : "none";
            int failed = Gates.Count(gate => !gate.Passed);
            return !Promoted ? string.Create(CultureInfo.InvariantCulture, $"{version} is refused as {Alias}: {failed} of {Gates.Count} gates failed; {Alias} is {before} as before")
                : Previous == Version ? $"{version} is {Alias} already"
                : $"{version} is {Alias} now; before: {before}";
        }
    }
}
