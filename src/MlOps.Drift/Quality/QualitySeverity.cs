namespace MlOps.Drift.Quality;

/// <summary>How bad it is when an expectation is not met.</summary>
public enum QualitySeverity
{
    /// <summary>Worth a look; a gate lets it pass unless it is asked not to.</summary>
    Warning,

    /// <summary>The data must not be used as they are.</summary>
    Error,
}
