using Xunit.Sdk;

namespace MlOps.Grading.Testing;

/// <summary>What a test brings when it passes. A theory brings them once, when all of its rows pass. xunit sees it as the trait <c>Points</c>.</summary>
/// <param name="points">0 or more; 0 for a test that only informs.</param>
[AttributeUsage(AttributeTargets.Method)]
[TraitDiscoverer("MlOps.Grading.Testing.ExerciseTraits", "MlOps.Grading")]
public sealed class PointsAttribute(double points) : Attribute, ITraitAttribute
{
    /// <summary>Gets the points.</summary>
    public double Points { get; } = points;
}
