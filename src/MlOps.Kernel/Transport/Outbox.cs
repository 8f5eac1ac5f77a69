using System.Net.Sockets;

namespace MlOps.Kernel.Transport;

/// <summary>What is on its way to one peer. Thread-safe; no caller ever waits for the network.</summary>
/// <remarks>
/// While nothing waits, a message leaves on the caller's thread, in one call. What the operating system does not take at once is left to
/// a thread of the outbox, which joins small messages. The socket must be in non-blocking mode. The thread pool is not used, because a
/// cell may block every thread of it.
/// </remarks>
internal sealed class Outbox(Socket socket, TransportLimits limits, string threadName)
{
    private const int BatchBytes = 64 * 1024;

    private readonly object _gate = new();
    private readonly Queue<WireMessage> _waiting = new();
    private byte[]? _batch;
    private long _waitingBytes;
    private WireMessage? _current; // taken from the queue but not gone: the writer's, until it is null again
    private int _segment;
    private int _offset;
    private bool _hasWriter;
    private bool _closed;

    /// <summary>Sends a message, or leaves it to the writer.</summary>
    /// <returns>Whether it will leave as a whole; false if it is dropped as a whole.</returns>
    internal bool Send(WireMessage message)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            if (_current is not null || _waiting.Count > 0)
            {
                return TryQueue(message);
            }

            try
            {
                if (!TryPush(message))
                {
                    _current = message;
                    WakeWriter();
                }

                return true;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OutOfMemoryException) // the last: no thread to be had
            {
                Fail();
                return false;
            }
        }
    }

    /// <summary>Waits until everything has been handed to the operating system.</summary>
    /// <returns>False if that took longer than the limit; true too if the peer has gone.</returns>
    internal bool WaitUntilSent(TimeSpan limit)
    {
        long deadline = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        lock (_gate)
        {
            while (!_closed && (_current is not null || _waiting.Count > 0))
            {
                long left = deadline - Environment.TickCount64;
                if (left <= 0)
                {
                    return false;
                }

                Monitor.Wait(_gate, TimeSpan.FromMilliseconds(left));
            }

            return true;
        }
    }

    /// <summary>Drops what still waits, and ends the writer once the socket is shut down.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _waiting.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The peer is gone, or must go. The thread that reads from it finds the socket disposed and ends the connection.</summary>
    private void Fail()
    {
        Close();
        socket.Dispose();
    }

    private bool TryQueue(WireMessage message)
    {
        bool isFull = _waiting.Count >= limits.MaxQueuedMessages
            || (_waiting.Count > 0 && _waitingBytes + message.Length > limits.MaxQueuedBytes);
        if (!isFull)
        {
            _waiting.Enqueue(message);
            _waitingBytes += message.Length;
        }

        return !isFull;
    }

    private void WakeWriter()
    {
        if (_hasWriter)
        {
            Monitor.PulseAll(_gate);
        }
        else
        {
            new Thread(Write) { IsBackground = true, Name = threadName }.UnsafeStart();
            _hasWriter = true;
        }
    }

    private void Write()
    {
        try
        {
            while (Next() is { } message)
            {
                while (!TryPush(message))
                {
                    socket.Poll(Timeout.InfiniteTimeSpan, SelectMode.SelectWrite);
                }

                lock (_gate)
                {
                    _current = null;
                    Monitor.PulseAll(_gate);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Fail();
        }
    }

    private WireMessage? Next()
    {
        lock (_gate)
        {
            while (!_closed && _current is null && _waiting.Count == 0)
            {
                Monitor.Wait(_gate);
            }

            return _closed ? null : _current ??= Dequeue();
        }
    }

    private WireMessage Dequeue()
    {
        WireMessage first = _waiting.Dequeue();
        long bytes = first.Length;
        if (_waiting.TryPeek(out WireMessage? second) && bytes + second.Length <= BatchBytes)
        {
            _batch ??= new byte[BatchBytes];
            int filled = Append(first, 0);
            while (_waiting.TryPeek(out WireMessage? next) && filled + next.Length <= BatchBytes)
            {
                filled = Append(_waiting.Dequeue(), filled);
            }

            first = new WireMessage(_batch.AsMemory(0, filled));
            bytes = filled;
        }

        _waitingBytes -= bytes;
        return first;
    }

    private int Append(WireMessage message, int at)
    {
        foreach (ReadOnlyMemory<byte> segment in message.Segments)
        {
            segment.Span.CopyTo(_batch.AsSpan(at));
            at += segment.Length;
        }

        return at;
    }

    /// <summary>Hands over as much as fits now, from where the last call stopped. Returns whether the message is gone.</summary>
    private bool TryPush(WireMessage message)
    {
        while (_segment < message.Segments.Count)
        {
            ReadOnlySpan<byte> rest = message.Segments[_segment].Span[_offset..];
            int sent = socket.Send(rest, SocketFlags.None, out SocketError error);
            if (error == SocketError.WouldBlock)
            {
                return false;
            }

            if (error != SocketError.Success)
            {
                throw new SocketException((int)error);
            }

            (_segment, _offset) = sent == rest.Length ? (_segment + 1, 0) : (_segment, _offset + sent);
        }

        _segment = 0;
        return true;
    }
}
