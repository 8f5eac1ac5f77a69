namespace MlOps.Kernel.Engine;

/// <summary>Threads for code that may be aborted. They are used again, but never after an abort.</summary>
/// <remarks>
/// The thread pool will not do: .NET 10 does not deliver a second abort to a loop on the same thread, so an aborted thread must end;
/// and a cell that blocks all threads of the pool could not be continued.
/// </remarks>
internal static class CellThreads
{
    private static readonly TimeSpan IdleLife = TimeSpan.FromSeconds(2);
    private static readonly Lock Gate = new();
    private static readonly List<Worker> Idle = [];

    /// <summary>Runs work on some thread of its own, at once.</summary>
    /// <param name="work">Returns whether its thread may be used again. Throws nothing.</param>
    internal static void Run(Func<bool> work)
    {
        if (TakeIdle() is { } idle)
        {
            idle.Give(work);
        }
        else
        {
            new Worker().Start(work);
        }
    }

    private static Worker? TakeIdle()
    {
        lock (Gate)
        {
            Worker? last = Idle.LastOrDefault(); // the one used last: its data is still in the cache, and old ones get to retire
            if (last is not null)
            {
                Idle.RemoveAt(Idle.Count - 1);
            }

            return last;
        }
    }

    private sealed class Worker
    {
        private readonly object _signal = new();
        private Func<bool>? _work;

        internal void Start(Func<bool> work)
        {
            _work = work;
            new Thread(Loop) { IsBackground = true, Name = "cell continuation" }.UnsafeStart();
        }

        internal void Give(Func<bool> work)
        {
            lock (_signal)
            {
                _work = work;
                Monitor.Pulse(_signal);
            }
        }

        private void Loop()
        {
            while (_work!())
            {
                _work = null;
                lock (Gate)
                {
                    Idle.Add(this);
                }

                if (!WaitForWork(IdleLife))
                {
                    lock (Gate)
                    {
                        if (Idle.Remove(this))
                        {
                            return;
                        }
                    }

                    WaitForWork(Timeout.InfiniteTimeSpan); // already off the list: the work is on its way
                }
            }
        }

        private bool WaitForWork(TimeSpan limit)
        {
            lock (_signal)
            {
                return _work is not null || Monitor.Wait(_signal, limit);
            }
        }
    }
}
