using System.Diagnostics.CodeAnalysis;

namespace MlOps.Kernel.Transport;

/// <summary>Messages that have arrived and wait to be received. A peer whose share is used up is not read any further. Thread-safe.</summary>
internal sealed class Inbox(TransportLimits limits)
{
    private readonly object _gate = new();
    private readonly Queue<Entry> _entries = new();
    private readonly Dictionary<Connection, Share> _shares = [];
    private bool _closed;

    /// <summary>Adds a message. Waits while its peer's share is used up, unless the connection is closed meanwhile.</summary>
    internal void Add(Connection from, RoutedMessage message, long bytes)
    {
        lock (_gate)
        {
            while (!_closed && !from.IsClosed && _shares.TryGetValue(from, out Share share) && IsUsedUp(share))
            {
                Monitor.Wait(_gate);
            }

            if (!_closed)
            {
                _entries.Enqueue(new Entry(from, message, bytes));
                Charge(from, 1, bytes);
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Waits for the next message. Returns null once the inbox is closed.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    internal RoutedMessage? Take(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration _ = cancellationToken.UnsafeRegister(static inbox => ((Inbox)inbox!).Wake(), this);
        lock (_gate)
        {
            RoutedMessage? message;
            while (!TryDequeue(out message) && !_closed)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Monitor.Wait(_gate);
            }

            return message;
        }
    }

    /// <summary>Takes what has already arrived.</summary>
    internal bool TryTake([NotNullWhen(true)] out RoutedMessage? message)
    {
        lock (_gate)
        {
            return TryDequeue(out message);
        }
    }

    /// <summary>Lets all who wait look again.</summary>
    internal void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Drops what waits; nothing arrives any more.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _entries.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    private bool TryDequeue([NotNullWhen(true)] out RoutedMessage? message)
    {
        bool any = _entries.TryDequeue(out Entry entry);
        message = any ? entry.Message : null;
        if (any)
        {
            if (IsUsedUp(_shares[entry.From]))
            {
                Monitor.PulseAll(_gate); // its reader may wait for this
            }

            Charge(entry.From, -1, -entry.Bytes);
        }

        return any;
    }

    private bool IsUsedUp(Share share) => share.Messages >= limits.MaxWaitingMessages || share.Bytes >= limits.MaxWaitingBytes;

    private void Charge(Connection connection, int messages, long bytes)
    {
        Share share = _shares.GetValueOrDefault(connection);
        share = new Share(share.Messages + messages, share.Bytes + bytes);
        if (share.Messages == 0)
        {
            _shares.Remove(connection); // nothing of a connection that is gone may stay
        }
        else
        {
            _shares[connection] = share;
        }
    }

    private readonly record struct Entry(Connection From, RoutedMessage Message, long Bytes);

    private readonly record struct Share(int Messages, long Bytes);
}
