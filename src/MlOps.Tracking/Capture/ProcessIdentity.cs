using System.Diagnostics;
using System.Globalization;

namespace MlOps.Tracking.Capture;

/// <summary>Tells a process from every other one, also from a later one of the same number.</summary>
/// <param name="Id">The process's number.</param>
/// <param name="Start">When it started: on Linux ticks since the boot, which no clock moves; else milliseconds since 1970-01-01 UTC.</param>
/// <param name="Boot">The boot's identifier on Linux; else <c>-</c>.</param>
/// <param name="Machine">The machine's name.</param>
internal sealed record ProcessIdentity(int Id, long Start, string Boot, string Machine)
{
    /// <summary>The tag that a run carries it in, as <c>ID START BOOT MACHINE</c>.</summary>
    internal const string TagKey = "mlops.process";

    private const int StartField = 19; // of /proc/PID/stat, counted from the one behind the name: see proc(5), field 22

    internal static ProcessIdentity Own { get; } = Of(Environment.ProcessId)!;

    /// <summary>Reads a tag; null if it is none.</summary>
    internal static ProcessIdentity? Parse(string text) =>
        text.Split(' ', 4) is [var id, var start, var boot, var machine]
        && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out long since)
            ? new ProcessIdentity(number, since, boot, machine)
            : null;

    /// <summary>Returns whether the process is surely gone: it ran on this machine, and no process is that one now.</summary>
    internal bool IsGone() => Machine == Own.Machine && (Boot != Own.Boot || Of(Id) != this);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id} {Start} {Boot} {Machine}");

    private static ProcessIdentity? Of(int id)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
                string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // the name before it may hold anything
                return new ProcessIdentity(id, long.Parse(fields[StartField], CultureInfo.InvariantCulture), File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(), Environment.MachineName);
            }

            using Process process = Process.GetProcessById(id);
            return new ProcessIdentity(id, new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds(), "-", Environment.MachineName);
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidOperationException)
        {
            return null; // there is no such process
        }
    }
}
