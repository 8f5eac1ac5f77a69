namespace MlOps.Grading.Gradebooks;

/// <summary>What lateness costs. The default costs nothing.</summary>
/// <remarks>
/// <c>days = ⌈(submitted − due − grace) / 24 h⌉</c>, at least 0: every started day counts, and the first begins when the grace ends.
/// <c>lost = min(most, perDay · days)</c>, a share of the points earned; 1 if <c>days &gt; zeroAfter</c>.
/// </remarks>
public sealed record LatePolicy
{
    /// <summary>Gets how long after the due time work still counts as on time. Default: 0.</summary>
    public TimeSpan Grace { get; init; }

    /// <summary>Gets the share of the points lost per started day, in [0, 1]. Default: 0.</summary>
    public double PerDay { get; init => field = Guard.Share(value, nameof(PerDay)); }

    /// <summary>Gets the largest share that lateness can cost, in [0, 1]. Default: 1.</summary>
    public double Most { get; init => field = Guard.Share(value, nameof(Most)); } = 1;

    /// <summary>Gets the last day late that still earns points; null, the default, for no such day. 0: late work earns nothing.</summary>
    public int? ZeroAfter { get; init; }

    /// <summary>The whole days that work is late; 0 if it is on time.</summary>
    public int DaysLate(DateTimeOffset due, DateTimeOffset submitted)
    {
        long late = (submitted - due - Grace).Ticks;
        return late <= 0 ? 0 : (int)((late - 1) / TimeSpan.TicksPerDay) + 1;
    }

    /// <summary>The share of the points that is lost, in [0, 1].</summary>
    public double LostShare(int daysLate) =>
        daysLate <= 0 ? 0 : daysLate > (ZeroAfter ?? int.MaxValue) ? 1 : Math.Min(Most, PerDay * daysLate);
}
