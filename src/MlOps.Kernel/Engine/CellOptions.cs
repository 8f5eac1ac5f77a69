namespace MlOps.Kernel.Engine;

/// <summary>How one cell is run.</summary>
public sealed record CellOptions
{
    /// <summary>Gets the name of the cell in error messages.</summary>
    /// <value>Default: null, which means "cell N" with N counting the cells of this engine from 1.</value>
    public string? Label { get; init; }

    /// <summary>Gets how long the cell's code may run; compiling does not count.</summary>
    /// <value>Default: null, no limit. Must be positive.</value>
    public TimeSpan? Timeout { get; init; }
}
