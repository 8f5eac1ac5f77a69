using System.Runtime.ExceptionServices;

namespace MlOps.Explain.Shapley;

/// <summary>Work in numbered pieces that do not depend on each other, on several threads.</summary>
internal static class Pieces
{
    /// <summary>Runs every piece once; they begin in their order. When one throws no later one begins, and of several failures that of the first piece is thrown: the same for any number of threads.</summary>
    /// <param name="count">How many pieces there are.</param>
    /// <param name="threads">How many run at a time, at least 1.</param>
    /// <param name="piece">Told the piece, and a number below <paramref name="threads"/> that no other piece has at that time: whose memory to use.</param>
    internal static void Run(int count, int threads, Action<int, int> piece)
    {
        threads = Math.Min(threads, count);
        if (threads <= 1)
        {
            for (int i = 0; i < count; i++)
            {
                piece(i, 0);
            }

            return;
        }

        int begun = -1;
        int failed = count;
        ExceptionDispatchInfo? failure = null;
        var gate = new Lock();
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
        {
            for (int i = Interlocked.Increment(ref begun); i < Volatile.Read(ref failed); i = Interlocked.Increment(ref begun))
            {
                try
                {
                    piece(i, thread);
                }
                catch (Exception exception)
                {
                    lock (gate)
                    {
                        (failed, failure) = i < failed ? (i, ExceptionDispatchInfo.Capture(exception)) : (failed, failure);
                    }
                }
            }
        });
        failure?.Throw();
    }
}
