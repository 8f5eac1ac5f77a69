using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace MlOps.Grading.Compiler;

/// <summary>What students' code may refer to: .NET itself, and the course libraries an exercise names. Read once per process.</summary>
internal static class CompilerReferences
{
    private static readonly ConcurrentDictionary<string, MetadataReference> s_files = new(StringComparer.Ordinal);

    internal static IReadOnlyList<MetadataReference> Framework { get; } =
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll" or "Microsoft.CSharp.dll") && IsManaged(path))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    internal static MetadataReference Of(string path) => s_files.GetOrAdd(path, static file => MetadataReference.CreateFromFile(file));

    private static bool IsManaged(string path) => !Path.GetFileName(path).Contains(".Native", StringComparison.Ordinal);
}
