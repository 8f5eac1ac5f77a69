using System.Collections.Concurrent;
using System.Diagnostics;

namespace MlOps.Grading.Sandboxing;

/// <summary>Starts all hosts on one thread that never ends.</summary>
/// <remarks>
/// A child that shall die with its parent (<c>PR_SET_PDEATHSIG</c>, <c>bwrap --die-with-parent</c>) dies when the <em>thread</em>
/// that started it ends. Threads of the pool end when they have had nothing to do for a while.
/// </remarks>
internal static class ProcessStarter
{
    private static readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> s_wanted = [];

    static ProcessStarter() => new Thread(Run) { IsBackground = true, Name = "starts student processes" }.Start();

    internal static Process Start(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        s_wanted.Add((start, started));
        return started.Task.GetAwaiter().GetResult();
    }

    private static void Run()
    {
        foreach ((ProcessStartInfo start, TaskCompletionSource<Process> started) in s_wanted.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception e)
            {
                started.SetException(e); // whoever asked gets it
            }
        }
    }
}
