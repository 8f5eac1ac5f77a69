namespace MlOps.Drift.Monitoring;

/// <summary>When a finding becomes an alert, and how often it is told.</summary>
public sealed record AlertPolicy
{
    /// <summary>Gets the lowest severity that is told. Default: warning. What lies below stays in the history.</summary>
    public AlertSeverity Minimum { get; init; } = AlertSeverity.Warning;

    /// <summary>Gets the time in which an alert is not repeated unless its severity rises. Default: one hour; zero repeats it with every batch.</summary>
    public TimeSpan CoolDown
    {
        get;
        init => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(CoolDown), $"CoolDown must not be negative; got {value}.");
    } = TimeSpan.FromHours(1);

    /// <summary>Gets the number of batches in a row that must bring a finding before it is told. Default 1.</summary>
    public int BatchesInARow { get; init => field = Guard.AtLeast(value, 1, nameof(BatchesInARow)); } = 1;

    /// <summary>Gets the number of quiet batches after which an alert is resolved. Default 2, so that what flickers stays one alert.</summary>
    public int ResolveAfter { get; init => field = Guard.AtLeast(value, 1, nameof(ResolveAfter)); } = 2;

    /// <summary>Gets which findings share an alert. Default: those of one check.</summary>
    public AlertGrouping Grouping { get; init; } = AlertGrouping.Check;
}
