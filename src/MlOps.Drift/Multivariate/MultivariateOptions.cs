namespace MlOps.Drift.Multivariate;

/// <summary>What a multivariate comparison looks at and where it draws its line.</summary>
public sealed record MultivariateOptions
{
    /// <summary>Gets the columns to compare together; null takes all that are numbers, true/false, or texts of few levels.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Gets the most levels a text column of the reference may have to take part, a 0/1 column a level. Default 20.</summary>
    public int MaxLevels { get; init => field = Guard.AtLeast(value, 2, nameof(MaxLevels)); } = 20;

    /// <summary>Gets the level of the tests. Default 0.05.</summary>
    public double Alpha { get; init => field = Guard.Share(value, nameof(Alpha)); } = 0.05;

    /// <summary>Gets the AUC of the domain classifier from which on a drift is large enough to matter. Default 0.55, a rule of thumb; between 0.5 and 1.</summary>
    public double AucThreshold
    {
        get;
        init => field = value is >= 0.5 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(AucThreshold), FormattableString.Invariant($"AucThreshold must be between 0.5 and 1; got {value}."));
    }

    = 0.55;

    /// <summary>Gets the settings of the energy and MMD tests.</summary>
    public PermutationOptions Permutations { get; init; } = new();

    /// <summary>Gets the settings of the domain classifier.</summary>
    public DomainClassifierOptions Classifier { get; init; } = new();
}
