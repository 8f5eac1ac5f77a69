using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace MlOps.Grading.Sandboxing;

/// <summary>Drains what a process prints, keeps the first bytes and counts the rest. One thread adds, another takes.</summary>
internal sealed class PrintedText
{
    private readonly object _gate = new();
    private readonly List<byte> _kept = [];
    private readonly long _limit;
    private readonly Thread _thread;
    private readonly byte[] _tail = new byte[16 << 10];
    private byte[] _mark = [];
    private int _matched;
    private bool _awaitsMark;
    private int _tailUsed;
    private long _dropped;

    internal PrintedText(Stream stream, long limit)
    {
        _limit = limit;
        _thread = new Thread(() => Drain(stream)) { IsBackground = true, Name = "drains what a student process prints" };
        _thread.Start();
    }

    /// <summary>Says which bytes the host will print next, so that <see cref="WaitForMark"/> knows when all before has arrived.</summary>
    internal void Expect(string mark)
    {
        lock (_gate)
        {
            (_mark, _matched, _awaitsMark) = (Encoding.ASCII.GetBytes(mark), 0, true);
        }
    }

    internal void WaitForMark(TimeSpan limit)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            while (_awaitsMark && limit - Stopwatch.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
            {
                Monitor.Wait(_gate, left);
            }
        }
    }

    /// <summary>Waits until the process and all that hold its pipe are gone, but no longer than <paramref name="limit"/>.</summary>
    internal bool WaitForEnd(TimeSpan limit) => _thread.Join(limit);

    /// <summary>The first of what was printed since the last call, and a note on how much was dropped.</summary>
    internal string Take()
    {
        lock (_gate)
        {
            string text = Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(_kept));
            if (_dropped > 0)
            {
                text += string.Create(CultureInfo.InvariantCulture, $"\n… ({_dropped:#,0} more bytes were printed and are not kept)");
            }

            _kept.Clear();
            _dropped = 0;
            return text;
        }
    }

    /// <summary>The last 16 KiB: a runtime that crashes says why there, however much was printed before.</summary>
    internal string Tail()
    {
        lock (_gate)
        {
            return Encoding.UTF8.GetString(_tail, 0, _tailUsed);
        }
    }

    private void Drain(Stream stream)
    {
        byte[] buffer = new byte[64 << 10];
        try
        {
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                lock (_gate)
                {
                    Add(buffer.AsSpan(0, read));
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The pipe broke with its process, which is its end like any other.
        }

        lock (_gate)
        {
            RemoveMark(0);
        }
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        if (_mark.Length > 0 && FindMark(bytes) is var end and >= 0)
        {
            Keep(bytes[..end]);
            RemoveMark(_mark.Length);
            bytes = bytes[end..];
        }

        Keep(bytes);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        int kept = (int)Math.Min(bytes.Length, Math.Max(0, _limit - _kept.Count));
        _kept.AddRange(bytes[..kept]);
        _dropped += bytes.Length - kept;
        ReadOnlySpan<byte> last = bytes.Length > _tail.Length ? bytes[^_tail.Length..] : bytes;
        int older = Math.Min(_tailUsed, _tail.Length - last.Length);
        _tail.AsSpan(_tailUsed - older, older).CopyTo(_tail);
        last.CopyTo(_tail.AsSpan(older));
        _tailUsed = older + last.Length;
    }

    /// <summary>Where the mark ends in these bytes; −1 if it does not. It may have begun in earlier ones.</summary>
    /// <remarks>The mark begins with a byte that is nowhere else in it, so a mismatch can only start again at the byte itself.</remarks>
    private int FindMark(ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            _matched = bytes[i] == _mark[_matched] ? _matched + 1 : bytes[i] == _mark[0] ? 1 : 0;
            if (_matched == _mark.Length)
            {
                return i + 1;
            }
        }

        return -1;
    }

    /// <summary>Takes the mark, which came last, out of what is kept or counted.</summary>
    private void RemoveMark(int length)
    {
        int fromKept = (int)Math.Max(0, length - _dropped);
        _dropped -= length - fromKept;
        _kept.RemoveRange(_kept.Count - fromKept, fromKept);
        (_mark, _matched, _awaitsMark) = ([], 0, false);
        Monitor.PulseAll(_gate);
    }
}
