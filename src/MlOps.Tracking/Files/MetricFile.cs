using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MlOps.Tracking.Files;

/// <summary>The points of one metric of a run.</summary>
internal static class MetricFile
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(2);

    /// <summary>Reads every point once, sorted by (step, timestamp, value), NaN being the least value.</summary>
    /// <remarks>A last line without an end was never acknowledged by anybody and is left out.</remarks>
    /// <exception cref="TrackingException"><c>InternalError</c>: a line is no point.</exception>
    internal static List<Metric> ReadAll(string path, string key)
    {
        var points = new List<Metric>();
        Read(path, key, points.Add);
        points.Sort(Compare);
        int kept = 0;
        for (int i = 0; i < points.Count; i++)
        {
            if (kept == 0 || Compare(points[kept - 1], points[i]) != 0)
            {
                points[kept++] = points[i];
            }
        }

        points.RemoveRange(kept, points.Count - kept);
        return points;
    }

    /// <summary>Reads the greatest point; null if there is none.</summary>
    internal static Metric? ReadSummary(string path, string key)
    {
        Metric? greatest = null;
        Read(path, key, point => greatest = greatest is not { } other || Compare(other, point) < 0 ? point : greatest);
        return greatest;
    }

    /// <summary>Cuts off a last line without an end, which a full disk or a power cut has left, so that the next line does not grow onto it.</summary>
    /// <remarks>Looks several times before, as somebody may be writing that line this moment.</remarks>
    internal static void Mend(string path, StoreLock gate)
    {
        if (Whole(path))
        {
            return;
        }

        using StoreLock.Held held = gate.Take();
        for (int look = 0; look < 10; look++)
        {
            Thread.Sleep(s_look);
            if (Whole(path))
            {
                return;
            }
        }

        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        long end = RandomAccess.GetLength(file);
        byte[] block = new byte[4096];
        while (end > 0)
        {
            long start = Math.Max(0, end - block.Length);
            int read = RandomAccess.Read(file, block.AsSpan(0, (int)(end - start)), start);
            int line = block.AsSpan(0, read).LastIndexOf((byte)'\n');
            end = line < 0 ? start : start + line + 1;
            if (line >= 0)
            {
                break;
            }
        }

        RandomAccess.SetLength(file, end);
    }

    private static bool Whole(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long length = RandomAccess.GetLength(file);
        Span<byte> last = stackalloc byte[1];
        return length == 0 || (RandomAccess.Read(file, last, length - 1) == 1 && last[0] == '\n');
    }

    private static void Read(string path, string key, Action<Metric> take)
    {
        ReadOnlySpan<byte> rest = File.ReadAllBytes(path);
        int number = 0;
        while (true)
        {
            int end = rest.IndexOf((byte)'\n');
            if (end < 0)
            {
                return;
            }

            number++;
            ReadOnlySpan<byte> line = rest[..end];
            rest = rest[(end + 1)..];
            take(MetricLine.TryRead(line, key, out Metric point)
                ? point
                : throw MetaYaml.Malformed(path, FormattableString.Invariant($"line {number} is no point: '{Encoding.UTF8.GetString(line.Length > 60 ? line[..60] : line)}'")));
        }
    }

    private static int Compare(Metric a, Metric b) =>
        a.Step.CompareTo(b.Step) is not 0 and int step ? step
        : a.Timestamp.CompareTo(b.Timestamp) is not 0 and int time ? time
        : a.Value.CompareTo(b.Value);
}
