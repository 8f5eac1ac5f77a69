using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Comparison;

/// <summary>Runs side by side: in which parameters they differ, what came of it, and how it went.</summary>
/// <remarks>
/// <code>
/// var comparison = RunComparison.Of(tracker.Store, tracker.Runs(null, "metrics.auc DESC"));
/// comparison                                   // a notebook shows what differs
/// comparison.ParallelCoordinates("auc")
/// comparison.Curves("loss")
/// </code>
/// The runs are snapshots; curves are read from the store when they are drawn.
/// </remarks>
public sealed partial class RunComparison
{
    private readonly ITrackingStore _store;
    private readonly string[] _labels;

    private RunComparison(ITrackingStore store, Run[] runs)
    {
        _store = store;
        Runs = runs;
        _labels = LabelsOf(runs);
        ParamDifference[] all = [.. runs.SelectMany(run => run.Params, (_, param) => param.Key).Distinct().Order(StringComparer.Ordinal)
            .Select(key => new ParamDifference(key, [.. runs.Select(run => run.Param(key))]))];
        Differences = [.. all.Where(Differs)];
        Equal = [.. all.Where(param => !Differs(param)).Select(param => new Param(param.Key, param.Values[0]!))];
        Metrics = [.. runs.SelectMany(run => run.Metrics, (_, metric) => metric.Key).Distinct().Order(StringComparer.Ordinal)
            .Select(key => new MetricValues(key, [.. runs.Select(run => run.Metric(key))]))];
    }

    /// <summary>Gets the runs, each once.</summary>
    public IReadOnlyList<Run> Runs { get; }

    /// <summary>Gets the parameters in which at least two runs differ, one having none included; in ordinal order of the keys. Texts are compared: <c>0.1</c> and <c>0.10</c> differ.</summary>
    public IReadOnlyList<ParamDifference> Differences { get; }

    /// <summary>Gets the parameters that all runs have with one value, in ordinal order of the keys.</summary>
    public IReadOnlyList<Param> Equal { get; }

    /// <summary>Gets the metrics that at least one run logged, those of the system included; in ordinal order of the keys.</summary>
    public IReadOnlyList<MetricValues> Metrics { get; }

    /// <summary>Compares runs.</summary>
    /// <param name="store">The store that the curves are read from.</param>
    /// <param name="runs">Any number; a run given twice counts once. With fewer than two nothing differs.</param>
    public static RunComparison Of(ITrackingStore store, IReadOnlyList<Run> runs)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(runs);
        return new RunComparison(store, [.. runs.DistinctBy(run => run.Info.RunId)]);
    }

    /// <summary>Returns the name of a run as the comparison shows it: with the beginning of its id where another has the same name.</summary>
    internal string Label(int run) => _labels[run];

    private static bool Differs(ParamDifference param) => param.Values.Distinct().Count() > 1;

    private static string[] LabelsOf(Run[] runs)
    {
        const int ShortId = 8;
        Dictionary<string, int> times = runs.GroupBy(run => run.Info.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        return [.. runs.Select(run => times[run.Info.Name] == 1 && run.Info.Name.Length > 0
            ? NumberText.Short(run.Info.Name)
            : $"{NumberText.Short(run.Info.Name)} ({run.Info.RunId[..Math.Min(ShortId, run.Info.RunId.Length)]})".Trim())];
    }
}
