namespace MlOps.Bench;

/// <summary>The other side of a benchmark is not installed here, which is no failure.</summary>
internal sealed class PeerMissingException(string peer, string why) : Exception($"{peer}: {why}")
{
    /// <summary>Gets the peer's name.</summary>
    internal string Peer { get; } = peer;

    /// <summary>Gets what is missing.</summary>
    internal string Why { get; } = why;
}
