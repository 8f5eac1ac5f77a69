using System.Diagnostics;

namespace MlOps.Course.Tests;

/// <summary>
/// The course as a reader has it after set-up, in a folder of its own, and every notebook run there once by <c>./mlops run</c>: without a network, where the machine
/// can make a namespace that has none. What the notebooks gave is compared with what is stored; that they gave it shows that they need no network.
/// </summary>
public sealed class OfflineCourse : IDisposable
{
    private const string Bubblewrap = "/usr/bin/bwrap";

    private static readonly string[] s_isolation = ["--dev-bind", "/", "/", "--unshare-net", "--die-with-parent"];
    private static readonly Lazy<bool> s_canIsolate = new(CanIsolateHere);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-offline-");
    private readonly Lazy<Said> _run;

    public OfflineCourse()
    {
        string command = Environment.GetEnvironmentVariable("MLOPS_COMMAND") is { Length: > 0 } made ? Path.GetDirectoryName(made)! : AppContext.BaseDirectory;
        foreach (string folder in new[] { "eng", "notebooks", "datasets", "exercises" })
        {
            Directory.CreateSymbolicLink(At(folder), Repository.At(folder));
        }

        File.Copy(Repository.At("mlops"), At("mlops"));
        Directory.CreateDirectory(At("artifacts"));
        Directory.CreateSymbolicLink(At("artifacts", "mlops"), command);
        foreach (string stamp in new[] { ".cli", ".web" })
        {
            File.WriteAllText(At("artifacts", stamp), "");
        }

        _run = new Lazy<Said>(() => Mlops("run", "--timeout", "300"));
    }

    /// <summary>Gets a value indicating whether this machine can make a namespace without a network.</summary>
    internal static bool CanIsolate => s_canIsolate.Value;

    /// <summary>Gets what <c>./mlops run</c> said.</summary>
    internal Said Run => _run.Value;

    internal string At(params string[] parts) => Path.Combine([_folder.FullName, .. parts]);

    internal Said Mlops(params string[] arguments) => OperatingSystem.IsWindows()
        ? Start("dotnet", [At("artifacts", "mlops", "mlops.dll"), .. arguments])
        : Bash([At("mlops"), .. arguments]);

    /// <summary>Runs bash where there is no network but the loopback, if this machine can do that.</summary>
    internal Said Bash(params string[] arguments) => CanIsolate
        ? Start(Bubblewrap, [.. s_isolation, "bash", .. arguments])
        : Start("bash", arguments);

    public void Dispose() => _folder.Delete(recursive: true);

    private static bool CanIsolateHere()
    {
        if (!File.Exists(Bubblewrap))
        {
            return false;
        }

        using Process process = Process.Start(new ProcessStartInfo(Bubblewrap, [.. s_isolation, "true"]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0; // some systems keep namespaces for root
    }

    private Said Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MLOPS_ROOT"] = _folder.FullName;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Said(process.ExitCode, output, errors.Result);
    }

    /// <summary>What a command left behind.</summary>
    internal sealed record Said(int ExitCode, string Output, string Errors);
}

/// <summary>The tests that share the one run.</summary>
[CollectionDefinition(Name)]
public sealed class OfflineCollection : ICollectionFixture<OfflineCourse>
{
    public const string Name = "offline";
}

/// <summary>A test of what works without a network.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OfflineFactAttribute : FactAttribute
{
    public OfflineFactAttribute()
    {
        if (!OfflineCourse.CanIsolate)
        {
            Skip = "needs bubblewrap, and the right to make namespaces: apt-get install -y bubblewrap";
        }
        else if (!Directory.Exists(Repository.At("eng", "web", "node_modules", "plotly.js-dist-min")))
        {
            Skip = "needs the web libraries: ./mlops setup";
        }
    }
}
