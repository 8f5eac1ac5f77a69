namespace MlOps.Tracking.Capture;

/// <summary>Logs the machine's load into a run, from its start to its end. Whatever goes wrong is kept in <see cref="Problem"/> and never reaches the run.</summary>
internal sealed class SystemSampler : IDisposable
{
    private readonly ActiveRun _run;
    private readonly MachineLoad _load = new();
    private readonly Lock _lock = new();
    private readonly Timer _timer;
    private long _samples;
    private bool _stopped;

    internal SystemSampler(ActiveRun run, TimeSpan interval)
    {
        _run = run;
        _timer = new Timer(_ => Sample(last: false), null, TimeSpan.Zero, interval);
    }

    /// <summary>Gets what kept a sample from being logged last; null if nothing did.</summary>
    internal string? Problem { get; private set; }

    /// <summary>Takes a last sample and stops.</summary>
    public void Dispose()
    {
        Sample(last: true);
        _timer.Dispose();
    }

    private void Sample(bool last)
    {
        // A sample that takes longer than the interval makes the next ones wait for nothing: they are left out.
        if (!(last ? EnterAlways() : _lock.TryEnter()))
        {
            return;
        }

        try
        {
            if (!_stopped)
            {
                _stopped = last;
                long now = _run.Now();
                long step = _samples++;
                _run.LogSystemMetrics([.. _load.Measure().Select(m => new Metric(m.Key, m.Value, now, step))]);
            }
        }
        catch (Exception e) when (e is TrackingException or IOException or UnauthorizedAccessException or FormatException or ObjectDisposedException)
        {
            Problem = e.Message;
        }
        finally
        {
            _lock.Exit();
        }
    }

    private bool EnterAlways()
    {
        _lock.Enter();
        return true;
    }
}
