namespace MlOps.Drift.Multivariate;

/// <summary>How a permutation test is run.</summary>
public sealed record PermutationOptions
{
    /// <summary>Gets the number of permutations; the smallest p-value is 1 / (permutations + 1). Default 500.</summary>
    public int Permutations { get; init => field = Guard.AtLeast(value, 1, nameof(Permutations)); } = 500;

    /// <summary>Gets the rows a side that are used; of more, so many are drawn without replacement. Default 1,000, at least 2, at most 5,000:
    /// a number for every pair of rows is held in memory, twice: 32 MB with the default and 800 MB with the most.</summary>
    public int MaxRows
    {
        get;
        init => field = value is >= 2 and <= 5000
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxRows), FormattableString.Invariant($"MaxRows must be between 2 and 5000; got {value}."));
    }

    = 1_000;

    /// <summary>Gets the seed of sample and permutations. Equal seeds give equal results on any number of threads.</summary>
    public int Seed { get; init; } = 2026;
}
