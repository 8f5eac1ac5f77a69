using System.Diagnostics;

namespace MlOps.Kernel.Engine;

/// <summary>Runs one cell on two threads: one executes its code, one watches it: delivers output, keeps time, stops it.</summary>
/// <remarks>Own threads, because a cell may block every thread of the pool and must still be stopped in time.</remarks>
internal sealed class CellRun(OutputQueue output, StoppableCode code, TimeSpan? timeout, TimeSpan grace)
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(50);

    // First wait for code that stops by itself, because an abort is the rougher way; then abort loops; then wake what is blocked.
    // The wait for loops is in their processor time: on a busy machine a loop may not get to its next check for long.
    private static readonly TimeSpan AbortDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan InterruptDelay = TimeSpan.FromMilliseconds(100);

    // Code that has been told to stop has this long for its catch and finally blocks; then nothing is spared.
    private static readonly TimeSpan WayOut = TimeSpan.FromSeconds(2);

    private readonly object _signal = new();
    private long _started;
    private bool _interruptRequested;
    private CodeEnd? _end;
    private bool _wake;

    /// <summary>Gets why the cell was told to stop; <see cref="CellStatus.Ok"/> if it was not.</summary>
    internal CellStatus StopReason { get; private set; }

    /// <summary>Asks the watching thread to stop the cell.</summary>
    internal void RequestInterrupt() => Set(() => _interruptRequested = true);

    /// <summary>Starts the clock of the time limit, at the first call.</summary>
    internal void CodeStarts() => Set(() => _started = _started == 0 ? Stopwatch.GetTimestamp() : _started);

    /// <summary>Executes on a thread of its own and watches from the calling one. Returns null if the cell could not be stopped.</summary>
    internal CodeEnd? Execute(Func<CodeEnd> body, Action<CellOutput> deliver)
    {
        output.Ready += Wake;
        var thread = new Thread(() =>
        {
            CodeEnd end = body();
            Set(() => _end = end);
        })
        {
            IsBackground = true,
            Name = "cell",
        };
        thread.UnsafeStart(); // what the host keeps in its execution context is not the cell's

        long stopSent = 0;
        long lastFlush = Stopwatch.GetTimestamp();
        while (true)
        {
            bool ended = WaitForNews();
            bool flush = ended || Stopwatch.GetElapsedTime(lastFlush) >= FlushInterval;
            if (flush)
            {
                lastFlush = Stopwatch.GetTimestamp();
            }

            Deliver(deliver, flush);
            if (stopSent == 0)
            {
                if (ended)
                {
                    return _end;
                }

                if (MustStop())
                {
                    stopSent = Stopwatch.GetTimestamp();
                    code.Stop();
                }
            }
            else if (ended && code.IsIdle)
            {
                CellStop.Done();
                return _end;
            }
            else if (Stopwatch.GetElapsedTime(stopSent) >= grace)
            {
                return null;
            }
            else
            {
                Press(Stopwatch.GetElapsedTime(stopSent));
            }
        }
    }

    private void Press(TimeSpan sinceStop)
    {
        bool forced = sinceStop >= WayOut || sinceStop >= grace / 2;
        if (forced)
        {
            code.Abort();
        }
        else
        {
            code.Abort(AbortDelay);
        }

        if (sinceStop >= InterruptDelay)
        {
            code.Interrupt(forced);
        }
    }

    internal void Deliver(Action<CellOutput> deliver, bool flush)
    {
        foreach (CellOutput item in output.Take(flush))
        {
            deliver(item);
        }
    }

    private bool WaitForNews()
    {
        lock (_signal)
        {
            if (!_wake)
            {
                Monitor.Wait(_signal, NextLook());
            }

            _wake = false;
            return _end is not null;
        }
    }

    private TimeSpan NextLook()
    {
        if (StopReason != CellStatus.Ok)
        {
            return TimeSpan.FromMilliseconds(10);
        }

        TimeSpan left = timeout is { } limit && _started != 0 ? limit - Stopwatch.GetElapsedTime(_started) : FlushInterval;
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left < FlushInterval ? left : FlushInterval;
    }

    private bool MustStop()
    {
        lock (_signal)
        {
            bool late = timeout is { } limit && _started != 0 && Stopwatch.GetElapsedTime(_started) >= limit;
            StopReason = _interruptRequested ? CellStatus.Interrupted : late ? CellStatus.TimedOut : CellStatus.Ok;
            return StopReason != CellStatus.Ok;
        }
    }

    private void Wake() => Set(static () => { });

    private void Set(Action change)
    {
        lock (_signal)
        {
            change();
            _wake = true;
            Monitor.Pulse(_signal);
        }
    }
}
