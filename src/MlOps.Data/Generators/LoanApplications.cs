namespace MlOps.Data.Generators;

/// <summary>Made loan applications to a made-up Indian lender, July 2024 to December 2025, with drift planted at known places.</summary>
/// <remarks>
/// <para>No row describes a person. The columns, the lender's rule and the planted effects are set out in
/// datasets/loan-applications/README.md: covariate drift from month 10 (April 2025), a concept shift in month 14 (August 2025), and
/// a festival bump before Diwali in 2024 and 2025 that is no drift.</para>
/// <para>Equal arguments give equal tables on every machine: randomness is a seeded <see cref="Random"/>, and the arithmetic avoids
/// functions whose last bit depends on the platform.</para>
/// </remarks>
public static class LoanApplications
{
    /// <summary>The seed of the committed file.</summary>
    public const int DefaultSeed = 2026;

    /// <summary>The rows of the committed file.</summary>
    public const int DefaultRows = 20_000;

    /// <summary>Makes the table, sorted by date.</summary>
    /// <param name="rows">The number of applications, at least 1.</param>
    /// <param name="seed">Equal seeds give equal tables.</param>
    /// <param name="options">Which planted effects to leave out; null for all of them.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is below 1.</exception>
    public static Table Generate(int rows = DefaultRows, int seed = DefaultSeed, LoanApplicationsOptions? options = null)
    {
        Guard.AtLeast(rows, 1);
        options ??= new LoanApplicationsOptions();
        var random = new Random(seed);
        DateTime[] days = LoanCalendar.Draw(rows, random, options.FestivalBump);
        var applications = new LoanApplication[rows];
        for (int i = 0; i < rows; i++)
        {
            applications[i] = LoanApplicant.Draw(days[i], random, options);
        }

        return ToTable(applications, options);
    }

    private static Table ToTable(LoanApplication[] all, LoanApplicationsOptions options)
    {
        int i = 0;
        var table = new Table(
            Column.Of("application_id", Array.ConvertAll(all, _ => FormattableString.Invariant($"LA-{++i:00000}"))),
            Column.Of("applied_on", Array.ConvertAll(all, a => a.Day)),
            Column.Of("month", Array.ConvertAll(all, a => LoanCalendar.MonthOf(a.Day))),
            Column.Of("age", Array.ConvertAll(all, a => a.Age)),
            Column.Of("gender", Array.ConvertAll(all, a => a.Gender)),
            Column.Of("city_tier", Array.ConvertAll(all, a => a.CityTier)),
            Column.Of("pin_cluster", Array.ConvertAll(all, a => a.PinCluster)),
            Column.Of("employment", Array.ConvertAll(all, a => a.Employment)),
            Column.Of("purpose", Array.ConvertAll(all, a => a.Purpose)),
            Column.Of("income", Array.ConvertAll(all, a => a.Income)),
            Column.Of("amount", Array.ConvertAll(all, a => a.Amount)),
            Column.Of("tenure_months", Array.ConvertAll(all, a => a.TenureMonths)),
            Column.Of("existing_emi", Array.ConvertAll(all, a => a.ExistingEmi)),
            Column.Of("credit_score", Array.ConvertAll(all, a => a.CreditScore)),
            Column.Of("festival_season", Array.ConvertAll(all, a => LoanCalendar.IsFestivalSeason(a.Day))),
            Column.Of("decision", Array.ConvertAll(all, a => a.Approved ? "approved" : "declined")),
            Column.Of("default", Array.ConvertAll(all, a => a.Approved || options.RevealDeclined ? a.Defaults : (bool?)null)));
        return options.IncludeCommunity ? table.With(Column.Of("community", Array.ConvertAll(all, a => a.Community))) : table;
    }
}
