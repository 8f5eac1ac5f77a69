namespace MlOps.Tracking.Tests.Rest;

/// <summary>A clock whose timers are due at once: it goes forward by what they were to wait, and remembers it.</summary>
internal sealed class ImpatientClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 5, 3, 12, 0, 0, TimeSpan.Zero).Ticks;

    internal List<TimeSpan> Pauses { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (Pauses)
        {
            Pauses.Add(dueTime);
        }

        Interlocked.Add(ref _ticks, dueTime.Ticks);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
