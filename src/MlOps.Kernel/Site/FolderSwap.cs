namespace MlOps.Kernel.Site;

/// <summary>Writes a folder beside its place and then gives it the place, so that a killed run leaves the old folder or the new one whole.</summary>
/// <remarks>
/// The old folder is renamed to <c>NAME.old</c>, the new one from <c>NAME.new</c>. A run that dies between those two renames
/// leaves the old folder under <c>NAME.old</c>; the next run puts it back before it starts.
/// </remarks>
internal static class FolderSwap
{
    /// <summary>Lies in every folder written here; a folder without it holds somebody's files and is never replaced.</summary>
    internal const string Marker = ".mlops-site";

    internal static void Replace(string folder, Action<string> write)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        (string fresh, string old, string locked) = (folder + ".new", folder + ".old", folder + ".lock");
        if (Path.GetDirectoryName(folder) is not { } parent)
        {
            throw new SiteException($"{folder}: the site cannot replace the root of a disk. Name a folder in it.");
        }

        try
        {
            Directory.CreateDirectory(parent);
            using FileStream exclusive = Lock(locked, folder);
            Restore(folder, old);
            RefuseForeign(folder);
            Delete(fresh);
            Directory.CreateDirectory(fresh);
            File.WriteAllText(Path.Combine(fresh, Marker), "This folder is written by the course site and replaced as a whole.\n");
            write(fresh);
            if (Directory.Exists(folder))
            {
                Directory.Move(folder, old);
            }

            Directory.Move(fresh, folder);
            Delete(old);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SiteException($"{folder}: the site cannot be written: {e.Message}", e);
        }
    }

    private static FileStream Lock(string path, string folder)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new SiteException($"{folder}: another run is writing this site. Wait for it to end.", e);
        }
    }

    private static void Restore(string folder, string old)
    {
        if (!Directory.Exists(old))
        {
            return;
        }

        if (Directory.Exists(folder))
        {
            Delete(old);
        }
        else
        {
            Directory.Move(old, folder);
        }
    }

    private static void RefuseForeign(string folder)
    {
        if (File.Exists(folder))
        {
            throw new SiteException($"{folder}: this is a file; the site needs a folder.");
        }

        if (Directory.Exists(folder) && !File.Exists(Path.Combine(folder, Marker)) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new SiteException($"{folder}: this folder holds files that are not a course site, and writing the site would delete them. Name a new or empty folder.");
        }
    }

    private static void Delete(string folder)
    {
        RefuseForeign(folder);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
