using System.Text;

namespace MlOps.Drift.Monitoring;

/// <summary>Writes a monitor's numbers to a file for node_exporter's textfile collector after every batch.</summary>
/// <remarks>The file is written beside and renamed, so that a reader sees the old text or the new one and never a part. node_exporter reads
/// files that end in <c>.prom</c>. For a page that Prometheus scrapes use <see cref="PrometheusText"/>.</remarks>
public sealed class PrometheusFileSink : IAlertSink
{
    private readonly AlertBoard _board = new();
    private long _batches;

    /// <summary>Writes to a file.</summary>
    public PrometheusFileSink(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = path;
    }

    /// <summary>Gets the file.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public string Name => $"prometheus {Path}";

    /// <inheritdoc/>
    public void Send(MonitorRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _board.Take(run.Alerts);
        if (run.IsRepeat)
        {
            return; // alerts of before: there is no batch to write about
        }

        var snapshot = new MonitorSnapshot(run.Monitor, run.Until, ++_batches, run, _board.Open, []);
        string beside = FormattableString.Invariant($"{Path}.{Environment.ProcessId}.tmp");
        try
        {
            File.WriteAllText(beside, PrometheusText.Of(snapshot), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(beside, Path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
