namespace MlOps.Data;

/// <summary>Which rows of the left table a join keeps.</summary>
public enum JoinKind
{
    /// <summary>Those with at least one match.</summary>
    Inner,

    /// <summary>All; where there is no match, the columns of the right table are missing.</summary>
    Left,
}
