namespace MlOps.Kernel.Editing;

/// <summary>Whether a text can run as it stands.</summary>
/// <param name="Status">The state.</param>
/// <param name="Indent">Blanks for the next line of an incomplete text; else empty.</param>
internal sealed record Completeness(CompletenessStatus Status, string Indent = "");

/// <summary>The states that the Jupyter protocol knows.</summary>
internal enum CompletenessStatus
{
    /// <summary>It can run.</summary>
    Complete,

    /// <summary>It needs more lines.</summary>
    Incomplete,

    /// <summary>No further line can make it right.</summary>
    Invalid,

    /// <summary>It names a directive that is not known here.</summary>
    Unknown,
}
