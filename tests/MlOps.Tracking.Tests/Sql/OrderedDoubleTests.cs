using FsCheck;
using FsCheck.Fluent;
using MlOps.Tracking.Search;
using MlOps.Tracking.Sql;

namespace MlOps.Tracking.Tests.Sql;

public sealed class OrderedDoubleTests
{
    private static readonly double[] s_special =
        [double.NaN, double.NegativeInfinity, double.MinValue, -1, -double.Epsilon, -0.0, 0.0, double.Epsilon, 1, 1.5, double.MaxValue, double.PositiveInfinity];

    // The order is the one the type promises, written down by hand above.
    [Fact]
    public void Of_SpecialValues_SortAsPromised()
    {
        long[] places = [.. s_special.Select(OrderedDouble.Of)];
        Assert.Equal(places.Distinct().Order(), places);
    }

    [Fact]
    public void ToDouble_OfAnyBits_GivesThemBack() => Prop.ForAll(
        ArbMap.Default.ArbFor<long>(),
        bits =>
        {
            double value = BitConverter.Int64BitsToDouble(bits);
            double back = OrderedDouble.ToDouble(OrderedDouble.Of(value));
            return double.IsNaN(value) ? double.IsNaN(back) : BitConverter.DoubleToInt64Bits(back) == bits;
        }).QuickCheckThrowOnFailure();

    // Oracle: the comparison of the doubles themselves.
    [Fact]
    public void OfMetric_AnyComparison_HoldsWhereTheDoublesSay()
    {
        foreach (double found in s_special)
        {
            foreach (double value in s_special.Where(value => !double.IsNaN(value)))
            {
                foreach ((FilterOperator comparison, bool expected) in Comparisons(found, value))
                {
                    Assert.True(expected == Holds(NumberRange.OfMetric(comparison, value), OrderedDouble.Of(found)), $"{found} {comparison} {value}");
                }
            }
        }
    }

    [Fact]
    public void OfTime_AnyComparison_HoldsWhereTheNumbersSay()
    {
        foreach (long found in new[] { long.MinValue, -3L, -1, 0, 1, 2, 1_700_000_000_000, long.MaxValue })
        {
            foreach (double value in new[] { double.NegativeInfinity, -1e30, -9223372036854775808.0, -1.5, -1, 0, 0.5, 1, 1.7e12, 9223372036854775808.0, 1e30, double.PositiveInfinity })
            {
                foreach ((FilterOperator comparison, bool expected) in Comparisons((decimal)found, Exact(value)))
                {
                    Assert.True(expected == Holds(NumberRange.OfTime(comparison, value), found), $"{found} {comparison} {value}");
                }
            }
        }
    }

    /// <summary>The number itself: the conversion of .NET keeps 15 digits.</summary>
    private static decimal Exact(double value) => value < -1e20 ? -1e20m : value > 1e20 ? 1e20m : value % 1 == 0 ? (decimal)(Int128)value : (decimal)value;

    private static bool Holds(NumberRange range, long place) => (place >= range.From && place <= range.To) == range.Inside;

    private static (FilterOperator Comparison, bool Expected)[] Comparisons(double a, double b) =>
    [
        (FilterOperator.Equal, a == b), (FilterOperator.NotEqual, a != b), (FilterOperator.Less, a < b),
        (FilterOperator.LessOrEqual, a <= b), (FilterOperator.Greater, a > b), (FilterOperator.GreaterOrEqual, a >= b),
    ];

    private static (FilterOperator Comparison, bool Expected)[] Comparisons(decimal a, decimal b) =>
    [
        (FilterOperator.Equal, a == b), (FilterOperator.NotEqual, a != b), (FilterOperator.Less, a < b),
        (FilterOperator.LessOrEqual, a <= b), (FilterOperator.Greater, a > b), (FilterOperator.GreaterOrEqual, a >= b),
    ];
}
