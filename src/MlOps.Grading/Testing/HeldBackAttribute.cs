using Xunit.Sdk;

namespace MlOps.Grading.Testing;

/// <summary>A test that runs on grading only and never leaves the instructor's copy. xunit sees it as the trait <c>HeldBack</c>.</summary>
/// <param name="tells">What a student may read about it, such as <c>an empty bin on one side</c>: a hint at the idea, no values.</param>
/// <remarks>Its class lies in a folder named <c>HeldBack</c>, which the student edition leaves out.</remarks>
[AttributeUsage(AttributeTargets.Method)]
[TraitDiscoverer("MlOps.Grading.Testing.ExerciseTraits", "MlOps.Grading")]
public sealed class HeldBackAttribute(string tells) : Attribute, ITraitAttribute
{
    /// <summary>Gets what a student may read.</summary>
    public string Tells { get; } = tells;
}
