using System.Globalization;

namespace MlOps.Quantization.Benchmarking;

/// <summary>What Linux says about this process.</summary>
internal static class ProcessStatus
{
    /// <summary>The value behind a name in /proc/self/status.</summary>
    internal static string Text(string name) =>
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..].Trim();

    /// <summary>A value in bytes, such as VmHWM, the most memory that was in use.</summary>
    internal static long Bytes(string name) => 1024 * long.Parse(Text(name).Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>How many cores this process may use.</summary>
    internal static int Cores() => Text("Cpus_allowed_list").Split(',').Sum(part =>
    {
        int[] ends = [.. part.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
        return ends[^1] - ends[0] + 1;
    });
}
