using System.Collections.Concurrent;
using System.Diagnostics;

namespace MlOps.Kernel.Jupyter;

/// <summary>Runs what must happen one after the other: cells, and messages to the objects that cells share with the front end.</summary>
internal sealed class CellExecutor
{
    private readonly BlockingCollection<Job> _queue = [];
    private readonly IoPub _iopub;
    private readonly object _gate = new();
    private CancellationTokenSource? _interrupt;
    private JupyterMessage? _running;
    private int _waiting;
    private long _lastEnd = Stopwatch.GetTimestamp();
    private long _arrived;
    private long _givenUp;

    internal CellExecutor(IoPub iopub) => _iopub = iopub;

    /// <summary>Gets the header of the request that is running; null if none is.</summary>
    internal ReadOnlyMemory<byte>? RunningHeader
    {
        get
        {
            lock (_gate)
            {
                return _running?.Header;
            }
        }
    }

    internal void Start() => new Thread(Loop) { IsBackground = true, Name = "cells" }.UnsafeStart();

    /// <summary>Puts a request in the queue.</summary>
    /// <param name="request">The request.</param>
    /// <param name="run">Does it and answers it; the token stops it.</param>
    /// <param name="giveUp">Answers it without doing it; null for a request that is done in any case.</param>
    internal void Add(JupyterMessage request, Action<CancellationToken> run, Action? giveUp)
    {
        lock (_gate)
        {
            _waiting++;
            _queue.Add(new Job(++_arrived, request, run, giveUp));
        }
    }

    /// <summary>Gives up the requests that wait now. Called before the reply that tells of the failure: what a front end sends after it has read that is run.</summary>
    internal void GiveUpWaiting()
    {
        lock (_gate)
        {
            _givenUp = _arrived;
        }
    }

    /// <summary>Stops the cell that runs now, if one does.</summary>
    internal void Interrupt()
    {
        lock (_gate)
        {
            _interrupt?.Cancel();
        }
    }

    /// <summary>Whether nothing has run and nothing has waited for some time.</summary>
    internal bool HasBeenIdleFor(TimeSpan time)
    {
        lock (_gate)
        {
            return _waiting == 0 && Stopwatch.GetElapsedTime(_lastEnd) >= time;
        }
    }

    /// <summary>Waits until nothing runs and nothing waits, at most as long as given.</summary>
    internal bool WaitUntilIdle(TimeSpan limit)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            while (_waiting > 0)
            {
                TimeSpan left = limit - Stopwatch.GetElapsedTime(start);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                {
                    return _waiting == 0;
                }
            }

            return true;
        }
    }

    private void Loop()
    {
        foreach (Job job in _queue.GetConsumingEnumerable())
        {
            if (job.GiveUp is { } giveUp && job.Number <= _givenUp)
            {
                _iopub.Status("busy", job.Request.Header);
                giveUp();
                _iopub.Status("idle", job.Request.Header);
                Done();
            }
            else
            {
                Run(job);
            }
        }
    }

    private void Run(Job job)
    {
        using var interrupt = new CancellationTokenSource();
        lock (_gate)
        {
            (_interrupt, _running) = (interrupt, job.Request);
        }

        _iopub.Status("busy", job.Request.Header);
        try
        {
            job.Work(interrupt.Token);
        }
        catch (Exception exception)
        {
            KernelLog.Write($"{job.Request.Type} failed: {exception}");
        }
        finally
        {
            lock (_gate)
            {
                (_interrupt, _running) = (null, null);
            }

            _iopub.Status("idle", job.Request.Header);
            Done();
        }
    }

    private void Done()
    {
        lock (_gate)
        {
            _waiting--;
            _lastEnd = Stopwatch.GetTimestamp();
            Monitor.PulseAll(_gate);
        }
    }

    private sealed record Job(long Number, JupyterMessage Request, Action<CancellationToken> Work, Action? GiveUp);
}
