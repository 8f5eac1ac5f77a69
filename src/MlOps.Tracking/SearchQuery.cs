namespace MlOps.Tracking;

/// <summary>A search for experiments, models or versions.</summary>
public sealed record SearchQuery
{
    /// <summary>Gets the condition, such as <c>name LIKE 'credit%'</c>; null finds all.</summary>
    public string? Filter { get; init; }

    /// <summary>Gets what to sort by, such as <c>name ASC</c>. Experiments come newest first unless told otherwise, models and versions by name.</summary>
    public IReadOnlyList<string> OrderBy { get; init; } = [];

    /// <summary>Gets which experiments to look at. Models have no such state.</summary>
    public ViewType View { get; init; } = ViewType.ActiveOnly;

    /// <summary>Gets the length of a page, at least 1; at most 50,000 experiments, 1,000 models or 200,000 versions.</summary>
    public int MaxResults { get; init; } = 1000;

    /// <summary>Gets where to go on; null starts.</summary>
    public string? PageToken { get; init; }

    /// <summary>Gets a value indicating whether only MLflow's own grammar is allowed: no OR, NOT, IS NULL or parentheses.</summary>
    public bool StrictMlflow { get; init; }
}
