using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>The times of a column are in order: none is earlier than the newest before it.</summary>
/// <remarks>
/// A row fails when its time lies more than <see cref="Lateness"/> before the newest time seen so far; so one time far in the future makes all that follow
/// fail, which is why <see cref="NotInFuture"/> stands beside this rule. Times are read as there, with one difference: in the hour that occurs twice
/// a local time is taken for the later instant where the earlier one would be out of order, so that clocks put back in autumn make no finding.
/// </remarks>
public sealed record TimeOrder : RowExpectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="column">A column of times, or of text in ISO 8601.</param>
    /// <param name="lateness">How late a row may come, ≥ 0.</param>
    /// <param name="timeZone">The zone of times that name none, such as Asia/Kolkata; null for UTC.</param>
    /// <exception cref="ArgumentException">The name is blank, or this machine knows no such zone.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lateness"/> is negative.</exception>
    public TimeOrder(string column, TimeSpan lateness = default, string? timeZone = null)
        : base(Names.Column(column)) =>
        (Lateness, TimeZone) = (TimeRules.NotNegative(lateness, nameof(lateness)), TimeRules.Zone(timeZone));

    /// <summary>Gets how late a row may come.</summary>
    public TimeSpan Lateness { get; }

    /// <summary>Gets the zone of times that name none; null for UTC.</summary>
    public string? TimeZone { get; }

    /// <inheritdoc/>
    public override string Kind => "time_order";

    /// <inheritdoc/>
    public override string Expected => Lateness == TimeSpan.Zero ? "times in order" : $"times in order, at most {Duration.Write(Lateness)} late";

    internal override string Noun => "time";

    internal override string Problem => Lateness == TimeSpan.Zero ? "out of order or impossible" : $"more than {Duration.Write(Lateness)} late or impossible";

    internal override string Needs => TimeRules.Needs;

    internal override bool Fits(Column column) => TimeRules.Fits(column);

    internal override void Write(FieldWriter fields)
    {
        fields.Text("lateness", Lateness == TimeSpan.Zero ? null : Duration.Write(Lateness));
        fields.Text("time_zone", TimeZone);
    }

    internal override ExpectationTest Begin(CheckContext context)
    {
        var instants = new Instants(TimeZone);
        long newest = Instants.Impossible;
        return new RowTest(this, (part, failing) =>
        {
            long judged = 0;
            long[] times = instants.Read(part[Column!], out long[]? later);
            for (int row = 0; row < times.Length; row++)
            {
                long time = times[row];
                judged += time == Instants.Missing ? 0 : 1;
                if (time <= Instants.Impossible)
                {
                    if (time == Instants.Impossible)
                    {
                        failing.Mark(row);
                    }

                    continue;
                }

                time = later is not null && time < newest ? later[row] : time;
                if (newest > Instants.Impossible && time < newest - Lateness.Ticks)
                {
                    failing.Mark(row);
                }

                newest = Math.Max(newest, time);
            }

            return judged;
        });
    }
}
