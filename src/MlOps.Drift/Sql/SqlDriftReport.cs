using System.Globalization;

namespace MlOps.Drift.Sql;

/// <summary>A drift report that a database computed, and what it cost.</summary>
/// <param name="Report">The report; equal to <see cref="DriftReport.Compare"/> on the same rows, unless a note states an error bound.</param>
/// <param name="Engine">How the database was spoken to.</param>
/// <param name="Queries">Queries sent.</param>
/// <param name="Scans">Times that one side's rows were read by the engine, both sides counted.</param>
/// <param name="ValuesRead">Single values that travelled here: aggregates and levels, never rows.</param>
public sealed record SqlDriftReport(DriftReport Report, SqlEngine Engine, int Queries, int Scans, long ValuesRead)
{
    /// <summary>Returns how a notebook shows it: the report's table.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Report.ToMimeBundle();

    /// <summary>Returns the report as an aligned text, with its cost in the last line.</summary>
    public override string ToString() => Report + string.Create(
        CultureInfo.InvariantCulture,
        $"Computed by {Engine}: {Queries:N0} queries, {Scans:N0} scans of a side, {ValuesRead:N0} values read.\n");
}
