namespace MlOps.Tracking.Search;

/// <summary>What a filter is about; each has fields of its own.</summary>
internal enum FilterTarget
{
    /// <summary>Runs.</summary>
    Runs,

    /// <summary>Experiments.</summary>
    Experiments,

    /// <summary>Registered models.</summary>
    Models,

    /// <summary>Versions of models.</summary>
    Versions,
}
