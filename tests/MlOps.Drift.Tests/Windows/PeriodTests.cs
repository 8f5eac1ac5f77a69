using MlOps.Drift.Windows;

namespace MlOps.Drift.Tests.Windows;

public sealed class PeriodTests
{
    private static readonly DateTime s_start = new(2025, 9, 22);

    [Fact]
    public void Contains_HalfOpen_HoldsTheStartAndNotTheEnd()
    {
        var period = new Period(s_start, s_start.AddDays(7));

        Assert.True(period.Contains(s_start));
        Assert.True(period.Contains(s_start.AddDays(7).AddTicks(-1)));
        Assert.False(period.Contains(s_start.AddDays(7)));
        Assert.False(period.Contains(s_start.AddTicks(-1)));
    }

    [Fact]
    public void Constructor_EndNotAfterStart_ThrowsArgumentException() =>
        Assert.Equal("to", Assert.Throws<ArgumentException>(() => new Period(s_start, s_start)).ParamName);

    [Fact]
    public void Months_AcrossTheYear_CoversEachMonthOnce() =>
        Assert.Equal(["2024-11", "2024-12", "2025-01", "2025-02"], Period.Months(new DateTime(2024, 11, 30), new DateTime(2025, 2, 1)).Select(p => p.ToString()));

    [Fact]
    public void Every_Week_FollowsWithoutGapAndCoversTheLastMoment()
    {
        IReadOnlyList<Period> weeks = Period.Every(TimeSpan.FromDays(7), s_start, s_start.AddDays(14));

        Assert.Equal(3, weeks.Count);
        Assert.All(weeks.Zip(weeks.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.True(weeks[^1].Contains(s_start.AddDays(14)));
    }

    [Fact]
    public void Every_NoLength_ThrowsArgumentOutOfRangeException() =>
        Assert.Equal("length", Assert.Throws<ArgumentOutOfRangeException>(() => Period.Every(TimeSpan.Zero, s_start, s_start)).ParamName);

    [Theory]
    [InlineData(0, 1, "2025-09-22")]
    [InlineData(0, 3, "2025-09-22 … 2025-09-24")]
    public void ToString_WholeDays_NamesFirstAndLastDay(int from, int to, string text) =>
        Assert.Equal(text, new Period(s_start.AddDays(from), s_start.AddDays(to)).ToString());

    [Fact]
    public void Intersect_Neighbours_HaveNothingInCommon() =>
        Assert.Null(new Period(s_start, s_start.AddDays(1)).Intersect(new Period(s_start.AddDays(1), s_start.AddDays(2))));
}
