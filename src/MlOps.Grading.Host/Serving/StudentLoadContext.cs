using System.Reflection;
using System.Runtime.Loader;

namespace MlOps.Grading.Host.Serving;

/// <summary>Holds one student's assembly; it sees .NET and the course libraries it was given, no other file.</summary>
internal sealed class StudentLoadContext : AssemblyLoadContext
{
    private readonly Dictionary<string, string> _libraries = new(StringComparer.OrdinalIgnoreCase);

    internal StudentLoadContext(List<string> libraries)
        : base("student")
    {
        foreach (string path in libraries)
        {
            _libraries[Path.GetFileNameWithoutExtension(path)] = path;
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _libraries.TryGetValue(assemblyName.Name!, out string? path) ? LoadFromAssemblyPath(path) : null;
}
