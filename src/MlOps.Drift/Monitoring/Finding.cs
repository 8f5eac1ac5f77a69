using MlOps.Drift.Reporting;

namespace MlOps.Drift.Monitoring;

/// <summary>What a check has to say about one subject of one batch.</summary>
/// <param name="Check">The check's name.</param>
/// <param name="Subject">What it is about, such as a column; empty for the batch as a whole.</param>
/// <param name="Name">What kind of finding, such as <c>psi</c> or <c>type-changed</c>. With check and subject it tells that two
/// batches found the same thing.</param>
/// <param name="Severity">How urgent it is.</param>
/// <param name="Message">The finding in plain words, with its numbers.</param>
/// <param name="Value">The number behind it; null where there is none.</param>
/// <param name="Limit">The limit it broke; null where there is none.</param>
public sealed record Finding(
    string Check, string Subject, string Name, AlertSeverity Severity, string Message, double? Value = null, double? Limit = null)
{
    /// <summary>Gets where to look next; empty where the message says it all.</summary>
    public string LookAt { get; init; } = string.Empty;

    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <summary>Returns severity, check and message in one line.</summary>
    public override string ToString() => $"{Severity.ToString().ToLowerInvariant()} {Check}: {Message}";
}
