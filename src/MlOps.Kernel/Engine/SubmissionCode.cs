using System.Reflection;
using Microsoft.CodeAnalysis;

namespace MlOps.Kernel.Engine;

/// <summary>A loaded cell: its entry point, and the instance that holds its variables.</summary>
internal sealed class SubmissionCode
{
    private readonly Func<object?[], Task<object?>> _factory;
    private readonly object?[] _instances;
    private readonly int _slot;

    internal SubmissionCode(CompiledCell cell, Assembly assembly, object?[] instances, int slot)
    {
        IMethodSymbol entry = cell.Compilation.GetEntryPoint(CancellationToken.None)!;
        Type type = assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!;
        _factory = type.GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
        (_instances, _slot) = (instances, slot);
    }

    /// <summary>Gets the variables' holder; null if the cell did not come to life.</summary>
    internal object? Instance => _instances[_slot];

    /// <summary>Gets the number of the last mark passed.</summary>
    internal int Reached =>
        (int?)Instance?.GetType().GetField(CellSource.MarkerField, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(Instance) ?? 0;

    internal Task<object?> Start() => _factory(_instances);
}
