using System.Text;

namespace MlOps.Tracking.Files;

/// <summary>A folder with a file for each key, such as a run's <c>params</c>. A slash in a key makes a folder.</summary>
/// <remarks>Symbolic links below the store are never followed, wherever they point: what is read leaves them out, writing through one is refused.</remarks>
/// <param name="path">The folder; it is made by the first write.</param>
/// <param name="what">What its keys are called in messages: <c>parameter</c>.</param>
internal sealed class KeyFolder(string path, string what)
{
    private const int LongestName = 255; // bytes; what Linux's, macOS's and Windows's file systems have in common

    /// <summary>The keys with their files, in ordinal order of the keys.</summary>
    internal List<(string Key, string Path)> Files()
    {
        var files = new List<(string Key, string Path)>();
        if (Directory.Exists(path))
        {
            Collect(new DirectoryInfo(path), "", files);
            files.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        }

        return files;
    }

    /// <summary>The values of all keys, in ordinal order of the keys.</summary>
    internal IEnumerable<(string Key, string Value)> Values() => Files().Select(f => (f.Key, Text(f.Path)));

    /// <summary>A file as UTF-8, whatever its first bytes look like.</summary>
    internal static string Text(string file) => Encoding.UTF8.GetString(File.ReadAllBytes(file));

    /// <summary>The file of a key; null if there is none.</summary>
    internal string? Find(string key)
    {
        string file = At(key);
        return File.Exists(file) && LinkOnTheWay(key) is null ? file : null;
    }

    /// <summary>The path where a key's file is or can be.</summary>
    /// <param name="key">A key that <see cref="Stores.TrackingLimits"/> has checked.</param>
    /// <param name="others">Keys that are about to be written too.</param>
    /// <exception cref="TrackingException"><c>InvalidParameterValue</c>: another key is in the way, or a part of the key is too long for the file system.</exception>
    internal string Place(string key, IReadOnlySet<string>? others = null)
    {
        if (OperatingSystem.IsWindows() && key.Contains(':', StringComparison.Ordinal))
        {
            throw Invalid($"The {what} key '{key}' has a ':', which no file of Windows may have in its name.");
        }

        for (int slash = key.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = key.IndexOf('/', slash + 1))
        {
            string parent = key[..slash];
            if (others?.Contains(parent) == true || File.Exists(At(parent)))
            {
                throw Invalid($"The {what} '{key}' needs a folder where the {what} '{parent}' has its file: a store of files cannot hold both.");
            }
        }

        string[] names = key.Split('/');
        if (Array.Find(names, name => Encoding.UTF8.GetByteCount(name) > LongestName) is { } tooLong)
        {
            throw Invalid($"The {what} key '{key}' is too long for a file's name: '{tooLong}' has {Encoding.UTF8.GetByteCount(tooLong)} bytes, and a store of files has room for {LongestName} between two slashes.");
        }

        string file = At(key);
        return Directory.Exists(file) ? throw Invalid($"The {what} '{key}' needs a file where the folder of '{key}/…' is: a store of files cannot hold both.")
            : LinkOnTheWay(key) is { } link ? throw Invalid($"{link} is a symbolic link, and those are not followed in a store of files.")
            : file;
    }

    /// <summary>Writes a key's value in one step.</summary>
    internal void Set(string key, string value, string aside)
    {
        string file = Place(key);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        WholeFile.Replace(file, aside, Encoding.UTF8.GetBytes(value));
    }

    /// <summary>Deletes a key and the folders that are empty without it; false if it is not there.</summary>
    internal bool Remove(string key)
    {
        if (Find(key) is not { } file)
        {
            return false;
        }

        File.Delete(file);
        for (string folder = Path.GetDirectoryName(file)!; folder.Length > path.Length && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
        {
            Directory.Delete(folder);
        }

        return true;
    }

    private static void Collect(DirectoryInfo folder, string prefix, List<(string Key, string Path)> files)
    {
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos())
        {
            if ((entry.Attributes & FileAttributes.ReparsePoint) != 0)
            {
                continue;
            }

            if (entry is DirectoryInfo inner)
            {
                Collect(inner, $"{prefix}{entry.Name}/", files);
            }
            else
            {
                files.Add((prefix + entry.Name, entry.FullName));
            }
        }
    }

    private string At(string key) => Path.Combine(path, OperatingSystem.IsWindows() ? key.Replace('/', '\\') : key);

    private string? LinkOnTheWay(string key)
    {
        for (int end = 0; end >= 0; end = end == key.Length ? -1 : key.IndexOf('/', end + 1) is >= 0 and int slash ? slash : key.Length)
        {
            string part = At(key[..end]);
            if (Links.Is(part))
            {
                return part;
            }
        }

        return null;
    }

    private static TrackingException Invalid(string message) => new(TrackingError.InvalidParameterValue, message);
}
