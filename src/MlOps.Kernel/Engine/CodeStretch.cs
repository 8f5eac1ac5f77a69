namespace MlOps.Kernel.Engine;

/// <summary>One stretch of a cell's code on one thread, and how far its stop has come.</summary>
/// <remarks>
/// Code that has been told to stop is on its way out and is not aborted then: its finally blocks would be torn. Both want the same
/// stretch at the same time, so the state says who was first.
/// </remarks>
internal sealed class CodeStretch(StoppableCode owner)
{
    private const int Free = 0;
    private const int Told = 1;
    private const int Hit = 2;

    // A thread in a catch block is not hit there: it goes on after this time rather than wait for ever.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    private readonly ThreadTime _time = ThreadTime.Here;
    private TimeSpan _usedAtStop;
    private int _state;

    internal StoppableCode Owner => owner;

    internal Thread Thread { get; } = Thread.CurrentThread;

    internal CancellationTokenSource Abort { get; } = new();

    internal bool Interrupted { get; set; }

    internal bool IsTold => Volatile.Read(ref _state) == Told;

    /// <summary>Starts counting the processor time that the stretch uses after the stop.</summary>
    internal void StopBegins() => _usedAtStop = Used(whenUnknown: TimeSpan.MaxValue);

    /// <summary>Whether the stretch has had that much of a processor since the stop.</summary>
    internal bool HasRun(TimeSpan time) => Used(whenUnknown: TimeSpan.Zero) - _usedAtStop >= time;

    /// <summary>Tells the calling code, which is this stretch, to stop. False if it knows already.</summary>
    /// <remarks>If an abort is on its way, it is awaited here, where it does no harm.</remarks>
    internal bool Tell()
    {
        int before = Interlocked.CompareExchange(ref _state, Told, Free);
        if (before == Hit)
        {
            SpinWait.SpinUntil(() => Volatile.Read(ref _state) != Hit, s_patience);
        }

        return before == Free;
    }

    /// <summary>Takes the stretch for an abort; false if it is hit already, or told to stop and not to be <paramref name="forced"/>.</summary>
    internal bool TryHit(bool forced) =>
        Interlocked.CompareExchange(ref _state, Hit, Free) == Free || (forced && Interlocked.CompareExchange(ref _state, Hit, Told) == Told);

    /// <summary>Says that the abort has arrived: the stretch is on its way out.</summary>
    internal void Arrived() => Volatile.Write(ref _state, Told);

    private TimeSpan Used(TimeSpan whenUnknown)
    {
        try
        {
            return _time.Used;
        }
        catch (IOException)
        {
            return whenUnknown; // no file handle left: as if it had not run, and the time on the clock decides
        }
    }
}
