using System.Text.Json;
using MlOps.Drift.Monitoring;

namespace MlOps.Cli;

/// <summary>Writes batches as they come, and a summary at the end.</summary>
/// <param name="json">Whether to write JSON.</param>
/// <param name="told">Where the console sink has written its alerts: they follow the findings they are made of.</param>
internal sealed class MonitorJournal(bool json, StringWriter told)
{
    private int _batches;
    private int _repeats;
    private long _rows;
    private int _alerts;
    private RetrainAction _action;

    /// <summary>The worst severity of any alert.</summary>
    internal AlertSeverity Worst { get; private set; }

    internal void Add(MonitorRun run)
    {
        foreach (string problem in run.Problems)
        {
            Console.Error.WriteLine($"mlops: {problem}");
        }

        if (run.IsRepeat)
        {
            _repeats++;
            return;
        }

        _batches++;
        _rows += run.Rows;
        _alerts += run.Alerts.Count(a => a.Kind != AlertKind.Resolved);
        Worst = run.Alerts.Select(a => a.Severity).Append(Worst).Max();
        if (json)
        {
            Console.Out.WriteLine(run.ToJson());
            return;
        }

        Console.Out.WriteLine(FormattableString.Invariant($"{run.Batch}  {run.Rows:N0} rows  {(run.Findings.Count == 0 ? "quiet" : run.Worst.ToString().ToLowerInvariant())}"));
        foreach (Finding finding in run.Findings.OrderByDescending(f => f.Severity))
        {
            Console.Out.WriteLine($"  {finding}");
        }

        Console.Out.Write(told.ToString());
        told.GetStringBuilder().Clear();
    }

    internal void Add(RetrainDecision decision)
    {
        if (decision.Action == _action)
        {
            return;
        }

        _action = decision.Action;
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { decision = new { id = decision.Id, action = decision.Action.ToString().ToLowerInvariant(), because = decision.Because, expectedCost = decision.ExpectedCost, expectedSaving = decision.ExpectedSaving } }));
        }
        else
        {
            Console.Out.WriteLine($"decision {decision}");
        }
    }

    internal static void Interrupted(int waiting) => Console.Error.WriteLine(FormattableString.Invariant(
        $"mlops: ended by Ctrl-C. What was checked is stored; {waiting:N0} rows waited for their window to end and are read again next time."));

    internal void Close(Intake unreported, MonitorSnapshot snapshot)
    {
        if (unreported.LeftOut > 0)
        {
            Console.Error.WriteLine(FormattableString.Invariant(
                $"mlops: after the last batch {unreported.LeftOut:N0} rows were left out: {unreported.Late:N0} late, {unreported.Future:N0} ahead of the clock, {unreported.Untimed:N0} without a time, {unreported.Malformed:N0} malformed."));
        }

        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new
            {
                summary = new { batches = _batches, repeats = _repeats, rows = _rows, alerts = _alerts, worst = Worst.ToString().ToLowerInvariant(), open = snapshot.Open.Select(a => a.Group) },
            }));
            return;
        }

        Console.Out.WriteLine(FormattableString.Invariant(
            $"{_batches:N0} batches, {_rows:N0} rows, {_alerts:N0} alerts{(_repeats > 0 ? $", {_repeats:N0} batches were checked before" : "")}{(snapshot.Open.Count > 0 ? $"; open: {string.Join(", ", snapshot.Open.Select(a => a.Group))}" : "")}"));
    }
}
