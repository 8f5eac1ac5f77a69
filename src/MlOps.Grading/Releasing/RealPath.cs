namespace MlOps.Grading.Releasing;

/// <summary>Paths without symbolic links, so that "lies inside" means what it says.</summary>
internal static class RealPath
{
    private static readonly StringComparison s_comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    internal static string Of(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return full;
        }

        string here = Path.Combine(Of(parent), Path.GetFileName(full));
        return new DirectoryInfo(here).LinkTarget is null ? here : Of(Directory.ResolveLinkTarget(here, returnFinalTarget: true)!.FullName);
    }

    /// <summary>True if the path is the folder or lies in it. Both are real paths.</summary>
    internal static bool Lies(string path, string folder) =>
        path.Equals(folder, s_comparison) || path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, s_comparison);
}
