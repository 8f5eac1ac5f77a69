using System.Globalization;

namespace MlOps.Tracking.Comparison;

public sealed partial class RunComparison
{
    private const int ShownInText = 6; // runs beside each other; more would break the lines
    private const int ShownInHtml = 50;
    private const int ShownKeys = 30;
    private const int ShownEqual = 10;

    /// <summary>Returns what differs and the metrics: up to six runs beside each other, of more the values and how often each occurs.</summary>
    public override string ToString() => Runs.Count <= ShownInText ? SideBySide(ShownInText).ToString() : Tally();

    /// <summary>Returns how a notebook shows it: a table with a column a run (the first 50), differing parameters first.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => SideBySide(ShownInHtml).ToMimeBundle(ToString());

    /// <summary>The metrics worth showing: those of the machine are looked at run by run.</summary>
    internal IReadOnlyList<MetricValues> Results => [.. Metrics.Where(metric => !metric.Key.StartsWith("system/", StringComparison.Ordinal))];

    internal string Headline => Runs.Count switch
    {
        0 => "No runs to compare",
        1 => $"One run, {Label(0)}: nothing to compare it with",
        _ when Differences.Count == 0 => $"{NumberText.Counted(Runs.Count, "run")} with the same {NumberText.Counted(Equal.Count, "parameter")}",
        _ => $"{NumberText.Counted(Runs.Count, "run")} differ in {Differences.Count.ToString(CultureInfo.InvariantCulture)} of {NumberText.Counted(Differences.Count + Equal.Count, "parameter")}",
    };

    internal string EqualText
    {
        get
        {
            string more = Equal.Count > ShownEqual ? string.Create(CultureInfo.InvariantCulture, $" and {Equal.Count - ShownEqual:N0} more") : "";
            return Equal.Count == 0 ? "" : $"equal: {string.Join(", ", Equal.Take(ShownEqual).Select(param => $"{param.Key} = {NumberText.Short(param.Value)}"))}{more}";
        }
    }

    private ResultTable SideBySide(int most)
    {
        int shown = Math.Min(most, Runs.Count);
        List<string[]> rows =
        [
            .. Differences.Take(ShownKeys).Select(param => (string[])["≠", param.Key, .. param.Values.Take(shown).Select(NumberText.Short)]),
            .. Results.Take(ShownKeys).Select(metric => (string[])["", metric.Key, .. metric.Values.Take(shown).Select(NumberText.Of)]),
        ];
        if (shown > 0)
        {
            rows.Add(["", "seconds", .. Runs.Take(shown).Select(run => NumberText.Of(run.Duration?.TotalSeconds))]);
            rows.Add(["", "status", .. Runs.Take(shown).Select(run => run.Info.Status.ToString().ToLowerInvariant())]);
        }

        string[] notes = [.. new[] { EqualText, LeftOut(shown) }.Where(note => note.Length > 0)];
        return new ResultTable(Headline, string.Join("; ", notes), ["", "", .. Enumerable.Range(0, shown).Select(Label)], rows);
    }

    private string Tally()
    {
        const int ShownValues = 6;
        List<string> lines = [Headline];
        foreach (ParamDifference param in Differences.Take(ShownKeys))
        {
            (string? Value, int Count)[] counts = [.. param.Values.GroupBy(value => value).Select(group => (group.Key, group.Count())).OrderByDescending(pair => pair.Item2)];
            string more = counts.Length > ShownValues ? string.Create(CultureInfo.InvariantCulture, $" and {counts.Length - ShownValues} other values") : "";
            lines.Add($"≠ {param.Key}: {string.Join(", ", counts.Take(ShownValues).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{NumberText.Short(pair.Value)} ({pair.Count}×)")))}{more}");
        }

        foreach (MetricValues metric in Results.Take(ShownKeys))
        {
            int[] finite = [.. Enumerable.Range(0, Runs.Count).Where(i => metric.Values[i] is { } value && double.IsFinite(value)).OrderBy(i => metric.Values[i])];
            lines.Add(finite.Length == 0
                ? $"  {metric.Key}: no finite value"
                : string.Create(CultureInfo.InvariantCulture, $"  {metric.Key}: {NumberText.Of(metric.Values[finite[0]])} ({Label(finite[0])}) to {NumberText.Of(metric.Values[finite[^1]])} ({Label(finite[^1])}) in {finite.Length} of {Runs.Count} runs"));
        }

        lines.AddRange(new[] { EqualText, LeftOut(Runs.Count) }.Where(note => note.Length > 0));
        return string.Join('\n', lines);
    }

    private string LeftOut(int shownRuns)
    {
        string[] parts =
        [
            .. Differences.Count > ShownKeys ? [NumberText.Counted(Differences.Count - ShownKeys, "more differing parameter")] : Array.Empty<string>(),
            .. Results.Count > ShownKeys ? [NumberText.Counted(Results.Count - ShownKeys, "more metric")] : Array.Empty<string>(),
            .. Runs.Count > shownRuns ? [NumberText.Counted(Runs.Count - shownRuns, "more run")] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? "" : $"not shown: {string.Join(", ", parts)}";
    }
}
