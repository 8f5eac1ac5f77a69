namespace MlOps.Drift.Monitoring;

/// <summary>One line of an alert: a finding and how often it came since the alert was last sent.</summary>
/// <param name="Finding">The most severe of these findings, of equal ones the latest.</param>
/// <param name="Count">How often it came.</param>
public sealed record AlertLine(Finding Finding, int Count);
