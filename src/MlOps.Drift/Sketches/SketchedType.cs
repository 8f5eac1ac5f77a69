namespace MlOps.Drift.Sketches;

/// <summary>What the values of a sketched column are.</summary>
public enum SketchedType
{
    /// <summary>No value has been seen, so nothing is known.</summary>
    Unknown,

    /// <summary>Numbers: double or long.</summary>
    Numeric,

    /// <summary>Texts.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Times, of which only the count is kept.</summary>
    Time,
}
