namespace MlOps.Kernel.Transport;

/// <summary>What one socket grants its peers. Who asks for more is disconnected; nobody else notices.</summary>
/// <remarks>The byte limits bound memory, because a Jupyter port is open to every process of the machine.</remarks>
internal sealed record TransportLimits
{
    internal static TransportLimits Default { get; } = new();

    /// <summary>Gets the most bytes a peer may put in one frame.</summary>
    internal long MaxFrameBytes { get; init; } = 64L << 20;

    /// <summary>Gets the most bytes of all frames of one message.</summary>
    internal long MaxMessageBytes { get; init; } = 256L << 20;

    /// <summary>Gets the most frames of one message. A Jupyter request has seven and its buffers.</summary>
    internal int MaxFrames { get; init; } = 4096;

    /// <summary>Gets the most topics one peer may subscribe to. Jupyter clients use one.</summary>
    internal int MaxTopics { get; init; } = 1024;

    /// <summary>Gets the most connections at a time.</summary>
    internal int MaxPeers { get; init; } = 64;

    /// <summary>Gets how long a peer may take from connecting to READY. libzmq grants the same 30 s.</summary>
    internal TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the most messages that wait for one slow peer; what comes beyond is lost to it.</summary>
    /// <remarks>
    /// libzmq's 1,000 would lose most of a cell that shows 10,000 objects to a client that takes 1 ms for each. Ten such cells fit.
    /// </remarks>
    internal int MaxQueuedMessages { get; init; } = 100_000;

    /// <summary>Gets the most bytes that wait for one slow peer. One message alone may be larger.</summary>
    /// <remarks>Room for ten outputs of 50 MB. Peers share the bytes of what is published to them all.</remarks>
    internal long MaxQueuedBytes { get; init; } = 512L << 20;

    /// <summary>Gets the most messages of one peer that wait to be received; then its connection is not read for a while.</summary>
    internal int MaxWaitingMessages { get; init; } = 10_000;

    /// <summary>Gets the most bytes of one peer that wait to be received.</summary>
    internal long MaxWaitingBytes { get; init; } = 256L << 20;
}
