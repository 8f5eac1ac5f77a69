using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace MlOps.Kernel.Engine;

/// <summary>An assembly file as it was when a cell first named it. Bytes are null for a package's file, which never changes.</summary>
internal sealed record AssemblyFile(string Path, string Name, Guid Build, byte[]? Bytes, PortableExecutableReference Reference);

/// <summary>Assembly files that cells refer to. They are read into memory, so the files can be rebuilt or deleted at any time.</summary>
/// <param name="shared">Assemblies of the host that cells share; a file of the same build stands for them.</param>
internal sealed class AssemblyFiles(IReadOnlyList<Assembly> shared)
{
    private readonly ConcurrentDictionary<string, AssemblyFile> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, byte> _folders = new();

    internal AssemblyFile? Find(string simpleName) => _byName.GetValueOrDefault(simpleName);

    /// <summary>Reads a file, or finds the assembly that stands for it: the framework's, the host's, the one read before.</summary>
    /// <exception cref="BadImageFormatException">The file is not a .NET assembly.</exception>
    /// <exception cref="InvalidOperationException">The session already uses another build under this name.</exception>
    internal PortableExecutableReference Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        AssemblyFacts facts = AssemblyFacts.Read(new MemoryStream(bytes, writable: false), path);
        if (FrameworkReferences.FindNetCoreApp(facts.Name) is { } framework)
        {
            return framework;
        }

        if (shared.FirstOrDefault(assembly => assembly.GetName().Name == facts.Name) is { } host)
        {
            return host.ManifestModule.ModuleVersionId == facts.Build
                ? FrameworkReferences.Of(host)
                : throw Conflict(facts.Name, host.Location);
        }

        _folders.TryAdd(Path.GetDirectoryName(path)!, 0);
        AssemblyFile file = _byName.GetOrAdd(facts.Name, _ => new AssemblyFile(path, facts.Name, facts.Build, bytes, MetadataReference.CreateFromImage(bytes, filePath: path)));
        return file.Build == facts.Build ? file.Reference : throw Conflict(facts.Name, file.Path);
    }

    /// <summary>The assembly of that name that cells share with the host, and its version: the host's own or the framework's. Null if there is none.</summary>
    internal (PortableExecutableReference Reference, Version Version)? FindOfHost(string simpleName)
    {
        if (shared.FirstOrDefault(assembly => simpleName.Equals(assembly.GetName().Name, StringComparison.OrdinalIgnoreCase)) is { } host)
        {
            return (FrameworkReferences.Of(host), host.GetName().Version!);
        }

        return FrameworkReferences.FindFramework(simpleName) is { } reference ? (reference, AssemblyName.GetAssemblyName(reference.FilePath!).Version!) : null;
    }

    /// <summary>Takes in the assemblies of packages, which have been checked.</summary>
    internal void Add(IEnumerable<AssemblyFile> files)
    {
        foreach (AssemblyFile file in files)
        {
            _byName.TryAdd(file.Name, file);
        }
    }

    /// <summary>Finds a dependency next to the files read so far.</summary>
    internal AssemblyFile? FindBeside(string simpleName)
    {
        if (Find(simpleName) is { } known)
        {
            return known;
        }

        string? path = _folders.Keys.Order(StringComparer.Ordinal)
            .Select(folder => Path.Combine(folder, simpleName + ".dll"))
            .FirstOrDefault(File.Exists);
        if (path is not null)
        {
            Read(path);
        }

        return Find(simpleName);
    }

    private static InvalidOperationException Conflict(string name, string path) =>
        new($"another build of {name} is already in use in this session, from '{path}'; restart to load the new one");
}
