using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace MlOps.Kernel.Engine;

/// <summary>An assembly file as it was when a cell first named it.</summary>
internal sealed record AssemblyFile(string Path, string Name, Guid Build, byte[] Bytes, PortableExecutableReference Reference);

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
        (string name, Guid build) = Identify(bytes, path);
        if (FrameworkReferences.FindNetCoreApp(name) is { } framework)
        {
            return framework;
        }

        if (shared.FirstOrDefault(assembly => assembly.GetName().Name == name) is { } host)
        {
            return host.ManifestModule.ModuleVersionId == build
                ? FrameworkReferences.Of(host)
                : throw Conflict(name, host.Location);
        }

        _folders.TryAdd(Path.GetDirectoryName(path)!, 0);
        AssemblyFile file = _byName.GetOrAdd(name, _ => new AssemblyFile(path, name, build, bytes, MetadataReference.CreateFromImage(bytes, filePath: path)));
        return file.Build == build ? file.Reference : throw Conflict(name, file.Path);
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

    private static (string Name, Guid Build) Identify(byte[] bytes, string path)
    {
        try
        {
            using var pe = new PEReader(new MemoryStream(bytes, writable: false));
            if (pe.HasMetadata && pe.GetMetadataReader() is { IsAssembly: true } metadata)
            {
                return (metadata.GetString(metadata.GetAssemblyDefinition().Name), metadata.GetGuid(metadata.GetModuleDefinition().Mvid));
            }
        }
        catch (BadImageFormatException exception)
        {
            throw NotAnAssembly(path, exception);
        }

        throw NotAnAssembly(path, null);
    }

    private static BadImageFormatException NotAnAssembly(string path, Exception? inner) => new($"'{path}' is not a .NET assembly", inner);
}
