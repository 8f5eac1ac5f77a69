namespace MlOps.Kernel.Tests.Transport;

/// <summary>A test with real peers of zeromq.js, which VS Code and other editors use; skipped where Node.js or the package is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ZeromqJsFactAttribute : FactAttribute
{
    private static readonly string? s_missing =
        !PeerProcess.Succeeds(PeerProcess.Node, "--version") ? "needs Node.js 20 or later: apt-get install -y nodejs npm"
        : !Directory.Exists(Path.Combine(PeerProcess.Folder(), "zeromq", "node_modules", "zeromq"))
            ? "needs zeromq.js: run npm ci --ignore-scripts in tests/MlOps.Kernel.Tests/Transport/zeromq"
        : null;

    public ZeromqJsFactAttribute() => Skip = s_missing;
}
