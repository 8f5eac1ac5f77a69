using System.Globalization;

namespace MlOps.Data;

/// <summary>What a container may use: the limits of the Linux control group that a process is in, and of those around it.</summary>
/// <param name="Cores">Processor seconds a second; null for no limit.</param>
/// <param name="MemoryBytes">null for no limit.</param>
internal sealed record ControlGroup(double? Cores, long? MemoryBytes)
{
    private const long Unlimited = 1L << 60; // version 1 says "no limit" with a number of about this size

    internal static ControlGroup Current() => OperatingSystem.IsLinux() ? Read("/proc/self/cgroup", "/sys/fs/cgroup") : new ControlGroup(null, null);

    /// <param name="membership">A file with a line a hierarchy, <c>number:controllers:path</c>; version 2 has no controllers there. See cgroups(7).</param>
    /// <param name="root">Where the hierarchies are mounted.</param>
    internal static ControlGroup Read(string membership, string root)
    {
        double? cores = null;
        long? memory = null;
        foreach (string[] entry in (File.Exists(membership) ? File.ReadLines(membership) : []).Select(line => line.Split(':', 3)).Where(entry => entry.Length == 3))
        {
            string[] controllers = entry[1].Split(',');
            foreach (string folder in Folders(entry[1].Length == 0 ? root : Path.Combine(root, entry[1]), entry[2]))
            {
                if (entry[1].Length == 0)
                {
                    cores = Least(cores, Ratio(Text(folder, "cpu.max")?.Split(' ') ?? []));
                    memory = Least(memory, Number(Text(folder, "memory.max")));
                }
                else if (controllers.Contains("cpu"))
                {
                    cores = Least(cores, Ratio([Text(folder, "cpu.cfs_quota_us") ?? "", Text(folder, "cpu.cfs_period_us") ?? ""]));
                }
                else if (controllers.Contains("memory"))
                {
                    memory = Least(memory, Number(Text(folder, "memory.limit_in_bytes")));
                }
            }
        }

        return new ControlGroup(cores, memory);
    }

    // From the process's own group up to the root: each of them limits. Inside a container the path may be the host's, of which only the root is seen.
    private static IEnumerable<string> Folders(string root, string path)
    {
        for (string? below = path.Trim('/'); !string.IsNullOrEmpty(below); below = Path.GetDirectoryName(below))
        {
            yield return Path.Combine(root, below);
        }

        yield return root;
    }

    private static string? Text(string folder, string file) => Path.Combine(folder, file) is var path && File.Exists(path) ? File.ReadAllText(path).Trim() : null;

    private static double? Ratio(string[] quotaAndPeriod) =>
        quotaAndPeriod is [var quota, var period] && Number(quota) is > 0 and { } used && Number(period) is > 0 and { } each ? (double)used / each : null;

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value < Unlimited ? value : null; // "max" is none

    private static T? Least<T>(T? a, T? b)
        where T : struct, IComparable<T> => a is { } x && b is { } y ? (x.CompareTo(y) < 0 ? x : y) : a ?? b;
}
