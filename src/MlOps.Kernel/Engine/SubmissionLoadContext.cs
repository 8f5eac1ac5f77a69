using System.Reflection;
using System.Runtime.Loader;
using MlOps.Kernel.Packages;

namespace MlOps.Kernel.Engine;

/// <summary>Loads compiled cells and the assemblies they name; everything else is shared with the host.</summary>
/// <remarks>Not collectible: collectible code is slower, and a notebook's code lives as long as its process.</remarks>
internal sealed class SubmissionLoadContext : AssemblyLoadContext
{
    private readonly AssemblyFiles _files;
    private readonly NativeFiles _natives;
    private readonly Dictionary<string, Assembly> _shared;
    private readonly Dictionary<string, Assembly> _submissions = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    internal SubmissionLoadContext(IEnumerable<Assembly> shared, AssemblyFiles files, NativeFiles natives)
        : base("notebook", isCollectible: false)
    {
        (_files, _natives) = (files, natives);
        _shared = shared.DistinctBy(assembly => assembly.GetName().Name).ToDictionary(assembly => assembly.GetName().Name!, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Gets or sets the cell that runs now or ran last: who to tell about background code that has lost its context.</summary>
    internal CellContext? LastCell { get; set; }

    internal Assembly LoadSubmission(string name, Stream image, Stream? symbols)
    {
        Assembly assembly = LoadFromStream(image, symbols);
        lock (_gate)
        {
            _submissions[name] = assembly;
        }

        return assembly;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string name = assemblyName.Name ?? "";
        lock (_gate)
        {
            if (_submissions.TryGetValue(name, out Assembly? submission))
            {
                return submission;
            }
        }

        if (_shared.TryGetValue(name, out Assembly? shared))
        {
            return shared;
        }

        // What the host can load itself it shares; a file beside one named by #r is for names that the host does not know.
        AssemblyFile? file = _files.Find(name) ?? (FrameworkReferences.Find(name) is null ? _files.FindBeside(name) : null);
        return file switch
        {
            null => null,
            { Bytes: { } bytes } => LoadFromStream(new MemoryStream(bytes, writable: false)),
            _ => LoadFromAssemblyPath(file.Path),
        };
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _natives.Find(unmanagedDllName, SessionPackages.Platform) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
