namespace MlOps.Data.Generators;

/// <summary>When applications come in, and what the planted effects are worth on a day.</summary>
internal static class LoanCalendar
{
    private const double FestivalVolume = 1.9; // applications on a day of the season, against 1 on other days
    private static readonly DateTime First = new(2024, 7, 1);
    private static readonly DateTime Last = new(2025, 12, 31);

    // From the first day of Navratri to two days (2025: three) after Diwali, which was on 1 November 2024 and 20 October 2025.
    private static readonly (DateTime From, DateTime To)[] Seasons =
    [
        (new DateTime(2024, 10, 3), new DateTime(2024, 11, 3)),
        (new DateTime(2025, 9, 22), new DateTime(2025, 10, 23)),
    ];

    // How far the mix of applicants has moved to that of the new channel, for months 10, 11 … 15 and later.
    private static readonly double[] Ramp = [0.25, 0.4, 0.55, 0.7, 0.85, 1.0];

    /// <summary>July 2024 is month 1, December 2025 month 18.</summary>
    internal static int MonthOf(DateTime day) => ((day.Year - First.Year) * 12) + day.Month - First.Month + 1;

    internal static bool IsFestivalSeason(DateTime day) => Array.Exists(Seasons, season => day >= season.From && day <= season.To);

    /// <summary>The weight of the new channel's applicants, 0 before month 10 and 1 from month 15 on.</summary>
    internal static double DriftOn(DateTime day)
    {
        const int FirstMonth = 10;
        int month = MonthOf(day);
        return month < FirstMonth ? 0 : Ramp[Math.Min(month - FirstMonth, Ramp.Length - 1)];
    }

    internal static bool IsAfterConceptShift(DateTime day)
    {
        const int ShiftMonth = 14;
        return MonthOf(day) >= ShiftMonth;
    }

    /// <summary>Draws a day for every row and sorts them.</summary>
    internal static DateTime[] Draw(int rows, Random random, bool festivalBump)
    {
        int count = (Last - First).Days + 1;
        double[] cumulative = new double[count];
        double total = 0;
        for (int i = 0; i < count; i++)
        {
            total += festivalBump && IsFestivalSeason(First.AddDays(i)) ? FestivalVolume : 1;
            cumulative[i] = total;
        }

        var days = new DateTime[rows];
        for (int i = 0; i < rows; i++)
        {
            int day = Array.BinarySearch(cumulative, random.NextDouble() * total);
            days[i] = First.AddDays(day < 0 ? ~day : day);
        }

        Array.Sort(days);
        return days;
    }
}
