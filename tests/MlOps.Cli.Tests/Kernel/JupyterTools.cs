using System.Diagnostics;

namespace MlOps.Cli.Tests.Kernel;

/// <summary>What a machine has of the programs that the kernel is tested with.</summary>
internal static class JupyterTools
{
    internal const string Python = "/usr/bin/python3";
    private const string Modules = "python3-jupyter-client python3-jupyter-kernel-test python3-nbclient python3-nbconvert";
    private const string Notebook = "jupyter-notebook";

    private static readonly Lazy<bool> s_modules = new(() => Imports("zmq, jupyter_client, jupyter_kernel_test, nbclient, nbconvert"));
    private static readonly Lazy<bool> s_notebook = new(() => Imports("notebook"));

    /// <summary>Gets the folder of the clients written in Python and JavaScript.</summary>
    internal static string Clients { get; } = Path.Combine(MlopsCommand.RepositoryRoot, "tests", "MlOps.Cli.Tests", "Kernel", "Clients");

    /// <summary>Gets the browser; null if there is none.</summary>
    internal static string? Chromium { get; } = Array.Find(["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"], File.Exists);

    internal static string? MissingForPython => s_modules.Value ? null : Need("Jupyter's client libraries", Modules);

    internal static string? MissingForNode =>
        MissingForPython
        ?? (Directory.Exists(Path.Combine(Clients, "node_modules")) ? null : "needs npm packages: run npm ci --ignore-scripts in tests/MlOps.Cli.Tests/Kernel/Clients");

    internal static string? MissingForBrowser =>
        MissingForNode
        ?? (Chromium is null ? Need("Chromium", "chromium") : null)
        ?? (s_notebook.Value ? null : Need("the classic Notebook", Notebook));

    private static string Need(string what, string packages) => $"needs {what}: apt-get install -y --no-install-recommends {packages}";

    private static bool Imports(string modules)
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using Process process = Process.Start(new ProcessStartInfo(Python, ["-c", "import " + modules]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
