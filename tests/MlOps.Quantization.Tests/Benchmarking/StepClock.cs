namespace MlOps.Quantization.Tests.Benchmarking;

/// <summary>A clock on which time passes when it is told to.</summary>
internal sealed class StepClock : TimeProvider
{
    public long Ticks { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Ticks;

    public void Pass(double milliseconds) => Ticks += (long)Math.Round(milliseconds * TimeSpan.TicksPerMillisecond);
}
