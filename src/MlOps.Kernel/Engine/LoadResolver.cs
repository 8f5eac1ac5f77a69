using Microsoft.CodeAnalysis;

namespace MlOps.Kernel.Engine;

/// <summary>Finds what <c>#load</c> names, from the notebook's folder or, inside a loaded file, from that file's folder.</summary>
internal sealed class LoadResolver(string folder) : SourceReferenceResolver
{
    public override string? NormalizePath(string path, string? baseFilePath) => ResolveReference(path, baseFilePath) ?? path;

    public override string? ResolveReference(string path, string? baseFilePath)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            return null; // no file has such a name, and Path would throw
        }

        string from = Path.GetFullPath(baseFilePath ?? "", folder); // a file that is loaded or imported, or the name of a cell
        string full = Path.GetFullPath(path, File.Exists(from) ? Path.GetDirectoryName(from)! : folder);
        return File.Exists(full) ? full : null;
    }

    public override Stream OpenRead(string resolvedPath) => File.OpenRead(resolvedPath);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
