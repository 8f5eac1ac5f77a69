using System.Runtime.InteropServices;

namespace MlOps.Tracking.Files;

/// <summary>Files that are there whole or not at all, whenever the process dies. Not forced to the disk: a power cut may lose the last ones.</summary>
internal static class WholeFile
{
    private const int AlreadyThere = 17; // EEXIST, the same number on Linux and macOS

    /// <summary>Writes a file in one step, in place of one that is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="aside">A folder of the same file system for the file while it is written; one that is not searched for keys.</param>
    /// <param name="content">All of it.</param>
    internal static void Replace(string path, string aside, ReadOnlySpan<byte> content)
    {
        string partial = Partial(aside, content);
        try
        {
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    /// <summary>Writes a file in one step unless one is there, whoever makes it at the same moment.</summary>
    /// <returns>Whether it was written.</returns>
    internal static bool TryCreate(string path, string aside, ReadOnlySpan<byte> content)
    {
        string partial = Partial(aside, content);
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                if (Link(partial, path) == 0)
                {
                    return true;
                }

                int error = Marshal.GetLastPInvokeError();
                if (error == AlreadyThere)
                {
                    return false;
                }
            }

            // Windows; or a file system without hard links, where a rename that looks first is the best there is.
            File.Move(partial, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static string Partial(string aside, ReadOnlySpan<byte> content)
    {
        string partial = Path.Combine(aside, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using var handle = File.OpenHandle(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            RandomAccess.Write(handle, content, 0);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }

        return partial;
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}
