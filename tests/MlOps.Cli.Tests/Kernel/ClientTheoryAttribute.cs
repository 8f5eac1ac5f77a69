namespace MlOps.Cli.Tests.Kernel;

/// <summary>The programs a test of the kernel starts.</summary>
public enum ClientTools
{
    /// <summary>Debian's Python with Jupyter's client libraries.</summary>
    Python,

    /// <summary>Node.js with zeromq.js as well.</summary>
    Node,

    /// <summary>The classic Notebook, Chromium and Playwright as well.</summary>
    Browser,
}

/// <summary>Checks that a client in another language makes; skipped, with the reason, where that client is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClientTheoryAttribute : TheoryAttribute
{
    public ClientTheoryAttribute(ClientTools tools) => Skip = tools switch
    {
        ClientTools.Python => JupyterTools.MissingForPython,
        ClientTools.Node => JupyterTools.MissingForNode,
        _ => JupyterTools.MissingForBrowser,
    };
}
