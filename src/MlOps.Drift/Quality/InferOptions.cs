namespace MlOps.Drift.Quality;

/// <summary>How rules are drafted from a reference. The defaults let another sample of the same data pass.</summary>
public sealed record InferOptions
{
    /// <summary>Gets the name of the list. Default: expectations.</summary>
    public string Name { get; init; } = "expectations";

    /// <summary>Gets how far a limit lies outside the reference's values, in shares of their range (max − min). Default 0.1; limits of values that are
    /// never negative do not go below 0, and those of positive values not below half of the smallest.</summary>
    public double RangeMargin { get; init => field = Guard.NonNegative(value, nameof(RangeMargin)); } = 0.1;

    /// <summary>Gets the share of values that must lie within a range. Default 0.999: a longer table reaches further.</summary>
    public double RangeMostly { get; init => field = Guard.Share(value, nameof(RangeMostly)); } = 0.999;

    /// <summary>Gets how much larger the share of missing values may be than in the reference, where that has some. Default 0.05.</summary>
    public double MissingMargin { get; init => field = Guard.Share(value, nameof(MissingMargin)); } = 0.05;

    /// <summary>Gets how far a mean may move, in standard deviations of the reference. Default 0.5.</summary>
    public double MeanShift { get; init => field = Guard.Positive(value, nameof(MeanShift)); } = 0.5;

    /// <summary>Gets the largest number of distinct texts that become a list of allowed values. Default 30.</summary>
    public int MaxLevels { get; init => field = Guard.AtLeast(value, 1, nameof(MaxLevels)); } = 30;

    /// <summary>Gets how often each text must occur on average for that. Default 20: with fewer rows the list would not be complete.</summary>
    public int RowsPerLevel { get; init => field = Guard.AtLeast(value, 1, nameof(RowsPerLevel)); } = 20;

    /// <summary>Gets the factor by which the number of rows may rise or fall. Default 2; 1 makes no rule about it.</summary>
    public double RowCountFactor { get; init => field = Guard.AtLeast(value, 1, nameof(RowCountFactor)); } = 2;

    /// <summary>Gets the largest age of the newest time. Null, the default, makes no such rule: the reference does not know how often data come.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Gets how far ahead times may be. Default: five minutes.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets the clock that tells whether the reference has times in the future. Null for the system's.</summary>
    public TimeProvider? Clock { get; init; }
}
