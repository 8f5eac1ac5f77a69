using System.Diagnostics;
using System.Globalization;

namespace MlOps.Tracking.Capture;

/// <summary>Measures the load of the machine, under MLflow's names. Not thread-safe.</summary>
internal sealed class MachineLoad
{
    private const double Megabyte = 1e6; // as MLflow counts
    private const string GpuFields = "utilization.gpu,memory.used,memory.total,power.draw";
    private (long Busy, long Total) _cpu = Jiffies();
    private TimeSpan _processCpu = Environment.CpuUsage.TotalTime;
    private long _stamp = Stopwatch.GetTimestamp();
    private bool _noGpu;

    /// <summary>Measures: shares of the time since the measurement before, sizes as they are now. Within a tick of the kernel (10 ms) there is no share of the processor.</summary>
    internal List<(string Key, double Value)> Measure()
    {
        var found = new List<(string, double)>();
        (long busy, long total) = Jiffies();
        if (total > _cpu.Total)
        {
            found.Add(("system/cpu_utilization_percentage", 100.0 * (busy - _cpu.Busy) / (total - _cpu.Total)));
        }

        TimeSpan used = Environment.CpuUsage.TotalTime;
        double elapsed = Stopwatch.GetElapsedTime(_stamp).TotalSeconds;
        if (elapsed > 0)
        {
            found.Add(("system/process_cpu_utilization_percentage", 100 * (used - _processCpu).TotalSeconds / elapsed / Environment.ProcessorCount));
        }

        (_cpu, _processCpu, _stamp) = ((busy, total), used, Stopwatch.GetTimestamp());
        (double usedMemory, double allMemory) = Memory();
        found.Add(("system/system_memory_usage_megabytes", usedMemory / Megabyte));
        found.Add(("system/system_memory_usage_percentage", 100 * usedMemory / allMemory));
        found.Add(("system/process_memory_usage_megabytes", Environment.WorkingSet / Megabyte));
        found.AddRange(Gpus());
        return found;
    }

    /// <summary>Reads what <c>nvidia-smi</c> prints: a line a device, its four numbers between commas. What a device does not tell is left out.</summary>
    internal static IEnumerable<(string Key, double Value)> ParseGpus(string lines)
    {
        int device = 0;
        foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            double[] numbers = [.. line.Split(',').Select(field => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
            if (numbers.Length == GpuFields.Split(',').Length)
            {
                string prefix = string.Create(CultureInfo.InvariantCulture, $"system/gpu_{device}_");
                (string Key, double Value)[] all =
                [
                    (prefix + "utilization_percentage", numbers[0]),
                    (prefix + "memory_usage_megabytes", numbers[1] * (1 << 20) / Megabyte),
                    (prefix + "memory_usage_percentage", 100 * numbers[1] / numbers[2]),
                    (prefix + "power_usage_watts", numbers[3]),
                ];
                foreach ((string key, double value) in all)
                {
                    if (double.IsFinite(value))
                    {
                        yield return (key, value);
                    }
                }
            }

            device++;
        }
    }

    /// <summary>The processors' time so far, in the kernel's ticks; zeros where there is no <c>/proc/stat</c>.</summary>
    private static (long Busy, long Total) Jiffies()
    {
        if (!OperatingSystem.IsLinux())
        {
            return default;
        }

        // cpu user nice system idle iowait irq softirq steal …; guest times are inside user and nice. See proc(5).
        using var reader = new StreamReader("/proc/stat");
        long[] ticks = [.. reader.ReadLine()!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(field => long.Parse(field, CultureInfo.InvariantCulture))];
        long total = ticks.Sum();
        return (total - ticks[3] - ticks[4], total);
    }

    private static (double Used, double All) Memory()
    {
        if (!OperatingSystem.IsLinux())
        {
            GCMemoryInfo info = GC.GetGCMemoryInfo();
            return (info.MemoryLoadBytes, info.TotalAvailableMemoryBytes);
        }

        double all = 0;
        double free = 0;
        foreach (string line in File.ReadLines("/proc/meminfo"))
        {
            all = Kibibytes(line, "MemTotal:") ?? all;
            free = Kibibytes(line, "MemAvailable:") ?? free;
        }

        return ((all - free) * 1024, all * 1024);

        static double? Kibibytes(string line, string key) =>
            line.StartsWith(key, StringComparison.Ordinal) ? double.Parse(line.AsSpan(key.Length, line.Length - key.Length - "kB".Length), NumberStyles.Float, CultureInfo.InvariantCulture) : null;
    }

    private IEnumerable<(string Key, double Value)> Gpus()
    {
        string? lines = _noGpu ? null : NvidiaSmi.Query(GpuFields);
        _noGpu = lines is null; // it will not be there the next second either
        return ParseGpus(lines ?? "");
    }
}
