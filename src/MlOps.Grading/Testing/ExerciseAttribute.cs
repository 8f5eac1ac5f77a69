using Xunit.Sdk;

namespace MlOps.Grading.Testing;

/// <summary>Says which exercise the tests of a class belong to. xunit sees it as the trait <c>Exercise</c>.</summary>
/// <param name="id">The exercise's number, such as <c>12.3</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
[TraitDiscoverer("MlOps.Grading.Testing.ExerciseTraits", "MlOps.Grading")]
public sealed class ExerciseAttribute(string id) : Attribute, ITraitAttribute
{
    /// <summary>Gets the exercise's number.</summary>
    public string Id { get; } = id;
}
