namespace MlOps.Kernel.Tests.Installing;

/// <summary>A test that asks Jupyter itself; skipped where Debian's python3-jupyter-client is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JupyterClientFactAttribute : FactAttribute
{
    private const string Python = "/usr/bin/python3";
    private static readonly bool s_present = File.Exists(Python) && Started.Run(Python, ["-c", "import jupyter_client, jupyter_core"]).ExitCode == 0;

    public JupyterClientFactAttribute()
    {
        if (!s_present)
        {
            Skip = "needs python3-jupyter-client: apt-get install -y python3-jupyter-client";
        }
    }

    /// <summary>What a script in Debian's Python prints, without the line break at its end.</summary>
    internal static string Ask(string script, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        Started asked = Started.Run(Python, ["-c", script, .. arguments], environment);
        Assert.True(asked.ExitCode == 0, asked.Errors);
        return asked.Output.TrimEnd('\n');
    }
}
