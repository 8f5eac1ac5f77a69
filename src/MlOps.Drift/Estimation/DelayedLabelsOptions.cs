namespace MlOps.Drift.Estimation;

/// <summary>Settings of <see cref="DelayedLabels"/>.</summary>
public sealed record DelayedLabelsOptions
{
    /// <summary>Gets how many labelled rows a period needs before its realised performance is shown; 100 by default, ≥ 1.</summary>
    public int MinimumLabels { get; init; } = 100;

    /// <summary>Gets the delay beyond which a label counts as late; never, if null.</summary>
    public TimeSpan? LateAfter { get; init; }

    /// <summary>Gets how far a time may lie beyond the clock before it counts as the future; one minute by default, for clocks that differ a little.</summary>
    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets how many predictions are held; beyond it the one logged first is given up and counted. No limit if null.</summary>
    public int? MaxPredictions { get; init; }

    /// <summary>Gets how many labels of unknown ids are held; beyond it the one that came first is given up and counted. 10,000 by default.</summary>
    public int MaxWaiting { get; init; } = 10_000;

    internal void Check()
    {
        Guard.AtLeast(MinimumLabels, 1, nameof(MinimumLabels));
        Guard.AtLeast(MaxPredictions ?? 1, 1, nameof(MaxPredictions));
        Guard.AtLeast(MaxWaiting, 0, nameof(MaxWaiting));
        ArgumentOutOfRangeException.ThrowIfLessThan(FutureTolerance, TimeSpan.Zero, nameof(FutureTolerance));
    }
}
