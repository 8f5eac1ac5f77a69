using MlOps.Data;
using MlOps.Drift.Monitoring;

namespace MlOps.Drift.Tests.Monitoring;

/// <summary>Small batches and checks for tests.</summary>
internal static class MonitorSamples
{
    internal static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Numbers spread evenly over [shift, shift + 1), and three levels.</summary>
    internal static Table Rows(int rows, double shift = 0) => new(
        Column.Of("x", [.. Enumerable.Range(0, rows).Select(i => shift + (i * 0.618034 % 1))]),
        Column.Of("kind", [.. Enumerable.Range(0, rows).Select(i => "abc"[i % 3].ToString())]));

    internal static Batch Day(int day, Table rows) => Batch.Of(rows, Start.AddDays(day), Start.AddDays(day + 1));

    internal static Finding Finding(string subject, AlertSeverity severity, string check = "drift") => new(check, subject, "psi", severity, $"{subject} is {severity}");
}

/// <summary>A check that says what it is told to say.</summary>
internal sealed class ScriptedCheck(string name, Func<Batch, IReadOnlyList<Finding>> findings) : IMonitorCheck
{
    public string Name => name;

    public CheckResult Run(Batch batch, CancellationToken cancellationToken) => new(findings(batch), []);
}
