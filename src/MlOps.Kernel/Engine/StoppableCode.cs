using System.Runtime;

namespace MlOps.Kernel.Engine;

/// <summary>Runs a cell's code on any thread so that it can be stopped from outside, endless loops and blocked waits included.</summary>
/// <remarks>
/// Each stretch of code runs under <see cref="ControlledExecution"/>, which aborts a loop; <see cref="Thread.Interrupt"/> wakes a wait.
/// Aborting blocks the caller until the target reacts, so every abort gets a thread of its own.
/// </remarks>
#pragma warning disable CA1001 // Its token source outlives the cell in background work and holds nothing but memory.
internal sealed class StoppableCode
#pragma warning restore CA1001
{
    private static readonly TimeSpan ShieldLimit = TimeSpan.FromMilliseconds(500);

    [ThreadStatic]
    private static CodeStretch? s_current;

    private readonly Lock _gate = new();
    private readonly HashSet<CodeStretch> _running = [];
    private readonly CancellationTokenSource _stop = new();
    private volatile bool _stopping;

    /// <summary>Gets what keeps aborts out of code that must not be torn.</summary>
    internal AbortShield Shield { get; } = new();

    /// <summary>Gets a token that is cancelled when the cell is told to stop.</summary>
    internal CancellationToken Stopping => _stop.Token;

    /// <summary>Gets the exception that ended a stretch, for its stack trace: it tells where the cell was. Null if there is none.</summary>
    internal Exception? Ended { get; private set; }

    internal bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _running.Count == 0;
            }
        }
    }

    /// <summary>Runs code that may be aborted; false if it was, or if the cell has already been told to stop.</summary>
    /// <remarks>After false the thread must end: .NET 10 delivers no second abort to a loop on the same thread.</remarks>
    internal bool TryRun(Action code)
    {
        var stretch = new CodeStretch(this);
        lock (_gate)
        {
            if (_stopping)
            {
                return false;
            }

            _running.Add(stretch);
        }

        bool aborted = false;
        CodeStretch? outer = s_current;
        s_current = stretch;
        try
        {
#pragma warning disable SYSLIB0046 // The one way to stop code that does not cooperate. Its danger, state torn by the abort, ends with the cell.
            ControlledExecution.Run(() => RunAndRemember(code), stretch.Abort.Token);
#pragma warning restore SYSLIB0046
        }
        catch (Exception exception) when (_stopping && exception is OperationCanceledException or ThreadInterruptedException)
        {
            aborted = true;
        }
        finally
        {
            s_current = outer;
            Leave(stretch);
        }

        return !aborted;
    }

    /// <summary>Lets no new stretch begin and cancels <see cref="Stopping"/>. Stretches that are short end by themselves.</summary>
    internal void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            foreach (CodeStretch stretch in _running)
            {
                stretch.StopBegins();
            }
        }

        CellStop.Request();
        new Thread(_stop.Cancel) { IsBackground = true, Name = "cell stop" }.UnsafeStart();
    }

    /// <summary>Gets a value indicating whether the calling thread runs code that may be aborted.</summary>
    internal static bool IsHere => s_current is not null;

    /// <summary>Ends the calling code if it has been told to stop.</summary>
    /// <exception cref="OperationCanceledException">The cell has been told to stop.</exception>
    internal static void ThrowIfStopped()
    {
        if (s_current is { Owner._stopping: true } current)
        {
            current.Tell();
            throw Ending(current);
        }
    }

    /// <summary>Ends the calling code at its next output after the stop, once: a loop that prints then needs no abort, and its finally blocks can still print.</summary>
    /// <exception cref="OperationCanceledException">The cell has been told to stop.</exception>
    internal static void ThrowIfJustStopped()
    {
        if (s_current is { Owner._stopping: true } current && current.Tell())
        {
            throw Ending(current);
        }
    }

    /// <summary>Aborts stretches that have run for a while since the stop and have not met a place where they are told of it.</summary>
    /// <param name="ran">For how long. In processor time: on a busy machine code may not have run at all.</param>
    internal void Abort(TimeSpan ran) => Abort(forced: false, stretch => !stretch.IsTold && stretch.HasRun(ran));

    /// <summary>Aborts all stretches that still run.</summary>
    internal void Abort() => Abort(forced: true, static _ => true);

    /// <summary>Wakes stretches that are blocked in a wait.</summary>
    /// <param name="forced">Also those that are on their way out: their finally blocks may wait.</param>
    internal void Interrupt(bool forced)
    {
        lock (_gate)
        {
            foreach (CodeStretch stretch in _running)
            {
                if ((forced || !stretch.IsTold) && stretch.Thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin))
                {
                    stretch.Interrupted = true;
                    stretch.Thread.Interrupt();
                }
            }
        }
    }

    private void Abort(bool forced, Predicate<CodeStretch> which)
    {
        CodeStretch[] running;
        lock (_gate)
        {
            running = [.. _running];
        }

        foreach (CodeStretch stretch in running)
        {
            if (which(stretch) && stretch.TryHit(forced))
            {
                new Thread(() => Hit(stretch)) { IsBackground = true, Name = "cell abort" }.UnsafeStart();
            }
        }
    }

    private void Hit(CodeStretch stretch)
    {
        Shield.Expect(ShieldLimit);
        stretch.Abort.Cancel(); // returns when the target has reacted
        Shield.Arrived();
        stretch.Arrived();
    }

    /// <summary>Keeps what the code ended with, if it has been told to stop: for <see cref="Ended"/>.</summary>
    internal void Remember(Exception exception)
    {
        if (_stopping)
        {
            Ended ??= exception;
        }
    }

    private static OperationCanceledException Ending(CodeStretch stretch) => new("The cell was told to stop.", stretch.Owner.Stopping);

    private void RunAndRemember(Action code)
    {
        try
        {
            code();
        }
        catch (Exception exception) when (_stopping)
        {
            Ended ??= exception;
            throw;
        }
    }

    private void Leave(CodeStretch stretch)
    {
        for (bool left = false; !left;)
        {
            try
            {
                lock (_gate)
                {
                    _running.Remove(stretch); // from here on nobody interrupts this thread for this cell
                }

                left = true;
            }
            catch (ThreadInterruptedException)
            {
                // The interrupt arrived between the code and this lock: consumed, take the lock again.
            }
        }

        if (stretch.Interrupted)
        {
            try
            {
                Thread.Sleep(1); // an interrupt sent to a thread that never waited is still pending: it ends here, not in later work
            }
            catch (ThreadInterruptedException)
            {
                // That was it.
            }
        }
    }
}
