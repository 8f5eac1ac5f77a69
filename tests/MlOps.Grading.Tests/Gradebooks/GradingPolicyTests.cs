using MlOps.Grading.Gradebooks;

namespace MlOps.Grading.Tests.Gradebooks;

public class GradingPolicyTests
{
    private const string Whole = """
        weeks:
          12: { due: 2026-11-20T23:59+05:30 }
          13: { due: "2026-11-27 23:59:59Z", title: "Week 13 (4711)" }
        late: { grace: 1h, perDay: 0.10, most: 0.5, zeroAfter: 7 }
        extensions:
          - { student: anna, week: 12, until: 2026-11-25T23:59+05:30 }
        dropLowest: 1
        """;

    private static readonly DateTimeOffset Due = new(2026, 11, 20, 18, 29, 0, TimeSpan.Zero); // 23:59 at +05:30

    [Fact]
    public void Load_WholePolicy_ReadsEveryPart()
    {
        using var sheets = new Sheets();
        GradingPolicy policy = sheets.Policy(Whole);

        Assert.Equal(Due, policy.DueAt("ben", 12));
        Assert.Equal(Due.AddDays(5), policy.DueAt("anna", 12));
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 23, 59, 59, TimeSpan.Zero), policy.DueAt("anna", 13));
        Assert.Null(policy.DueAt("anna", 1));
        Assert.Equal(("Week 12", "Week 13 (4711)"), (policy.TitleOf(12), policy.TitleOf(13)));
        Assert.Equal((TimeSpan.FromHours(1), 0.1, 0.5, 7, 1), (policy.Late.Grace, policy.Late.PerDay, policy.Late.Most, policy.Late.ZeroAfter!.Value, policy.DropLowest));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("weeks:\n")]
    public void Load_EmptyPolicy_SetsNothing(string yaml)
    {
        using var sheets = new Sheets();
        GradingPolicy policy = sheets.Policy(yaml);

        Assert.Equal(0, policy.DaysLate("anna", 12, Due.AddYears(1)));
        Assert.Equal((0, 0.0), (policy.DropLowest, policy.Late.LostShare(100)));
    }

    // Seconds after the due time; the grace is an hour, so a day ends at 3600 + 86400·k.
    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(3600, 0)]
    [InlineData(3601, 1)]
    [InlineData(90000, 1)]
    [InlineData(90001, 2)]
    [InlineData(8642400, 100)]
    public void DaysLate_StartedDays_CountAfterTheGrace(int seconds, int days)
    {
        using var sheets = new Sheets();

        Assert.Equal(days, sheets.Policy(Whole).DaysLate("ben", 12, Due.AddSeconds(seconds)));
        Assert.Equal(days, sheets.Policy(Whole).DaysLate("anna", 12, Due.AddDays(5).AddSeconds(seconds).ToOffset(TimeSpan.FromHours(-8))));
    }

    [Fact]
    public void DaysLate_NoTimeOfSubmission_IsNone()
    {
        using var sheets = new Sheets();

        Assert.Equal(0, sheets.Policy(Whole).DaysLate("ben", 12, null));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.1)]
    [InlineData(4, 0.4)]
    [InlineData(5, 0.5)]
    [InlineData(7, 0.5)]
    [InlineData(8, 1)]
    public void LostShare_ByDay_GrowsToTheMostAndThenToAll(int days, double share)
    {
        using var sheets = new Sheets();

        Assert.Equal(share, sheets.Policy(Whole).Late.LostShare(days), 12);
    }

    [Fact]
    public void LostShare_ZeroAfterZero_TakesEverythingFromLateWork()
    {
        LatePolicy late = new() { ZeroAfter = 0 };

        Assert.Equal((0.0, 1.0), (late.LostShare(0), late.LostShare(1)));
    }

    [Theory]
    [InlineData("weeks: { 12: { due: 2026-11-20T23:59 } }", "weeks: 12: due: '2026-11-20T23:59' must be a date, a time and a zone")]
    [InlineData("weeks: { 12: { due: tomorrow } }", "'tomorrow' must be")]
    [InlineData("weeks: { 0: { due: 2026-11-20T23:59Z } }", "a week: 0 must be between 1 and 99")]
    [InlineData("weeks: { 12: { due: 2026-11-20T23:59Z }, 12: { due: 2026-11-21T23:59Z } }", "line 1")]
    [InlineData("weeks: { 1: { title: A }, 2: { title: A } }", "weeks 1 and 2 have the same title 'A'")]
    [InlineData("weeks: { 1: { title: Week 2 }, 2: }", "weeks 1 and 2 have the same title 'Week 2'")]
    [InlineData("late: { perDay: 10 }", "late: perDay: 10 must be a share between 0 and 1")]
    [InlineData("late: { most: -0.1 }", "late: most: -0.1 must be a share")]
    [InlineData("late: { most: .nan }", "late: most: NaN must be a share")]
    [InlineData("late: { grace: an hour }", "late: grace: 'an hour' must be a duration such as")]
    [InlineData("late: { zeroAfter: -1 }", "late: zeroAfter: -1 must be between 0 and 999")]
    [InlineData("dropLowest: -1", "dropLowest: -1 must be")]
    [InlineData("dropLowest: one", "line 1")]
    [InlineData("dropHighest: 1", "line 1")]
    [InlineData("extensions: [ { week: 12, until: 2026-11-25T23:59Z } ]", "names no student")]
    [InlineData("extensions: [ { student: anna, week: 12, until: 2026-11-25T23:59Z } ]", "extensions: anna, week 12: that week has no due time")]
    [InlineData("weeks: { 12: { due: 2026-11-26T23:59Z } }\nextensions: [ { student: anna, week: 12, until: 2026-11-25T23:59Z } ]", "2026-11-25T23:59Z is before the week is due")]
    [InlineData("weeks: { 12: { due: 2026-11-20T23:59Z } }\nextensions: [ { student: a, week: 12, until: 2026-11-25T23:59Z }, { student: a, week: 12, until: 2026-11-26T23:59Z } ]", "a is there twice for week 12")]
    public void Load_WhatIsWrong_IsNamedWithTheFile(string yaml, string message)
    {
        using var sheets = new Sheets();

        string said = Assert.Throws<InvalidDataException>(() => sheets.Policy(yaml)).Message;

        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.Contains("policy.yaml", said, StringComparison.Ordinal);
    }
}
