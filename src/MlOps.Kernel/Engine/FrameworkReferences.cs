using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace MlOps.Kernel.Engine;

/// <summary>The assemblies of the running .NET and of the host, as the compiler sees them. Each is read once a process.</summary>
internal static class FrameworkReferences
{
    private static readonly ConcurrentDictionary<string, PortableExecutableReference> ByPath = new(StringComparer.Ordinal);

    private static readonly Lazy<Dictionary<string, string>> TrustedPaths = new(() =>
    {
        string trusted = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")
            ?? throw new InvalidOperationException("The list of platform assemblies is missing: the notebook engine cannot run from a single-file program.");
        return trusted.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .DistinctBy(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path)!, StringComparer.OrdinalIgnoreCase);
    });

    private static readonly Lazy<Dictionary<string, PortableExecutableReference>> NetCoreApp = new(() =>
    {
        string folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return TrustedPaths.Value
            .Where(entry => Path.GetDirectoryName(entry.Value) == folder)
            .ToDictionary(entry => entry.Key, entry => OfFile(entry.Value), StringComparer.OrdinalIgnoreCase);
    });

    /// <summary>Gets all of Microsoft.NETCore.App.</summary>
    internal static IReadOnlyCollection<PortableExecutableReference> All => NetCoreApp.Value.Values;

    internal static PortableExecutableReference? FindNetCoreApp(string simpleName) => NetCoreApp.Value.GetValueOrDefault(simpleName);

    /// <summary>An assembly that this process can load by its simple name; null if there is none.</summary>
    internal static PortableExecutableReference? Find(string simpleName) =>
        TrustedPaths.Value.TryGetValue(simpleName, out string? path) ? OfFile(path) : null;

    /// <exception cref="ArgumentException">The assembly has no file.</exception>
    internal static PortableExecutableReference Of(Assembly assembly) =>
        assembly.Location.Length > 0
            ? OfFile(assembly.Location)
            : throw new ArgumentException($"Cells can only refer to assemblies that come from a file; {assembly.GetName().Name} does not.", nameof(assembly));

    private static PortableExecutableReference OfFile(string path) => ByPath.GetOrAdd(path, static file => MetadataReference.CreateFromFile(file));
}
