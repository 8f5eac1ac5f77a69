using System.Globalization;

namespace MlOps.Drift.Tests.Quality;

/// <summary>A clock that stands still.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    internal static FixedClock At(string time) => new(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));

    public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();
}
