using MlOps.Data;
using MlOps.Data.Generators;
using MlOps.Drift.Windows;

namespace MlOps.Drift.Tests.Windows;

public sealed class SeasonCalendarTests
{
    private static readonly Table s_loans = LoanApplications.Generate();

    [Fact]
    public void FromFlags_LoanApplications_FindsTheSeasonsOfTheDataCard()
    {
        // datasets/loan-applications/README.md: 3 October to 3 November 2024, 22 September to 23 October 2025
        SeasonCalendar calendar = SeasonCalendar.FromFlags(s_loans, "applied_on", "festival_season", "festival");

        Assert.Equal(
            [new Period(new DateTime(2024, 10, 3), new DateTime(2024, 11, 4)), new Period(new DateTime(2025, 9, 22), new DateTime(2025, 10, 24))],
            calendar.Seasons.Select(season => season.Period));
        Assert.Equal(calendar.Seasons[0], calendar.Before(calendar.Seasons[1]));
        Assert.Null(calendar.Before(calendar.Seasons[0]));
    }

    [Fact]
    public void FromFlags_ColumnThatIsNoSeason_Throws()
    {
        Table random = s_loans.With(Column.Of("odd", s_loans.Map(row => row.Index % 2 == 1)));

        Assert.Contains("does not mark a season", Assert.Throws<ArgumentException>(() => SeasonCalendar.FromFlags(random, "applied_on", "odd", "odd")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_OverlappingSeasons_NamesBoth()
    {
        Season first = new("festival", new Period(new DateTime(2025, 9, 22), new DateTime(2025, 10, 24)));
        Season second = new("harvest", new Period(new DateTime(2025, 10, 1), new DateTime(2025, 11, 1)));

        string message = Assert.Throws<ArgumentException>(() => new SeasonCalendar(second, first)).Message;

        Assert.Contains("festival", message, StringComparison.Ordinal);
        Assert.Contains("harvest", message, StringComparison.Ordinal);
    }
}
