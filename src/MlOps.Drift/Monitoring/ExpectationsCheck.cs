using MlOps.Data;
using MlOps.Drift.Quality;

namespace MlOps.Drift.Monitoring;

/// <summary>Holds every batch to expectations: types, ranges, levels, keys, freshness.</summary>
/// <remarks>A failed rule of severity error is critical, one of severity warning is a warning. A rule that could not be evaluated says so as
/// information, unless the batch has no rows, which is one finding.</remarks>
/// <param name="expectations">The rules.</param>
/// <param name="clock">For rules about fresh and future times; the system's if null.</param>
/// <param name="others">The tables that rules about foreign keys name.</param>
/// <param name="name">The check's name.</param>
public sealed class ExpectationsCheck(
    Expectations expectations, TimeProvider? clock = null, IReadOnlyDictionary<string, Table>? others = null, string name = "quality") : IMonitorCheck
{
    private readonly Expectations _expectations = expectations ?? throw new ArgumentNullException(nameof(expectations));

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public CheckResult Run(Batch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        QualityReport report = _expectations.Check(batch.Rows, clock, others, cancellationToken);
        var findings = new List<Finding>();
        var measurements = new List<Measurement>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (ExpectationResult result in report.Results)
        {
            string subject = string.Join(", ", result.Expectation.Columns);
            string kind = Distinct(seen, subject, result.Expectation.Kind);
            if (result.Outcome != ExpectationOutcome.NotEvaluated)
            {
                measurements.Add(batch.Measure(MeasurementKind.Quality, Name, subject, kind, result.FailingRows));
            }

            if (Severity(result, batch) is var severity and not AlertSeverity.None)
            {
                findings.Add(new Finding(Name, subject, kind, severity, result.Message, result.FailingRows) { LookAt = "the job that delivers the rows; do not retrain on them" });
            }
        }

        return new CheckResult(findings, measurements);
    }

    private static AlertSeverity Severity(ExpectationResult result, Batch batch) => result.Outcome switch
    {
        ExpectationOutcome.Failed => result.Severity == QualitySeverity.Error ? AlertSeverity.Critical : AlertSeverity.Warning,
        ExpectationOutcome.NotEvaluated when batch.Rows.RowCount > 0 => AlertSeverity.Info,
        _ => AlertSeverity.None,
    };

    /// <summary>Two rules of one kind about one column are told apart by their order.</summary>
    private static string Distinct(Dictionary<string, int> seen, string subject, string kind)
    {
        string key = $"{subject}\u001f{kind}";
        int times = seen[key] = seen.GetValueOrDefault(key) + 1;
        return times == 1 ? kind : FormattableString.Invariant($"{kind} {times}");
    }
}
