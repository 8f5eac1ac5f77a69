using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace MlOps.Kernel.Engine;

/// <summary>The assemblies of the running .NET and of the host, as the compiler sees them. Each is read once a process.</summary>
internal static class FrameworkReferences
{
    private static readonly ConcurrentDictionary<string, PortableExecutableReference> ByPath = new(StringComparer.Ordinal);

    private static readonly string AppFolder = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);

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

    private static readonly Lazy<PortableExecutableReference[]> WithTypes = new(() => [.. NetCoreApp.Value.Values.Where(DefinesTypes)]);

    /// <summary>Gets all of Microsoft.NETCore.App, but for the half that only forwards to the rest: every cell binds all references anew.</summary>
    /// <remarks>A library that refers to one of those gets it from <see cref="Find"/>.</remarks>
    internal static IReadOnlyCollection<PortableExecutableReference> All => WithTypes.Value;

    internal static PortableExecutableReference? FindNetCoreApp(string simpleName) => NetCoreApp.Value.GetValueOrDefault(simpleName);

    /// <summary>An assembly of the frameworks that this process runs on, ASP.NET Core included; null if there is none of that name.</summary>
    internal static PortableExecutableReference? FindFramework(string simpleName) =>
        FindNetCoreApp(simpleName)
        ?? (TrustedPaths.Value.TryGetValue(simpleName, out string? path) && Path.GetDirectoryName(path) != AppFolder ? OfFile(path) : null);

    private static bool DefinesTypes(PortableExecutableReference reference)
    {
        MetadataReader metadata = ((AssemblyMetadata)reference.GetMetadata()).GetModules()[0].GetMetadataReader();
        return metadata.TypeDefinitions.Any(type => (metadata.GetTypeDefinition(type).Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public);
    }

    /// <summary>An assembly that this process can load by its simple name; null if there is none.</summary>
    internal static PortableExecutableReference? Find(string simpleName) =>
        TrustedPaths.Value.TryGetValue(simpleName, out string? path) ? OfFile(path) : null;

    /// <exception cref="ArgumentException">The assembly has no file.</exception>
    internal static PortableExecutableReference Of(Assembly assembly) =>
        assembly.Location.Length > 0
            ? OfFile(assembly.Location)
            : throw new ArgumentException($"Cells can only refer to assemblies that come from a file; {assembly.GetName().Name} does not.", nameof(assembly));

    /// <summary>A file that does not change while the process runs.</summary>
    internal static PortableExecutableReference OfFile(string path) => ByPath.GetOrAdd(path, static file =>
    {
        // MetadataReference.CreateFromFile keeps whole files in memory, 60 MB for the framework. The compiler needs the fifth of it that is metadata.
        using FileStream stream = File.OpenRead(file);
        return AssemblyMetadata.Create(ModuleMetadata.CreateFromStream(stream, PEStreamOptions.PrefetchMetadata)).GetReference(filePath: file);
    });
}
