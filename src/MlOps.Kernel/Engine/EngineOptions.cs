using System.Reflection;

namespace MlOps.Kernel.Engine;

/// <summary>What a <see cref="NotebookEngine"/> offers to cells and where it draws the line.</summary>
/// <remarks>The whole of Microsoft.NETCore.App, the display functions and the usual System namespaces are always there.</remarks>
public sealed record EngineOptions
{
    /// <summary>Gets assemblies of the running process that cells may use; cells and host then share one copy of each.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<Assembly> References { get; init; } = [];

    /// <summary>Gets paths of further assemblies, loaded as by <c>#r</c>: from their bytes, so that the files stay free.</summary>
    /// <value>Default: none. A relative path starts at <see cref="WorkingDirectory"/>.</value>
    public IReadOnlyList<string> ReferencePaths { get; init; } = [];

    /// <summary>Gets namespaces (or static classes) that every cell sees without a <c>using</c>.</summary>
    /// <value>Default: none beside the built-in ones.</value>
    public IReadOnlyList<string> Imports { get; init; } = [];

    /// <summary>Gets the directives that a cell's first line may name: <c>exercise</c> for cells that begin with <c>#!exercise</c>.</summary>
    /// <value>Default: none. Each makes the C# that runs in place of the cell from the rest of its first line and from the lines below.</value>
    public IReadOnlyDictionary<string, CellDirective> Directives { get; init; } = new Dictionary<string, CellDirective>();

    /// <summary>Gets the folder where relative paths of <c>#r</c> and <c>#load</c> start: the notebook's folder.</summary>
    /// <value>Default: the current directory. The engine never changes the process's current directory.</value>
    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>Gets how many bytes (UTF-8) of printed text one cell may send; the rest is counted and dropped.</summary>
    /// <value>Default: 1 MiB, at least 1.</value>
    public long MaxStreamBytes { get; init; } = 1 << 20;

    /// <summary>Gets how many displays one cell may create; further ones are counted and dropped.</summary>
    /// <value>Default: 1000, at least 1. Updates of a display and the cell's result do not count.</value>
    public int MaxDisplays { get; init; } = 1000;

    /// <summary>Gets how long an interrupted cell has before it is called unstoppable.</summary>
    /// <value>Default: 5 seconds. On an idle machine a cell that can be stopped at all stops within about 0.15 s.</value>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets who answers <c>Console.ReadLine()</c>; null where nobody sits at a keyboard.</summary>
    /// <value>Default: null, reading then fails with a message that says what to do instead.</value>
    public Func<string?>? ReadLine { get; init; }
}
