namespace MlOps.Data.Generators;

/// <summary>Which planted effects <see cref="LoanApplications"/> has. Everything else stays as it is, row by row, so that an effect can be looked at alone.</summary>
public sealed record LoanApplicationsOptions
{
    /// <summary>Gets a value indicating whether the mix of applicants changes from month 10 on. Months 1 to 9 are the same without it.</summary>
    public bool CovariateDrift { get; init; } = true;

    /// <summary>Gets a value indicating whether existing instalments become more dangerous in month 14. All columns but default are the same without it.</summary>
    public bool ConceptShift { get; init; } = true;

    /// <summary>Gets a value indicating whether the weeks before Diwali bring more, larger and other applications. The column festival_season is filled either way.</summary>
    public bool FestivalBump { get; init; } = true;

    /// <summary>Gets a value indicating whether a last column, community (P or Q), shows what the lender did not record.</summary>
    public bool IncludeCommunity { get; init; }

    /// <summary>Gets a value indicating whether default is also filled for declined applications: what would have happened, which no lender can know.</summary>
    public bool RevealDeclined { get; init; }
}
