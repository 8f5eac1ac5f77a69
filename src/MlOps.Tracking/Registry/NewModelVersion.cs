namespace MlOps.Tracking.Registry;

/// <summary>What a version starts with.</summary>
/// <param name="Name">A registered model.</param>
/// <param name="Source">Where its files are: a run's artifact folder, or any address.</param>
public sealed record NewModelVersion(string Name, string Source)
{
    /// <summary>Gets the run that made it; null if none did.</summary>
    public string? RunId { get; init; }

    /// <summary>Gets a page about that run.</summary>
    public string? RunLink { get; init; }

    /// <summary>Gets the description.</summary>
    public string? Description { get; init; }

    /// <summary>Gets who registers it.</summary>
    public string UserId { get; init; } = "";

    /// <summary>Gets its first tags.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
