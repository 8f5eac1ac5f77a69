namespace MlOps.Kernel.Transport;

/// <summary>A peer of a publisher with the topics it wants. A topic is a prefix of the first frame; the empty one wants everything.</summary>
/// <remarks>Subscriptions are counted: two of the same topic need two cancellations. Thread-safe.</remarks>
internal sealed class Subscriber(Connection connection, TransportLimits limits)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ReadOnlyMemory<byte>, int> _topics = new(ContentComparer.Instance);

    internal bool Has(ReadOnlyMemory<byte> topic)
    {
        lock (_gate)
        {
            return _topics.ContainsKey(topic);
        }
    }

    /// <summary>Adds a subscription and sends what greets it, so that nothing published can come in between.</summary>
    /// <exception cref="ProtocolException">The peer has too many topics.</exception>
    internal void Add(ReadOnlyMemory<byte> topic, WireMessage? welcome)
    {
        lock (_gate)
        {
            _topics[topic] = _topics.GetValueOrDefault(topic) + 1;
            if (_topics.Count > limits.MaxTopics)
            {
                throw new ProtocolException($"A peer subscribed to more than {limits.MaxTopics} topics.");
            }

            if (welcome is not null)
            {
                connection.Send(welcome);
            }
        }
    }

    /// <summary>Takes one subscription back; does nothing if there is none.</summary>
    internal void Cancel(ReadOnlyMemory<byte> topic)
    {
        lock (_gate)
        {
            if (_topics.TryGetValue(topic, out int count) && count > 1)
            {
                _topics[topic] = count - 1;
            }
            else
            {
                _topics.Remove(topic);
            }
        }
    }

    /// <summary>Sends a message if one of the topics fits.</summary>
    internal void Offer(ReadOnlySpan<byte> topic, WireMessage message)
    {
        lock (_gate)
        {
            foreach (ReadOnlyMemory<byte> wanted in _topics.Keys)
            {
                if (topic.StartsWith(wanted.Span))
                {
                    connection.Send(message);
                    return;
                }
            }
        }
    }
}
