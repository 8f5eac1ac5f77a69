namespace MlOps.Tracking.Search;

/// <summary>Where a field of a filter is found.</summary>
internal enum FieldKind
{
    /// <summary>A property of the thing itself, such as <c>start_time</c>.</summary>
    Attribute,

    /// <summary>A metric's summary value.</summary>
    Metric,

    /// <summary>A parameter.</summary>
    Param,

    /// <summary>A tag.</summary>
    Tag,

    /// <summary>A property of a data set that the run used: name, digest or context.</summary>
    Dataset,
}
