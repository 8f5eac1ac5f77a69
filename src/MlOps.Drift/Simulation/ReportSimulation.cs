using System.Globalization;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Simulation;

/// <summary>Many drift reports on data of one known truth.</summary>
/// <param name="Reports">One report a run, in the order of the runs.</param>
public sealed record ReportSimulation(IReadOnlyList<DriftReport> Reports)
{
    /// <summary>Gets the share of reports in which at least one column drifted: on quiet data the false-alarm rate of the report, else its power.</summary>
    public double AlarmShare => Reports.Count(report => report.Level > DriftLevel.None) / (double)Reports.Count;

    /// <summary>Returns the share of reports in which one column drifted.</summary>
    /// <exception cref="KeyNotFoundException">The reports have no such column.</exception>
    public double AlarmShareOf(string column) => Reports.Count(report => report[column].Drift) / (double)Reports.Count;

    /// <summary>Returns the statistic of one test of one column in every run that could compute it.</summary>
    /// <param name="column">The column.</param>
    /// <param name="test">The test, such as <c>psi</c>.</param>
    /// <exception cref="KeyNotFoundException">The reports have no such column or test.</exception>
    public double[] Statistics(string column, string test) =>
        [.. Reports.Select(report => report[column]).Where(drift => drift.Tests.Count > 0).Select(drift => drift[test].Statistic)];

    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <summary>Returns the finding in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{100 * AlarmShare:0.#} % of {Reports.Count} reports alarm");
}
