using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace MlOps.Kernel.Engine;

/// <summary>A thread of the pool that is kept for compiling.</summary>
/// <remarks>
/// The compiler hands work to the pool and waits for it. Where a cell has blocked every thread of the pool, no later cell could be
/// compiled. A thread of the pool takes what it handed over back and does it itself.
/// </remarks>
internal static class CompilerThread
{
    private static readonly BlockingCollection<Action> Work = [];

    static CompilerThread()
    {
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(workers + 1, ports); // cells keep as many as they had
        ThreadPool.UnsafeQueueUserWorkItem(static _ => Loop(), null);
    }

    /// <summary>Runs something on the thread and waits for it. What it throws is thrown here.</summary>
    internal static T Run<T>(Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        using var done = new ManualResetEventSlim();
        Work.Add(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                done.Set();
            }
        });
        done.Wait();
        failure?.Throw();
        return result;
    }

    private static void Loop()
    {
        foreach (Action work in Work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
