namespace MlOps.Tracking;

/// <summary>A search for runs.</summary>
/// <param name="ExperimentIds">The experiments to look at; an empty list finds nothing.</param>
public sealed record RunQuery(IReadOnlyList<string> ExperimentIds)
{
    /// <summary>The most runs that a page may be asked to hold.</summary>
    public const int Most = 50_000;

    /// <summary>Gets the condition, such as <c>metrics.acc &gt; 0.9 and params.model = "boosting"</c>; null finds all.</summary>
    public string? Filter { get; init; }

    /// <summary>Gets what to sort by, such as <c>metrics.acc DESC</c>; then by the latest start, then by run id.</summary>
    public IReadOnlyList<string> OrderBy { get; init; } = [];

    /// <summary>Gets which runs to look at.</summary>
    public ViewType View { get; init; } = ViewType.ActiveOnly;

    /// <summary>Gets the length of a page, from 1 to <see cref="Most"/>.</summary>
    public int MaxResults { get; init; } = 1000;

    /// <summary>Gets where to go on; null starts.</summary>
    public string? PageToken { get; init; }

    /// <summary>Gets a value indicating whether only MLflow's own grammar is allowed: no OR, NOT, IS NULL or parentheses.</summary>
    public bool StrictMlflow { get; init; }
}
