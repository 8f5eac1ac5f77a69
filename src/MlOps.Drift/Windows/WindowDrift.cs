namespace MlOps.Drift.Windows;

/// <summary>One window of a history, compared with the past chosen for it.</summary>
/// <param name="Window">The window, or the part of it that lies in one season.</param>
/// <param name="Season">The season it lies in; null outside all of them.</param>
/// <param name="Reference">The period it was compared with; null if there was none.</param>
/// <param name="Rows">Rows of the reference and of the window.</param>
/// <param name="Report">The comparison; null if it was skipped.</param>
/// <param name="SkipReason">Why there is no report; null if there is one.</param>
public sealed record WindowDrift(Period Window, string? Season, Period? Reference, RowCounts Rows, DriftReport? Report, string? SkipReason)
{
    /// <summary>Gets the worst level of any column; none for a skipped window.</summary>
    public DriftLevel Level => Report?.Level ?? DriftLevel.None;

    /// <summary>Gets rows per day of the window over rows per day of the reference; NaN without a reference row. 1 is no change.</summary>
    public double VolumeRatio => Reference is { } reference && Rows.Reference > 0
        ? Rows.Current / Window.Length.TotalDays / (Rows.Reference / reference.Length.TotalDays)
        : double.NaN;

    /// <summary>Returns the window and its season.</summary>
    public string Label => Season is null ? Window.ToString() : $"{Window} ({Season})";
}
