namespace MlOps.Kernel.Engine;

/// <summary>How one cell is run.</summary>
public sealed record CellOptions
{
    internal const string CSharp = "csharp";

    /// <summary>Gets the name of the cell in error messages.</summary>
    /// <value>Default: null, which means "cell N" with N counting the cells of this engine from 1.</value>
    public string? Label { get; init; }

    /// <summary>Gets the language of the cell's first lines: a name that a <c>#!</c> line could have.</summary>
    /// <value>Default: csharp.</value>
    public string Language { get; init; } = CSharp;

    /// <summary>Gets how long the cell's code may run; compiling does not count.</summary>
    /// <value>Default: null, no limit. Must be positive.</value>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets who answers <c>Console.ReadLine()</c> and the other requests for input.</summary>
    /// <value>Default: null, nobody sits at a keyboard; asking then fails with a message that says what to do instead.</value>
    public CellInput? Input { get; init; }

    /// <summary>Gets who receives what background work of the cell shows after the cell has ended.</summary>
    /// <value>Default: null, it is dropped. Called on threads of the engine, one call at a time. The cell's limits go on counting.</value>
    public Action<CellOutput>? LateOutput { get; init; }
}
