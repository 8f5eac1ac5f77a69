using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace MlOps.Kernel.Jupyter;

/// <summary>Processes that cells have started. A kernel that ends takes them along; nobody else would end them.</summary>
internal static class ChildProcesses
{
    /// <summary>Ends the children of this process and theirs. On systems without /proc it does nothing: there the front end ends the tree.</summary>
    internal static void End()
    {
        if (!Directory.Exists("/proc/self"))
        {
            return;
        }

        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) && ParentOf(folder) == Environment.ProcessId)
            {
                Kill(id);
            }
        }
    }

    /// <summary>The parent's id, which stands behind the name in brackets and the state; null if the process has ended meanwhile.</summary>
    private static int? ParentOf(string folder)
    {
        try
        {
            string stat = File.ReadAllText(Path.Combine(folder, "stat"));
            string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using Process child = Process.GetProcessById(id);
            child.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended meanwhile, or belongs to another user.
        }
    }
}
