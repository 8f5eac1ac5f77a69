using System.Globalization;
using System.Runtime.InteropServices;

namespace MlOps.Data;

/// <summary>What this machine has, as far as this process may use it.</summary>
/// <param name="Processor">Its name, its cores, its vector instructions.</param>
/// <param name="MemoryBytes">Memory of the machine, or the limit of the container if that is less.</param>
/// <param name="Gpus">Those that NVIDIA's driver lists; empty without.</param>
/// <param name="Software">The operating system and the .NET runtime.</param>
public sealed record Hardware(Processor Processor, long MemoryBytes, IReadOnlyList<Gpu> Gpus, string Software)
{
    /// <summary>Asks the system, and the driver of the GPU where there is one.</summary>
    public static Hardware Current() => new(
        Processor.Current(),
        Memory(),
        Gpu.All(),
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");

    /// <summary>Returns it as lines of a name and a value.</summary>
    public override string ToString() => string.Join('\n', Lines().Select(line => $"{line.Name,-16}{line.Value}"));

    /// <summary>Returns what is there, a name and a value each, for a table.</summary>
    public IEnumerable<(string Name, string Value)> Lines()
    {
        yield return ("processor", Processor.ToString());
        yield return ("instructions", Processor.Instructions.Count == 0 ? "no vector instructions that .NET knows" : string.Join(", ", Processor.Instructions));
        yield return ("memory", (MemoryBytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture) + " GB");
        yield return ("GPU", Gpus.Count == 0 ? "none that an NVIDIA driver lists" : string.Join("; ", Gpus));
        yield return ("software", Software);
    }

    private static long Memory()
    {
        // .NET's own figure is three quarters of a container's limit: what its heap may grow to.
        const string Key = "MemTotal:";
        string? line = OperatingSystem.IsLinux() ? File.ReadLines("/proc/meminfo").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) : null;
        long machine = line is null ? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes : long.Parse(line.AsSpan(Key.Length, line.Length - Key.Length - "kB".Length), NumberStyles.Integer, CultureInfo.InvariantCulture) << 10;
        return Math.Min(machine, ControlGroup.Current().MemoryBytes ?? long.MaxValue);
    }
}
