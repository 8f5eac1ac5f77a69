namespace MlOps.Explain.Effects;

/// <summary>How permutation importance is measured.</summary>
public sealed record ImportanceOptions
{
    /// <summary>Gets how often each feature is shuffled, ≥ 2.</summary>
    /// <value>5, as scikit-learn.</value>
    public int Repeats { get; init; } = 5;

    /// <summary>Gets the seed of the shuffles.</summary>
    /// <value>7.</value>
    public int Seed { get; init; } = 7;

    /// <summary>Gets the confidence of the intervals, in (0, 1).</summary>
    /// <value>0.95.</value>
    public double Level { get; init; } = 0.95;

    /// <summary>Gets groups of features that are shuffled together, by name: correlated features, or the columns of one category.</summary>
    /// <value>Empty. A feature in no group is shuffled by itself.</value>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Groups { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Gets the rank correlation from which two features are reported as standing in for each other, in [0, 1].</summary>
    /// <value>0.7.</value>
    public double CorrelationWarning { get; init; } = 0.7;

    internal ImportanceOptions Checked()
    {
        Guard.AtLeast(Repeats, 2);
        Guard.Share(CorrelationWarning);
        return Guard.Share(Level) is 0 or 1 ? throw new ArgumentOutOfRangeException(nameof(Level), Level, "Level must lie between 0 and 1.") : this;
    }
}
