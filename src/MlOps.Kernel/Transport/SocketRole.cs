namespace MlOps.Kernel.Transport;

/// <summary>A socket type of ours, with the types it may talk to.</summary>
internal sealed record SocketRole(string Name, params string[] Peers)
{
    internal static SocketRole Router { get; } = new("ROUTER", "DEALER", "REQ", "ROUTER");

    internal static SocketRole Publisher { get; } = new("PUB", "SUB", "XSUB");

    internal static SocketRole Reply { get; } = new("REP", "REQ", "DEALER");
}
