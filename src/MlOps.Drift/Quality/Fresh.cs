using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>The newest time of a column is not older than an age.</summary>
/// <remarks>Now is the clock that is handed to the check. Times in the future count as the newest: forbid them with <see cref="NotInFuture"/>.
/// How local times are read is told there.</remarks>
public sealed record Fresh : Expectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="column">A column of times, or of text in ISO 8601.</param>
    /// <param name="maxAge">The largest age that passes, &gt; 0.</param>
    /// <param name="timeZone">The zone of times that name none, such as Asia/Kolkata; null for UTC.</param>
    /// <exception cref="ArgumentException">The name is blank, or this machine knows no such zone.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxAge"/> is not positive.</exception>
    public Fresh(string column, TimeSpan maxAge, string? timeZone = null)
        : base(Names.Column(column))
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(maxAge, TimeSpan.Zero);
        (MaxAge, TimeZone) = (maxAge, TimeRules.Zone(timeZone));
    }

    /// <summary>Gets the largest age that passes.</summary>
    public TimeSpan MaxAge { get; }

    /// <summary>Gets the zone of times that name none; null for UTC.</summary>
    public string? TimeZone { get; }

    /// <inheritdoc/>
    public override string Kind => "fresh";

    /// <inheritdoc/>
    public override string Expected => $"the newest time is not older than {Duration.Write(MaxAge)}";

    internal override string Needs => TimeRules.Needs;

    internal override bool Fits(Column column) => TimeRules.Fits(column);

    internal override void Write(FieldWriter fields)
    {
        fields.Text("max_age", Duration.Write(MaxAge));
        fields.Text("time_zone", TimeZone);
    }

    internal override ExpectationTest Begin(CheckContext context) => new NewestTest(this, context.Now.UtcTicks);

    private sealed class NewestTest(Fresh rule, long now) : ExpectationTest
    {
        private readonly Instants _instants = new(rule.TimeZone);
        private long _newest = Instants.Missing;
        private long _impossible;

        internal override void Add(PartView part, RowMask failing)
        {
            foreach (long ticks in _instants.Read(part[rule.Column!], out _))
            {
                _impossible += ticks == Instants.Impossible ? 1 : 0;
                Evaluated += ticks > Instants.Impossible ? 1 : 0;
                _newest = Math.Max(_newest, ticks);
            }
        }

        internal override TestVerdict Finish(long failing)
        {
            string unread = _impossible == 0 ? "" : $"; {Wording.Count(_impossible, "value")} could not be read as a time";
            if (Evaluated == 0)
            {
                return _impossible == 0
                    ? TestVerdict.Nothing("There is nothing to evaluate: no time to judge.")
                    : TestVerdict.Of(passed: false, "no time", $"No value can be read as a time{unread}.");
            }

            var age = TimeSpan.FromTicks(now - _newest);
            string word = age < TimeSpan.Zero ? $"{Rounded(-age)} in the future" : $"{Rounded(age)} old";
            return TestVerdict.Of(age <= rule.MaxAge, word, $"The newest time, {Wording.Time(_newest)}, is {word}; the limit is {Duration.Write(rule.MaxAge)}{unread}.");
        }

        private static string Rounded(TimeSpan age) =>
            age.TotalDays >= 2 ? $"{Wording.Number(Math.Round(age.TotalDays, 1))} days"
            : age.TotalHours >= 2 ? $"{Wording.Number(Math.Round(age.TotalHours, 1))} hours"
            : age.TotalMinutes >= 2 ? $"{Wording.Number(Math.Round(age.TotalMinutes, 1))} minutes"
            : $"{Wording.Number(Math.Round(age.TotalSeconds, 1))} seconds";
    }
}
