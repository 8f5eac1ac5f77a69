using MlOps.Tracking.Search;

namespace MlOps.Tracking.Sql;

/// <summary>A comparison with a number as a range of whole numbers, which is what the tables hold.</summary>
/// <param name="From">The least that is inside.</param>
/// <param name="To">The greatest that is inside; less than <paramref name="From"/> if nothing is.</param>
/// <param name="Inside">Whether what is inside matches, or what is outside.</param>
internal readonly record struct NumberRange(long From, long To, bool Inside)
{
    private const double TooGreat = 9223372036854775808.0; // 2⁶³, the first double above every long

    /// <summary>A comparison with a metric, stored as <see cref="OrderedDouble"/>. Zero has two places; NaN lies outside every comparison but <c>!=</c>.</summary>
    internal static NumberRange OfMetric(FilterOperator comparison, double value)
    {
        long from = value == 0 ? OrderedDouble.NegativeZero : OrderedDouble.Of(value);
        long to = value == 0 ? OrderedDouble.Zero : from;
        return Of(comparison, from, to, OrderedDouble.NaN + 1);
    }

    /// <summary>A comparison with a time, a whole number of milliseconds.</summary>
    internal static NumberRange OfTime(FilterOperator comparison, double value)
    {
        if (value >= TooGreat)
        {
            bool all = comparison is FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.NotEqual;
            return new(long.MinValue, long.MaxValue, all);
        }

        if (value < -TooGreat)
        {
            bool all = comparison is FilterOperator.Greater or FilterOperator.GreaterOrEqual or FilterOperator.NotEqual;
            return new(long.MinValue, long.MaxValue, all);
        }

        // Between two whole numbers lies no time: the empty range from the one above to the one below.
        return Of(comparison, (long)Math.Ceiling(value), (long)Math.Floor(value), long.MinValue);
    }

    private static NumberRange Of(FilterOperator comparison, long from, long to, long least) => comparison switch
    {
        FilterOperator.Equal => new(from, to, true),
        FilterOperator.NotEqual => new(from, to, false),
        FilterOperator.Less => from == long.MinValue ? new(0, -1, true) : new(least, from - 1, true),
        FilterOperator.LessOrEqual => new(least, to, true),
        FilterOperator.Greater => to == long.MaxValue ? new(0, -1, true) : new(to + 1, long.MaxValue, true),
        FilterOperator.GreaterOrEqual => new(from, long.MaxValue, true),
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "A number is not compared with a pattern."),
    };
}
