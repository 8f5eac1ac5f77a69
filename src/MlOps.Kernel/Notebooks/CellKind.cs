namespace MlOps.Kernel.Notebooks;

/// <summary>What a notebook cell holds.</summary>
public enum CellKind
{
    /// <summary>Code that is executed.</summary>
    Code,

    /// <summary>Markdown that is rendered.</summary>
    Markdown,

    /// <summary>Text that is neither executed nor rendered.</summary>
    Raw,
}
