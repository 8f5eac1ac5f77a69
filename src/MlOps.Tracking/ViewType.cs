namespace MlOps.Tracking;

/// <summary>Which experiments or runs a search looks at.</summary>
public enum ViewType
{
    /// <summary>Those that are there.</summary>
    ActiveOnly,

    /// <summary>Those that were deleted.</summary>
    DeletedOnly,

    /// <summary>All.</summary>
    All,
}
