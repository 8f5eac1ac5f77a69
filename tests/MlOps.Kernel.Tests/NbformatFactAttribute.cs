using System.Diagnostics;

namespace MlOps.Kernel.Tests;

/// <summary>A test that asks Debian's python3-nbformat, the format's own validator; skipped where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NbformatFactAttribute : FactAttribute
{
    private const string Python = "/usr/bin/python3";
    private static readonly bool s_present = File.Exists(Python) && Run("import nbformat").ExitCode == 0;

    public NbformatFactAttribute()
    {
        if (!s_present)
        {
            Skip = "needs python3-nbformat: apt-get install -y python3-nbformat";
        }
    }

    /// <summary>Returns what nbformat finds wrong with a notebook file; empty if it is valid 4.5.</summary>
    public static string Complaint(string path)
    {
        (int exitCode, string said) = Run(
            "import nbformat, sys\n"
            + "notebook = nbformat.read(sys.argv[1], as_version=nbformat.NO_CONVERT)\n"
            + "assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5), 'not 4.5'\n"
            + "nbformat.validate(notebook)\n",
            path);
        return exitCode == 0 ? string.Empty : $"exit code {exitCode}: {said}";
    }

    private static (int ExitCode, string Said) Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, ["-W", "error::DeprecationWarning:nbformat", "-c", script, .. arguments]) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
