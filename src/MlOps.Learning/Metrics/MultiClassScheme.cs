namespace MlOps.Learning.Metrics;

/// <summary>How a measure for two classes is applied to more.</summary>
public enum MultiClassScheme
{
    /// <summary>Each class against all others together. Sees how common the classes are.</summary>
    OneVsRest,

    /// <summary>Each pair of classes by itself, both ways. Does not see how common the classes are.</summary>
    OneVsOne,
}
