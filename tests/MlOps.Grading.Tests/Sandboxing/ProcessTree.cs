using System.Globalization;

namespace MlOps.Grading.Tests.Sandboxing;

/// <summary>Looks into /proc for a process and all that came from it.</summary>
internal static class ProcessTree
{
    /// <summary>The process and its descendants, each with the time it started, since numbers are used again.</summary>
    internal static List<(int Id, string Started)> Of(int root)
    {
        Dictionary<int, (int Parent, string Started)> all = [];
        foreach (string folder in OperatingSystem.IsLinux() ? Directory.EnumerateDirectories("/proc") : [])
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && Read(id) is { } process && process.State != "Z")
            {
                all[id] = (process.Parent, process.Started);
            }
        }

        List<(int, string)> found = [];
        Queue<int> open = new([root]);
        while (open.TryDequeue(out int id))
        {
            if (all.TryGetValue(id, out (int Parent, string Started) process))
            {
                found.Add((id, process.Started));
            }

            foreach ((int child, (int parent, _)) in all)
            {
                if (parent == id)
                {
                    open.Enqueue(child);
                }
            }
        }

        return found;
    }

    /// <summary>The processes that were started with this argument.</summary>
    internal static List<string> WithArgument(string argument) =>
        [.. Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(folder[^1]) && CommandLine(folder).Contains(argument, StringComparison.Ordinal))];

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (IOException)
        {
            return ""; // it ended meanwhile
        }
    }

    internal static bool IsAlive((int Id, string Started) process) => Read(process.Id) is { } now && now.Started == process.Started && now.State is not ("Z" or "X");

    private static (int Parent, string State, string Started)? Read(int id)
    {
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // the name before may hold anything
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), fields[0], fields[19]);
        }
        catch (IOException)
        {
            return null; // it ended meanwhile
        }
    }
}
