using MlOps.Data;
using MlOps.Drift.Quality;

namespace MlOps.Drift.Tests.Quality;

/// <summary>Clocks in Berlin went forward on 29 March 2026 at 02:00 and back on 25 October 2026 at 03:00 (EU directive 2000/84/EC).</summary>
public sealed class TimeRuleTests
{
    private static readonly DateTime s_day = new(2026, 3, 1, 12, 0, 0);

    [Theory]
    [InlineData("2026-03-02T12:00:00Z", true)] // exactly 24 hours old
    [InlineData("2026-03-02T12:00:01Z", false)]
    [InlineData("2026-02-01T00:00:00Z", true)] // in the future: another rule's business
    public void Fresh_AgeOfTheNewest_IsComparedWithTheClock(string now, bool passes)
    {
        var table = new Table(Column.Of("t", s_day.AddDays(-3), s_day, s_day.AddDays(-1)));
        Assert.Equal(passes, Check(table, new Fresh("t", TimeSpan.FromHours(24)), now).Passed);
    }

    [Fact]
    public void Fresh_LocalZone_CountsFromItsHour()
    {
        // Noon in Kolkata is 06:30 UTC.
        var table = new Table(Column.Of("t", s_day));
        Assert.True(Check(table, new Fresh("t", TimeSpan.FromHours(1), "Asia/Kolkata"), "2026-03-01T07:30:00Z").Passed);
        Assert.False(Check(table, new Fresh("t", TimeSpan.FromHours(1), "Asia/Kolkata"), "2026-03-01T07:30:01Z").Passed);
    }

    [Fact]
    public void NotInFuture_ClockSkew_IsTolerated()
    {
        var table = new Table(Column.Of("t", s_day, s_day.AddMinutes(5), s_day.AddMinutes(6)));
        var rule = new NotInFuture("t", TimeSpan.FromMinutes(5));
        Assert.Equal([2L], Check(table, rule, "2026-03-01T12:00:00Z").RowsFailing(rule));
    }

    [Fact]
    public void NotInFuture_MixedOffsets_AreInstants()
    {
        var table = new Table(Column.Of("t", "2026-03-01T17:30:00+05:30", "2026-03-01T12:00:01Z", "2026-03-01 07:00:00-05:00", "soon", null));
        var rule = new NotInFuture("t");
        QualityReport report = Check(table, rule, "2026-03-01T12:00:00Z");
        Assert.Equal([1L, 3], report.RowsFailing(rule));
        Assert.Equal(4, report.Results[0].Evaluated);
    }

    [Fact]
    public void TimeOrder_LateRows_AreComparedWithTheNewest()
    {
        var table = new Table(Column.Of("t", s_day, s_day.AddHours(3), s_day.AddHours(1), s_day.AddHours(2), s_day.AddHours(3), s_day.AddHours(4)));
        Assert.Equal([2L, 3], Check(table, new TimeOrder("t"), "2026-04-01T00:00:00Z").RowsFailing(new TimeOrder("t")));
        var late = new TimeOrder("t", TimeSpan.FromHours(1));
        Assert.Equal([2L], Check(table, late, "2026-04-01T00:00:00Z").RowsFailing(late));
    }

    [Fact]
    public void TimeOrder_ClocksPutBack_MakeNoFinding()
    {
        DateTime hour = new(2026, 10, 25, 2, 0, 0);
        var table = new Table(Column.Of("t", hour.AddMinutes(-30), hour, hour.AddMinutes(30), hour.AddMinutes(59), hour, hour.AddMinutes(30), hour.AddMinutes(60)));
        var berlin = new TimeOrder("t", timeZone: "Europe/Berlin");
        Assert.Empty(Check(table, berlin, "2026-12-01T00:00:00Z").RowsFailing(berlin));
        var utc = new TimeOrder("t");
        Assert.Equal([4L, 5], Check(table, utc, "2026-12-01T00:00:00Z").RowsFailing(utc)); // without a zone it looks like going back
    }

    [Fact]
    public void TimeOrder_HourThatClocksSkipped_Fails()
    {
        DateTime hour = new(2026, 3, 29, 1, 30, 0);
        var table = new Table(Column.Of("t", hour, hour.AddHours(1), hour.AddHours(2)));
        var berlin = new TimeOrder("t", timeZone: "Europe/Berlin");
        Assert.Equal([1L], Check(table, berlin, "2026-12-01T00:00:00Z").RowsFailing(berlin));
    }

    [Fact]
    public void TimeOrder_InParts_RemembersTheNewest()
    {
        Table[] parts = [new(Column.Of("t", s_day.AddHours(5))), new(Column.Of("t", s_day)), new(Column.Of("t", s_day.AddHours(5)))];
        QualityReport report = new Expectations("t", [new TimeOrder("t")]).Check(parts);
        Assert.Equal([1L], report.Results[0].FirstFailingRows);
    }

    private static QualityReport Check(Table table, Expectation rule, string now) => new Expectations("t", [rule]).Check(table, FixedClock.At(now));
}
