namespace MlOps.Tracking.Registry;

/// <summary>What a gate looks at: the version that is to be promoted, its run, and what is in use. The aliases are as they stood when the promotion began.</summary>
public sealed class GateContext
{
    private readonly IReadOnlyList<ModelAlias> _aliases;
    private readonly Dictionary<string, Run?> _runs = new(StringComparer.Ordinal);

    internal GateContext(ModelRegistry registry, ModelVersion version, string alias, IReadOnlyList<ModelAlias> aliases) =>
        (Registry, Version, Alias, _aliases) = (registry, version, alias, aliases);

    /// <summary>Gets the registry.</summary>
    public ModelRegistry Registry { get; }

    /// <summary>Gets the version that is to be promoted.</summary>
    public ModelVersion Version { get; }

    /// <summary>Gets the alias that is to move.</summary>
    public string Alias { get; }

    /// <summary>Gets the run that made the version; null if it names none, or one that the store does not know.</summary>
    public Run? Run => RunOf(Version);

    /// <summary>Gets the approvals of this version, oldest first.</summary>
    public IReadOnlyList<PromotionEntry> Approvals => [.. Registry.PresentStory(Version.Name).Where(entry => entry.Action == PromotionAction.Approved && entry.Version == Version.Version)];

    /// <summary>Returns the version of this model that has an alias; null if none has.</summary>
    public ModelVersion? InUse(string alias)
    {
        foreach (ModelAlias candidate in _aliases)
        {
            if (string.Equals(candidate.Alias, alias, StringComparison.Ordinal))
            {
                return candidate.Version == Version.Version ? Version : Registry.Store.GetVersion(Version.Name, candidate.Version);
            }
        }

        return null;
    }

    /// <summary>Returns the run that made a version; null if it names none, or one that the store does not know.</summary>
    public Run? RunOf(ModelVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (!_runs.TryGetValue(version.RunId, out Run? run))
        {
            run = Registry.FindRun(version.RunId);
            _runs.Add(version.RunId, run);
        }

        return run;
    }

    /// <summary>Returns a metric of this version's run; null if it has none.</summary>
    public double? Metric(string key) => MetricOf(Version, key);

    /// <summary>Returns a metric of a version's run; null if it has none.</summary>
    public double? MetricOf(ModelVersion version, string key)
    {
        foreach (Metric metric in RunOf(version)?.Metrics ?? [])
        {
            if (string.Equals(metric.Key, key, StringComparison.Ordinal))
            {
                return metric.Value;
            }
        }

        return null;
    }

    /// <summary>Says why <see cref="MetricOf"/> is null.</summary>
    internal string WhyNo(ModelVersion version, string metric) =>
        version.RunId.Length == 0 ? FormattableString.Invariant($"version {version.Version} names no run")
        : RunOf(version) is not { } run ? FormattableString.Invariant($"the run of version {version.Version}, {version.RunId}, is not there")
        : FormattableString.Invariant($"the run of version {version.Version} has no metric '{metric}'") + (run.Metrics.Count == 0 ? "" : $"; it has {string.Join(", ", run.Metrics.Select(m => m.Key))}");
}
