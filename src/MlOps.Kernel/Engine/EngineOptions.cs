using System.Reflection;
using MlOps.Kernel.Packages;

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

    /// <summary>Gets directives beside the built-in ones: what cells may say in lines that start with <c>#!</c>.</summary>
    /// <value>Default: none. One of a built-in's name replaces it.</value>
    public IReadOnlyList<CellDirective> Directives { get; init; } = [];

    /// <summary>Gets the C# method that makes a value of a <c>DbDataReader</c>: <c>global::MlOps.Data.Table.FromDataReader</c>. <c>#!sql --name x</c> calls it.</summary>
    /// <value>Default: null, which makes a <c>System.Data.DataTable</c>.</value>
    public string? TableFactory { get; init; }

    /// <summary>Gets the folder of npm packages, <c>eng/web/node_modules</c>, from which <c>#!mermaid</c> draws.</summary>
    /// <value>Default: null, which looks for that folder from the program's upwards.</value>
    public string? WebAssets { get; init; }

    /// <summary>Gets the folder where relative paths of <c>#r</c>, <c>#load</c> and <c>#!import</c> start, and where <c>#!sh</c> runs: the notebook's folder.</summary>
    /// <value>Default: the current directory. The engine never changes the process's current directory.</value>
    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>Gets where packages come from and go to.</summary>
    internal PackageOptions Packages { get; init; } = new();

    /// <summary>Gets how many bytes (UTF-8) of printed text one cell may send; the rest is counted and dropped.</summary>
    /// <value>Default: 1 MiB, at least 1.</value>
    public long MaxStreamBytes { get; init; } = 1 << 20;

    /// <summary>Gets how many displays one cell may create; further ones are counted and dropped.</summary>
    /// <value>Default: 1000, at least 1. Updates of a display and the cell's result do not count.</value>
    public int MaxDisplays { get; init; } = 1000;

    /// <summary>Gets how long an interrupted cell has before it is called unstoppable.</summary>
    /// <value>Default: 5 seconds. On an idle machine a cell that can be stopped at all stops within about 0.15 s. Its finally blocks have 2 s, or half of this if that is less.</value>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);
}
