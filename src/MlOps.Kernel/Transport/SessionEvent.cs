namespace MlOps.Kernel.Transport;

/// <summary>Something a peer has said, as <see cref="Session"/> understood it.</summary>
internal abstract record SessionEvent;

/// <summary>The greeting is complete: it is our turn to send READY.</summary>
internal sealed record Greeted : SessionEvent;

/// <summary>The handshake is over. The identity is empty if the peer chose none.</summary>
internal sealed record PeerReady(ReadOnlyMemory<byte> Identity) : SessionEvent;

/// <summary>All frames of one message.</summary>
internal sealed record MessageArrived(IReadOnlyList<ReadOnlyMemory<byte>> Frames, long Bytes) : SessionEvent;

/// <summary>A subscription was added, or one is to be taken back.</summary>
internal sealed record SubscriptionChanged(ReadOnlyMemory<byte> Topic, bool IsAdded) : SessionEvent;

/// <summary>A PING that wants a PONG with the same context.</summary>
internal sealed record PingArrived(ReadOnlyMemory<byte> Context) : SessionEvent;
