using MlOps.Data;

namespace MlOps.Drift.Monitoring;

/// <summary>Compares every batch with a reference, column by column, as <see cref="DriftReport"/> does.</summary>
/// <remarks>
/// What a report refuses, this check reports and goes on: a column that is gone or new, one that changed type, infinite values (left out and
/// counted), a batch without rows or with too few. Columns of times, and of texts that all differ in the reference, are not compared. New categories and a higher share of missing values are findings of their own.
/// </remarks>
public sealed class DriftCheck : IMonitorCheck
{
    private readonly Func<DateTimeOffset, DateTimeOffset, Table?> _reference;
    private readonly DriftOptions _options;

    /// <summary>Compares with one table, such as the training data.</summary>
    public DriftCheck(Table reference, DriftOptions? options = null, string name = "drift")
        : this((_, _) => reference, options, name) => ArgumentNullException.ThrowIfNull(reference);

    /// <summary>Compares with a reference that depends on the period, such as the same season a year before.</summary>
    /// <param name="reference">Gives the reference of a period (from, until); null where there is none yet, which is told as information.</param>
    /// <param name="options">Columns, tests and thresholds.</param>
    /// <param name="name">The check's name.</param>
    public DriftCheck(Func<DateTimeOffset, DateTimeOffset, Table?> reference, DriftOptions? options = null, string name = "drift")
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (_reference, _options, Name) = (reference, options ?? new DriftOptions(), name);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Gets the severity of moderate drift. Default: warning.</summary>
    public AlertSeverity Moderate { get; init; } = AlertSeverity.Warning;

    /// <summary>Gets the severity of significant drift. Default: critical.</summary>
    public AlertSeverity Significant { get; init; } = AlertSeverity.Critical;

    /// <summary>Gets the severity of a batch with fewer rows than <see cref="MinimumRows"/>, none included. Default: warning.</summary>
    public AlertSeverity TooFew { get; init; } = AlertSeverity.Warning;

    /// <summary>Gets the rows a batch needs to be compared. Default 1: the report knows how much chance gives at any size.</summary>
    public int MinimumRows { get; init => field = Guard.AtLeast(value, 1, nameof(MinimumRows)); } = 1;

    /// <inheritdoc/>
    public CheckResult Run(Batch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Rows.RowCount < MinimumRows)
        {
            return TooFew == AlertSeverity.None ? CheckResult.Nothing : new CheckResult(
                [new Finding(Name, "", "too-few-rows", TooFew, FormattableString.Invariant($"{batch.Rows.RowCount:N0} rows are too few to compare; at least {MinimumRows:N0} are needed"), batch.Rows.RowCount, MinimumRows)],
                []);
        }

        if (_reference(batch.From, batch.Until) is not { RowCount: > 0 } reference)
        {
            return new CheckResult([new Finding(Name, "", "no-reference", AlertSeverity.Info, "there is no reference for this period yet, so nothing was compared")], []);
        }

        var columns = ComparableColumns.Of(reference, batch.Rows, _options.Columns, Name);
        var findings = new List<Finding>(columns.Findings);
        var measurements = new List<Measurement>();
        if (columns.Names.Count > 0)
        {
            var report = DriftReport.Compare(columns.Reference, columns.Current, _options with { Columns = columns.Names }, cancellationToken: cancellationToken);
            foreach (ColumnDrift column in report.Columns)
            {
                Add(findings, column, report);
                Measure(measurements, batch, column);
            }

            measurements.Add(batch.Measure(MeasurementKind.Drift, Name, "", "drifted-share", report.DriftedShare));
        }

        return new CheckResult(findings, measurements);
    }

    private void Add(List<Finding> findings, ColumnDrift column, DriftReport report)
    {
        AlertSeverity severity = column.Level switch { DriftLevel.Significant => Significant, DriftLevel.Moderate => Moderate, _ => AlertSeverity.None };
        if (column.Tests.Count == 0)
        {
            findings.Add(new Finding(Name, column.Name, "no-value", AlertSeverity.Critical, $"'{column.Name}' has no value at all on one side") { LookAt = "the job that fills the column" });
        }
        else if (severity != AlertSeverity.None)
        {
            DriftTestResult psi = column["psi"];
            string p = column.Tests.FirstOrDefault(t => t.PValue is not null) is { } test ? FormattableString.Invariant($", {test.Name} p = {test.PValue:0.###e+0}") : "";
            findings.Add(new Finding(
                Name,
                column.Name,
                "psi",
                severity,
                FormattableString.Invariant($"'{column.Name}' drifted {(column.Level == DriftLevel.Significant ? "significantly" : "moderately")}: PSI {psi.Statistic:0.###}, limit {psi.Threshold:0.###}{p}"),
                psi.Statistic,
                psi.Threshold)
            {
                LookAt = "the pipeline first, then the same season last year, then the model's errors where the new rows are",
            });
        }

        NewLevels(findings, column);
        double before = (double)column.Missing.Reference / report.Rows.Reference;
        double now = (double)column.Missing.Current / report.Rows.Current;
        if (column.Tests.Count > 0 && now - before >= _options.MissingRise)
        {
            findings.Add(new Finding(
                Name, column.Name, "missing", AlertSeverity.Warning, FormattableString.Invariant($"'{column.Name}' is missing in {now:P1} of the rows, {before:P1} in the reference"), now, before + _options.MissingRise)
            {
                LookAt = "the job that fills the column",
            });
        }
    }

    private void NewLevels(List<Finding> findings, ColumnDrift column)
    {
        if (column.Levels is not { } levels || levels.Reference.Sum() == 0)
        {
            return;
        }

        int[] added = [.. Enumerable.Range(0, levels.Levels.Count).Where(i => levels.Reference[i] == 0 && levels.Current[i] > 0)];
        if (added.Length > 0)
        {
            const int Named = 3;
            long rows = added.Sum(i => levels.Current[i]);
            string names = string.Join(", ", added.OrderByDescending(i => levels.Current[i]).Take(Named).Select(i => $"'{levels.Levels[i]}'"));
            findings.Add(new Finding(
                Name, column.Name, "new-levels", AlertSeverity.Info, FormattableString.Invariant($"'{column.Name}' has {added.Length:N0} new categories in {rows:N0} rows: {names}{(added.Length > Named ? ", …" : "")}"), rows)
            {
                LookAt = "how the model treats categories it has never seen",
            });
        }
    }

    private void Measure(List<Measurement> measurements, Batch batch, ColumnDrift column)
    {
        foreach (DriftTestResult test in column.Tests)
        {
            measurements.Add(batch.Measure(MeasurementKind.Drift, Name, column.Name, test.Name, test.Statistic, test.PValue is null ? test.Threshold : null));
            if (test.PValue is { } p)
            {
                measurements.Add(batch.Measure(MeasurementKind.Drift, Name, column.Name, test.Name + "-p", p, test.Threshold));
            }
        }
    }
}
