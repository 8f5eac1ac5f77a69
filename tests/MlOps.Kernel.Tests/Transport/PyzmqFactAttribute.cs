namespace MlOps.Kernel.Tests.Transport;

/// <summary>A test with real libzmq peers, through Debian's python3-zmq; skipped where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PyzmqFactAttribute : FactAttribute
{
    private static readonly bool s_present = File.Exists(PeerProcess.Python) && PeerProcess.Succeeds(PeerProcess.Python, "-c", "import zmq");

    public PyzmqFactAttribute()
    {
        if (!s_present)
        {
            Skip = "needs python3-zmq: apt-get install -y python3-zmq";
        }
    }
}
