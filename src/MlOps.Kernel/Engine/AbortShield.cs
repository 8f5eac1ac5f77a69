namespace MlOps.Kernel.Engine;

/// <summary>Keeps aborts out of code that changes what threads share: torn state or a lock that is never released would outlive the cell.</summary>
/// <remarks>
/// .NET 10 delivers an abort anywhere, also inside a finally block, because the compiler merges such blocks into the code around them.
/// So threads are counted in and out: an abort waits until none is inside, and a thread that comes while one is on its way waits
/// outside, where it may hit.
/// </remarks>
internal sealed class AbortShield
{
    // A thread in a catch block is not hit there: it goes on after this time rather than wait for ever.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    private int _inside;
    private volatile int _onTheirWay;

    /// <summary>Runs code that must not be aborted. It should be short, and throw nothing of its own.</summary>
    /// <param name="mayBeHit">Whether the calling thread is one that aborts are sent to.</param>
    /// <param name="state">Goes to the code.</param>
    /// <param name="change">The code.</param>
    internal void Run<TState>(bool mayBeHit, TState state, Action<TState> change)
        where TState : allows ref struct
    {
        Interlocked.Increment(ref _inside);
        if (mayBeHit && _onTheirWay > 0)
        {
            Interlocked.Decrement(ref _inside);
            SpinWait.SpinUntil(() => _onTheirWay == 0, s_patience);
            Interlocked.Increment(ref _inside);
        }

        try
        {
            change(state);
        }
        finally
        {
            Interlocked.Decrement(ref _inside); // also when a wait for a lock inside was interrupted
        }
    }

    /// <summary>Says that an abort is on its way; returns when no thread is inside, or at the limit.</summary>
    internal void Expect(TimeSpan limit)
    {
        Interlocked.Increment(ref _onTheirWay);
        SpinWait.SpinUntil(() => Volatile.Read(ref _inside) == 0, limit);
    }

    /// <summary>Says that it has arrived.</summary>
    internal void Arrived() => Interlocked.Decrement(ref _onTheirWay);
}
