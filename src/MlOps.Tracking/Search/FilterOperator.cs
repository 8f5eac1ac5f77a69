namespace MlOps.Tracking.Search;

/// <summary>How a field is compared.</summary>
internal enum FilterOperator
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c>; what lacks the field does not match.</summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>LIKE</c>: <c>%</c> is any text, <c>_</c> any character; letters as they are written.</summary>
    Like,

    /// <summary><c>ILIKE</c>: the same, whatever the case.</summary>
    ILike,
}
