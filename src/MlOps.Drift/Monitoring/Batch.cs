using MlOps.Data;

namespace MlOps.Drift.Monitoring;

/// <summary>The rows of one period, as a monitor takes them.</summary>
public sealed record Batch
{
    /// <summary>Names the rows of a period.</summary>
    /// <param name="id">Unique and the same whenever the same rows are sent again: a batch that a monitor has seen is not counted twice.</param>
    /// <param name="rows">The rows. None at all is a finding, not an error.</param>
    /// <param name="from">The start of the period, included.</param>
    /// <param name="until">The end of the period, excluded; not before <paramref name="from"/>.</param>
    /// <exception cref="ArgumentException">The id is blank, or the period ends before it begins.</exception>
    public Batch(string id, Table rows, DateTimeOffset from, DateTimeOffset until)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentNullException.ThrowIfNull(rows);
        if (until < from)
        {
            throw new ArgumentException(FormattableString.Invariant($"A batch must not end before it begins; got {from:O} to {until:O}."), nameof(until));
        }

        (Id, Rows, From, Until) = (id, rows, from, until);
    }

    /// <summary>Gets the name of the batch.</summary>
    public string Id { get; }

    /// <summary>Gets the rows.</summary>
    public Table Rows { get; }

    /// <summary>Gets the start of the period.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Gets the end of the period.</summary>
    public DateTimeOffset Until { get; }

    /// <summary>Gets the rows that did not come in as they should; see <see cref="IntakeCheck"/>.</summary>
    public Intake Intake { get; init; } = new();

    /// <summary>Gets numbers measured elsewhere, such as an estimated accuracy: a <see cref="MetricCheck"/> watches them. They are stored in any case.</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; init; } = new Dictionary<string, double>();

    /// <summary>Makes a batch whose id is its period in UTC, for periods that do not overlap.</summary>
    public static Batch Of(Table rows, DateTimeOffset from, DateTimeOffset until) =>
        new(FormattableString.Invariant($"{from.UtcDateTime:yyyy-MM-ddTHH:mm:ss.FFFFFFF}Z/{until.UtcDateTime:yyyy-MM-ddTHH:mm:ss.FFFFFFF}Z"), rows, from, until);

    /// <summary>A measurement of this batch.</summary>
    internal Measurement Measure(MeasurementKind kind, string check, string subject, string name, double value, double? limit = null) =>
        new(Until, Id, kind, check, subject, name, value, limit);
}
