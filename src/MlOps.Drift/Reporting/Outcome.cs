namespace MlOps.Drift.Reporting;

/// <summary>A test of one column before it is known what the other columns say.</summary>
/// <param name="Name">The test.</param>
/// <param name="Statistic">Its statistic.</param>
/// <param name="PValue">Its raw p-value; null for a distance.</param>
/// <param name="Limit">Where drift begins for a distance; unused beside a p-value, whose level is corrected for all columns.</param>
internal sealed record Outcome(string Name, double Statistic, double? PValue, double Limit)
{
    internal EffectSize? Effect { get; init; }

    internal double? Chance { get; init; }

    /// <summary>The effect size of a test with a p-value; none where it is undefined.</summary>
    internal static Outcome Test(string name, double statistic, double p, string effect, double size, double? chance) =>
        new(name, statistic, p, 0) { Effect = double.IsNaN(size) ? null : new EffectSize(effect, size), Chance = chance };

    internal static Outcome Distance(string name, double statistic, double limit, double? chance) => new(name, statistic, null, limit) { Chance = chance };
}
