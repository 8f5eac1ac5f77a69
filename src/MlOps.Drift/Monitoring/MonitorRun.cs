using System.Text;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Monitoring;

/// <summary>What a monitor made of a batch.</summary>
/// <param name="Monitor">The monitor's name.</param>
/// <param name="Batch">The batch's id.</param>
/// <param name="From">Start of the period.</param>
/// <param name="Until">End of the period.</param>
/// <param name="Rows">Rows of the batch.</param>
/// <param name="Findings">What the checks had to say, in their order.</param>
/// <param name="Measurements">What they measured.</param>
/// <param name="Alerts">What people are told, after grouping and cool-down.</param>
/// <param name="IsRepeat">Whether the batch had been seen before: then this is what is stored of it, and nothing was counted or sent again.</param>
public sealed record MonitorRun(
    string Monitor,
    string Batch,
    DateTimeOffset From,
    DateTimeOffset Until,
    int Rows,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<Measurement> Measurements,
    IReadOnlyList<Alert> Alerts,
    bool IsRepeat = false)
{
    /// <summary>Gets the worst severity of any finding.</summary>
    public AlertSeverity Worst => Findings.Count == 0 ? AlertSeverity.None : Findings.Max(f => f.Severity);

    /// <summary>Gets what went wrong with sending: the batch itself is stored.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Returns the batch as one line of JSON.</summary>
    /// <remarks><c>{"monitor","batch","from","until","rows","repeat","worst","findings":[{"check","subject","name","severity","message","value","limit"}],
    /// "alerts":[…as sent to a webhook…],"problems":[…]}</c>. A number that JSON cannot write is null.</remarks>
    public string ToJson() => AlertJson.Write(this);

    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <summary>Returns the batch in one line, and a line a finding.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(FormattableString.Invariant($"{Batch}: {Rows:N0} rows, {(Findings.Count == 0 ? "quiet" : $"{Findings.Count} findings, worst {Worst.ToString().ToLowerInvariant()}")}"));
        foreach (Finding finding in Findings.OrderByDescending(f => f.Severity))
        {
            text.Append("\n  ").Append(finding);
        }

        return text.ToString();
    }
}
