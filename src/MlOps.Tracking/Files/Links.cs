namespace MlOps.Tracking.Files;

/// <summary>Symbolic links, which a store does not follow.</summary>
internal static class Links
{
    /// <summary>Whether there is a symbolic link of this path, whatever it points at.</summary>
    internal static bool Is(string path)
    {
        var entry = new FileInfo(Path.TrimEndingDirectorySeparator(path));
        return entry.Attributes != (FileAttributes)(-1) && (entry.Attributes & FileAttributes.ReparsePoint) != 0;
    }

    /// <summary>Whether there is a folder of this path that is no symbolic link.</summary>
    internal static bool IsFolder(string path) => Directory.Exists(path) && !Is(path);
}
