namespace MlOps.Data.Generators;

/// <summary>One made application, with what the file does not show: the community, and the outcome even where it was declined.</summary>
internal sealed record LoanApplication
{
    internal required DateTime Day { get; init; }

    internal required int Age { get; init; }

    internal required string Gender { get; init; }

    internal required string CityTier { get; init; }

    internal required string Community { get; init; }

    internal required string PinCluster { get; init; }

    internal required string Employment { get; init; }

    internal required string Purpose { get; init; }

    /// <summary>Gets rupees a year.</summary>
    internal required long Income { get; init; }

    /// <summary>Gets rupees.</summary>
    internal required long Amount { get; init; }

    internal required int TenureMonths { get; init; }

    /// <summary>Gets rupees a month.</summary>
    internal required long ExistingEmi { get; init; }

    /// <summary>Gets 300 to 900; null when the bureau has no file.</summary>
    internal required long? CreditScore { get; init; }

    internal bool Approved { get; init; }

    internal bool Defaults { get; init; }

    /// <summary>Gets existing instalments as a share of monthly income.</summary>
    internal double ExistingLoad => ExistingEmi * 12.0 / Income;

    /// <summary>Gets existing and new instalments as a share of monthly income, the new one without interest.</summary>
    internal double TotalLoad => ExistingLoad + ((double)Amount / TenureMonths * 12.0 / Income);
}
