using System.Text;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Monitoring;

/// <summary>A message to people: what is wrong, how badly, since when, and where to look.</summary>
/// <param name="Group">What the findings have in common, such as the check. Alerts of one group are one story.</param>
/// <param name="Kind">Why it is sent now.</param>
/// <param name="Severity">The worst of the present findings; <see cref="AlertSeverity.None"/> when resolved.</param>
/// <param name="Title">One sentence.</param>
/// <param name="Lines">Every finding of the group since the last alert was sent, the most severe first.</param>
/// <param name="Batch">The batch that brought it.</param>
/// <param name="FirstSeen">When the story began.</param>
/// <param name="LastSeen">When a finding was last seen.</param>
/// <param name="Lasting">How long the story has lasted, measured so that a clock that is set does not disturb it.</param>
/// <param name="Count">The batches with findings since the story began.</param>
public sealed record Alert(
    string Group,
    AlertKind Kind,
    AlertSeverity Severity,
    string Title,
    IReadOnlyList<AlertLine> Lines,
    string Batch,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    TimeSpan Lasting,
    int Count)
{
    /// <summary>Gets where to look next, the advice for the most severe line first.</summary>
    public IReadOnlyList<string> LookAt => [.. Lines.Select(line => line.Finding.LookAt).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)];

    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <summary>Returns the alert as text: the title, a line a finding, and where to look.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Title);
        foreach (AlertLine line in Lines)
        {
            text.Append("\n  ").Append(line.Finding.Severity.ToString().ToLowerInvariant()).Append("  ").Append(line.Finding.Message);
            if (line.Count > 1)
            {
                text.Append(FormattableString.Invariant($" ({line.Count} times)"));
            }
        }

        foreach (string place in LookAt)
        {
            text.Append("\n  look at: ").Append(place);
        }

        return text.ToString();
    }
}
