using System.Diagnostics;
using System.Globalization;

namespace MlOps.Kernel.Engine;

/// <summary>The processor time of one thread, readable from others while it lives.</summary>
/// <remarks>
/// .NET tells a process's processor time, not a thread's. Linux tells it in a file. Elsewhere a tenth of the time on the clock stands
/// for it: as much as a thread gets that nine others compete with.
/// </remarks>
internal sealed class ThreadTime
{
    private const int AssumedCompetitors = 10;

    [ThreadStatic]
    private static ThreadTime? s_here;

    private readonly long _created = Stopwatch.GetTimestamp();
    private readonly string? _file;

    private ThreadTime()
    {
        if (OperatingSystem.IsLinux() && new FileInfo("/proc/thread-self").LinkTarget is { } thread)
        {
            string file = Path.Combine("/proc", thread, "schedstat"); // nanoseconds on a processor, waiting for one, time slices
            _file = File.Exists(file) ? file : null;
        }
    }

    /// <summary>Gets the calling thread's.</summary>
    internal static ThreadTime Here => s_here ??= new ThreadTime();

    /// <summary>Gets how long the thread has been on a processor.</summary>
    /// <exception cref="IOException">The thread has ended, or the process has no file handle left.</exception>
    internal TimeSpan Used
    {
        get
        {
            if (_file is null)
            {
                return Stopwatch.GetElapsedTime(_created) / AssumedCompetitors;
            }

            string[] fields = File.ReadAllText(_file).Split(' ');
            return TimeSpan.FromMicroseconds(long.Parse(fields[0], CultureInfo.InvariantCulture) / 1000);
        }
    }
}
