namespace MlOps.Drift.Quality;

/// <summary>One number that stands for a column.</summary>
public enum SummaryStatistic
{
    /// <summary>The arithmetic mean. Of truth values the share of true.</summary>
    Mean,

    /// <summary>The value in the middle: the quantile at 0.5.</summary>
    Median,

    /// <summary>The sample standard deviation, divisor n − 1; NaN below two values.</summary>
    StandardDeviation,

    /// <summary>A quantile by linear interpolation at (n − 1)·q, the default of NumPy, pandas and R (type 7).</summary>
    Quantile,
}

/// <summary>The names of statistics in rules.</summary>
internal static class SummaryStatistics
{
    internal static IReadOnlyList<string> Names { get; } = ["mean", "median", "std", "quantile"];

    internal static string Name(SummaryStatistic statistic) => Names[(int)statistic];

    internal static string Name(SummaryStatistic statistic, double q) =>
        statistic == SummaryStatistic.Quantile ? $"quantile {Wording.Number(q)}" : Name(statistic);

    /// <summary>The place of the quantile; NaN for what is none.</summary>
    internal static double Place(SummaryStatistic statistic, double? q, string name) => statistic switch
    {
        SummaryStatistic.Quantile => Guard.Share(q ?? throw new ArgumentException("A quantile needs its place q between 0 and 1.", name), name),
        _ when q is not null => throw new ArgumentException($"Only a quantile has a place q; {Name(statistic)} has none.", name),
        SummaryStatistic.Median => 0.5,
        _ => double.NaN,
    };
}
