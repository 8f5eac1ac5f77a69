using System.Text;

namespace MlOps.Drift.Monitoring;

/// <summary>Appends alerts to a file, a line of JSON each.</summary>
/// <remarks>The file is opened for every batch with alerts and flushed to the disk, so that it may be rotated at any time and a line is either
/// there or not. If it cannot be written, the lines wait and are written with the next batch; the monitor reports it each time.</remarks>
/// <param name="path">The file; made if it is not there.</param>
public sealed class JsonLinesSink(string path) : IAlertSink
{
    private const int MostWaiting = 10_000;
    private readonly Queue<string> _waiting = new();
    private readonly List<string> _problems = [];
    private long _dropped;

    /// <summary>Gets the file.</summary>
    public string Path { get; } = string.IsNullOrWhiteSpace(path) ? throw new ArgumentException("The path is blank.", nameof(path)) : path;

    /// <inheritdoc/>
    public string Name => $"file {Path}";

    /// <inheritdoc/>
    public void Send(MonitorRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (Alert alert in run.Alerts)
        {
            if (_waiting.Count == MostWaiting)
            {
                _waiting.Dequeue();
                _dropped++;
            }

            _waiting.Enqueue(AlertJson.Write(run, alert));
        }

        if (_waiting.Count == 0)
        {
            return;
        }

        try
        {
            Append(string.Concat(_waiting.Select(line => line + "\n")));
            _waiting.Clear();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _problems.Add(FormattableString.Invariant($"{e.Message.ReplaceLineEndings(" ")} {_waiting.Count:N0} alerts wait for the next batch{(_dropped > 0 ? $", {_dropped:N0} were dropped" : "")}."));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> TakeProblems()
    {
        string[] problems = [.. _problems];
        _problems.Clear();
        return problems;
    }

    /// <summary>Appends all of the text or nothing of it: what a full disk cut off is taken away again.</summary>
    private void Append(string text)
    {
        using var file = new FileStream(Path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        long end = file.Seek(0, SeekOrigin.End);
        try
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            file.SetLength(end);
            throw;
        }
    }
}
