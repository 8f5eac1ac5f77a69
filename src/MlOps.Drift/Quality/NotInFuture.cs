using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>No time lies in the future, but for a small difference between clocks.</summary>
/// <remarks>
/// Now is the clock that is handed to the check. Times with Z or an offset are that instant, whatever offsets are mixed in one column; times that name
/// neither are local times of <see cref="TimeZone"/>. In the hour that occurs twice, when clocks are put back, such a time is read as the earlier instant. A
/// local time that the clock has skipped, and a text that is no time, fail.
/// </remarks>
public sealed record NotInFuture : RowExpectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="column">A column of times, or of text in ISO 8601.</param>
    /// <param name="clockSkew">How far ahead another machine's clock may be, ≥ 0.</param>
    /// <param name="timeZone">The zone of times that name none, such as Asia/Kolkata; null for UTC.</param>
    /// <exception cref="ArgumentException">The name is blank, or this machine knows no such zone.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="clockSkew"/> is negative.</exception>
    public NotInFuture(string column, TimeSpan clockSkew = default, string? timeZone = null)
        : base(Names.Column(column)) =>
        (ClockSkew, TimeZone) = (TimeRules.NotNegative(clockSkew, nameof(clockSkew)), TimeRules.Zone(timeZone));

    /// <summary>Gets how far ahead a time may be.</summary>
    public TimeSpan ClockSkew { get; }

    /// <summary>Gets the zone of times that name none; null for UTC.</summary>
    public string? TimeZone { get; }

    /// <inheritdoc/>
    public override string Kind => "not_in_future";

    /// <inheritdoc/>
    public override string Expected => ClockSkew == TimeSpan.Zero ? "no time is in the future" : $"no time is more than {Duration.Write(ClockSkew)} ahead";

    internal override string Noun => "time";

    internal override string Problem => ClockSkew == TimeSpan.Zero ? "in the future or impossible" : $"more than {Duration.Write(ClockSkew)} in the future or impossible";

    internal override string Needs => TimeRules.Needs;

    internal override bool Fits(Column column) => TimeRules.Fits(column);

    internal override void Write(FieldWriter fields)
    {
        fields.Text("clock_skew", ClockSkew == TimeSpan.Zero ? null : Duration.Write(ClockSkew));
        fields.Text("time_zone", TimeZone);
    }

    internal override ExpectationTest Begin(CheckContext context)
    {
        var instants = new Instants(TimeZone);
        long latest = context.Now.UtcTicks + ClockSkew.Ticks;
        return new RowTest(this, (part, failing) =>
        {
            long judged = 0;
            long[] times = instants.Read(part[Column!], out _);
            for (int row = 0; row < times.Length; row++)
            {
                judged += times[row] == Instants.Missing ? 0 : 1;
                if (times[row] == Instants.Impossible || times[row] > latest)
                {
                    failing.Mark(row);
                }
            }

            return judged;
        });
    }
}
