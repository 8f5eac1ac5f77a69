using System.Text.Json;
using MlOps.Data;
using MlOps.Data.Generators;
using MlOps.Drift.Windows;

namespace MlOps.Drift.Tests.Windows;

/// <summary>On the course's loan applications, whose truth is known: what is planted when is in their data card.</summary>
public sealed class DriftOverTimeTests
{
    private static readonly string[] s_inputs =
        ["age", "gender", "city_tier", "employment", "purpose", "income", "amount", "tenure_months", "existing_emi", "credit_score"];

    private static readonly DriftOptions s_options = new() { Columns = s_inputs };
    private static readonly Period s_training = new(new DateTime(2024, 7, 1), new DateTime(2025, 4, 1));
    private static readonly Table s_loans = LoanApplications.Generate();
    private static readonly Table s_calm = LoanApplications.Generate(options: new() { CovariateDrift = false, ConceptShift = false });
    private static readonly SeasonCalendar s_festivals = SeasonCalendar.FromFlags(s_loans, "applied_on", "festival_season", "festival");
    private static readonly IReadOnlyList<Period> s_months = Period.Months(new DateTime(2024, 7, 1), new DateTime(2025, 12, 31));
    private static readonly ReferenceWindow s_seasonal = ReferenceWindow.SameSeasonLastYear(s_festivals, ReferenceWindow.Expanding(new DateTime(2024, 7, 1)));

    private static DriftOverTime Compare(Table table, ReferenceWindow reference, IReadOnlyList<Period>? windows = null) =>
        DriftOverTime.Compare(table, "applied_on", windows ?? s_months, reference, s_options);

    [Fact]
    public void Compare_FestivalInACalmWorld_AlarmsAgainstTheTrainingPeriod()
    {
        DriftOverTime history = Compare(s_calm, ReferenceWindow.Fixed(s_training));

        WindowDrift october = history.Windows.Single(window => window.Label == "2025-10");
        Assert.True(october.Report!["purpose"].Drift);
    }

    [Fact]
    public void Compare_FestivalInACalmWorld_IsSilentAgainstTheSameSeason()
    {
        DriftOverTime history = Compare(s_calm, s_seasonal);

        Assert.Empty(history.Alarms);
        Assert.Contains(history.Windows, window => window.Season == "festival" && window.Report is not null);
    }

    [Fact]
    public void Compare_CovariateDrift_AlarmsAgainstTheSameSeasonToo()
    {
        DriftOverTime history = Compare(s_loans, s_seasonal);

        WindowDrift[] alarms = [.. history.Alarms];
        Assert.All(alarms, window => Assert.True(window.Window.From >= new DateTime(2025, 4, 1), $"{window.Label} lies before the planted drift"));
        WindowDrift festival = Assert.Single(alarms, window => window.Season == "festival" && window.Window.From.Month == 10);
        Assert.True(festival.Report!["employment"].Drift);
        Assert.False(festival.Report["purpose"].Drift);
    }

    [Fact]
    public void Compare_FirstSeason_IsSkippedWithTheReason() =>
        Assert.Equal("no earlier festival to compare with", Compare(s_loans, s_seasonal).Windows.First(window => window.Season == "festival").SkipReason);

    [Fact]
    public void Compare_SeasonalReferenceOutsideTheSeason_LeavesSeasonDaysOut()
    {
        Period december = s_months[5];

        WindowDrift window = Compare(s_loans, s_seasonal, [december]).Windows.Single();

        int ordinary = s_loans.Filter(row => row.Time("applied_on") < december.From && row.Bool("festival_season") == false).RowCount; // counted row by row
        Assert.Equal(ordinary, window.Rows.Reference);
    }

    [Fact]
    public void Compare_RollingWithGap_TakesTheStretchBeforeTheGap()
    {
        WindowDrift window = Compare(s_loans, ReferenceWindow.Rolling(TimeSpan.FromDays(60), TimeSpan.FromDays(30)), [s_months[8]]).Windows.Single();

        Assert.Equal(new Period(s_months[8].From.AddDays(-90), s_months[8].From.AddDays(-30)), window.Reference);
    }

    [Fact]
    public void Compare_GradualDrift_PassesARollingWindowAndNotAFixedOne()
    {
        // from month 10 on, in six steps of about 15 % of the way: each month looks like the two before it
        int rolling = Compare(s_loans, ReferenceWindow.Rolling(TimeSpan.FromDays(61)), s_months.Skip(10).Take(3).ToArray()).Alarms.Count();
        int fixedWindow = Compare(s_loans, ReferenceWindow.Fixed(s_training), s_months.Skip(10).Take(3).ToArray()).Alarms.Count();

        Assert.True(fixedWindow > rolling, $"fixed {fixedWindow}, rolling {rolling}");
    }

    [Fact]
    public void Compare_ShuffledRows_GivesTheSameWindows()
    {
        string sorted = Compare(s_loans, s_seasonal).ToJson();

        Assert.Equal(sorted, Compare(s_loans.Shuffle(seed: 3), s_seasonal).ToJson());
    }

    [Fact]
    public void Compare_RowsWithoutTimeOrOutside_AreCounted()
    {
        DateTime?[] times = s_loans.Map(row => row.Index < 5 ? null : row.Time("applied_on"));
        Table gaps = s_loans.With(Column.Of("applied_on", times));

        DriftOverTime history = Compare(gaps, ReferenceWindow.Fixed(s_training), s_months.Skip(12).ToArray());

        Assert.Equal(5, history.RowsWithoutTime);
        Assert.Equal(s_loans.Where("month", month => month <= 12).RowCount - 5, history.RowsOutside);
    }

    [Fact]
    public void Compare_FewRows_SaysHowManyAreNeeded()
    {
        DriftOverTime history = DriftOverTime.Compare(s_loans.Head(100), "applied_on", s_months, ReferenceWindow.Fixed(s_training), s_options, minRows: 50);

        Assert.All(history.Windows, window => Assert.NotNull(window.SkipReason));
        Assert.Contains("50 are needed", history.Windows[^1].SkipReason, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => history.Chart());
    }

    [Fact]
    public void Compare_OverlappingWindows_Throws() =>
        Assert.Equal("windows", Assert.Throws<ArgumentException>(() => Compare(s_loans, s_seasonal, [s_months[1], s_months[0]])).ParamName);

    [Fact]
    public void SameSeasonLastYear_SeasonalOutside_Throws() =>
        Assert.Equal("outside", Assert.Throws<ArgumentException>(() => ReferenceWindow.SameSeasonLastYear(s_festivals, s_seasonal)).ParamName);

    [Fact]
    public void Output_EveryForm_HoldsEveryWindow()
    {
        DriftOverTime history = Compare(s_loans, s_seasonal);

        using JsonDocument json = JsonDocument.Parse(history.ToJson());
        Assert.Equal(history.Windows.Count, json.RootElement.GetProperty("windows").GetArrayLength());
        Assert.Equal(history.Windows.Count + 1, history.ToString().Split('\n').Length);
        Assert.Contains("2025-10", history.ToMimeBundle()["text/html"], StringComparison.Ordinal);
        Assert.Contains("<svg", history.Chart().ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void VolumeRatio_FestivalWeeks_AreNearlyTwiceTheOrdinaryOnes()
    {
        // planted: 1.9 times as many applications a day
        var festival = new Period(new DateTime(2024, 10, 3), new DateTime(2024, 11, 4));
        var before = ReferenceWindow.Fixed(new Period(new DateTime(2024, 7, 1), new DateTime(2024, 10, 3)));

        Assert.InRange(Compare(s_loans, before, [festival]).Windows.Single().VolumeRatio, 1.7, 2.1);
    }
}
