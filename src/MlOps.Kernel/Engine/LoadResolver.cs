using Microsoft.CodeAnalysis;

namespace MlOps.Kernel.Engine;

/// <summary>Finds what <c>#load</c> names, from the notebook's folder or, inside a loaded file, from that file's folder.</summary>
internal sealed class LoadResolver(string folder) : SourceReferenceResolver
{
    public override string? NormalizePath(string path, string? baseFilePath) => ResolveReference(path, baseFilePath) ?? path;

    public override string? ResolveReference(string path, string? baseFilePath)
    {
        string start = Path.IsPathFullyQualified(baseFilePath ?? "") ? Path.GetDirectoryName(baseFilePath)! : folder;
        string full = Path.GetFullPath(path, start);
        return File.Exists(full) ? full : null;
    }

    public override Stream OpenRead(string resolvedPath) => File.OpenRead(resolvedPath);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
