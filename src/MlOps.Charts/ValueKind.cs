namespace MlOps.Charts;

/// <summary>What an axis has to show: numbers, dates or categories.</summary>
public enum ValueKind
{
    /// <summary>Numbers, on a linear or logarithmic axis.</summary>
    Number,

    /// <summary>Points in time, drawn as written: no time zone is applied.</summary>
    Date,

    /// <summary>Category names, in the order of their first appearance.</summary>
    Text,
}
