using System.Runtime.ExceptionServices;

namespace MlOps.Grading.Running;

/// <summary>Does work on threads of its own.</summary>
/// <remarks>Grading waits for compilers and processes most of the time. On the thread pool those waits would keep the pool's few
/// threads from the work they wait for; measured, the first exercise then took half a second longer.</remarks>
internal static class Workers
{
    /// <summary>Calls <paramref name="work"/> for 0 to <paramref name="count"/> − 1, in order, so many at a time. The first exception stops the rest and is thrown.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; what had begun was finished.</exception>
    internal static void Run(int count, int jobs, Action<int> work, CancellationToken cancellationToken = default)
    {
        int next = -1;
        ExceptionDispatchInfo? failure = null;
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(jobs, count)).Select(i => new Thread(Loop) { IsBackground = true, Name = FormattableString.Invariant($"worker {i + 1}") })];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        failure?.Throw();
        cancellationToken.ThrowIfCancellationRequested();

        void Loop()
        {
            try
            {
                while (!cancellationToken.IsCancellationRequested && Volatile.Read(ref failure) is null && Interlocked.Increment(ref next) is var place && place < count)
                {
                    work(place);
                }
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
            }
        }
    }
}
