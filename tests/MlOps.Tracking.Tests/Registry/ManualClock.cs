namespace MlOps.Tracking.Tests.Registry;

/// <summary>A clock that stands until a test moves it, also backwards.</summary>
internal sealed class ManualClock : TimeProvider
{
    internal DateTimeOffset Now { get; set; } = new(2026, 5, 1, 9, 0, 0, TimeSpan.Zero);

    internal static DateTimeOffset May(int day, int hour = 9) => new(2026, 5, day, hour, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
