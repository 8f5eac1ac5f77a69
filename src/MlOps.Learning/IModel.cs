namespace MlOps.Learning;

/// <summary>Something that was fitted. Immutable, so threads may share it.</summary>
public interface IModel
{
    /// <summary>Gets the names of the features it was fitted on, in order.</summary>
    IReadOnlyList<string> FeatureNames { get; }
}
