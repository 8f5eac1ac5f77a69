namespace MlOps.Learning.Preprocessing;

/// <summary>What a pipeline reads from a column.</summary>
public enum InputKind
{
    /// <summary>Numbers, or truth values as 1 and 0.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,
}
