using System.Diagnostics;
using System.Globalization;

namespace MlOps.Grading.Sandboxing;

/// <summary>Builds the command line of a host process.</summary>
/// <param name="Isolation">How it is confined.</param>
/// <param name="Files">The files it needs.</param>
/// <param name="Bubblewrap">Full path of <c>bwrap</c>; null if not used.</param>
/// <param name="Limits">What it may use.</param>
internal sealed record HostCommand(Isolation Isolation, HostFiles Files, string? Bubblewrap, SandboxLimits Limits)
{
    private const int OpenFiles = 256;
    private const int BlockBytes = 512; // the unit of ulimit -f in POSIX
    private const int GraceSeconds = 2; // between the signal that tells of the processor limit and the kill

    /// <summary>The start of one process.</summary>
    /// <param name="libraries">Full paths of the libraries it may read.</param>
    /// <param name="folder">Its working folder, unless bubblewrap gives it one.</param>
    internal ProcessStartInfo Build(IReadOnlyList<string> libraries, string? folder)
    {
        List<string> command = Isolation switch
        {
            Isolation.Bubblewrap => [.. Ulimits(), Bubblewrap!, .. Arguments(libraries), "--", "/dotnet/dotnet", "exec", "/host/" + Path.GetFileName(Files.Host)],
            Isolation.Limits => [.. Ulimits(), Files.Dotnet, "exec", Files.Host, "alone", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)],
            _ => [Files.Dotnet, "exec", Files.Host],
        };
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = folder ?? "/",
        };
        SetEnvironment(start.Environment, folder);
        return start;
    }

    /// <summary>Where the process finds a library.</summary>
    internal string PathInside(string library) => Isolation == Isolation.Bubblewrap ? "/libraries/" + Path.GetFileName(library) : library;

    /// <remarks>No limit on the number of processes: it counts all processes of a user, so a busy desktop would break it, and the filter of system calls allows none anyway.</remarks>
    private string[] Ulimits()
    {
        long seconds = (long)Math.Ceiling(Limits.CpuTime.TotalSeconds);

        // A limit that cannot be set is one that the system has set lower already.
        string script = string.Create(
            CultureInfo.InvariantCulture,
            $"{{ ulimit -c 0; ulimit -n {OpenFiles}; ulimit -f {Limits.FileBytes / BlockBytes}; ulimit -v {Limits.AddressSpaceBytes / 1024}; ulimit -St {seconds}; ulimit -Ht {seconds + GraceSeconds}; }} 2>/dev/null; exec \"$@\"");
        return ["/bin/sh", "-c", script, "sh"];
    }

    private void SetEnvironment(IDictionary<string, string?> environment, string? folder)
    {
        environment.Clear();
        environment["DOTNET_EnableDiagnostics"] = "0";
        environment["DOTNET_TieredPGO"] = "0";
        environment["DOTNET_gcServer"] = "0";
        environment["DOTNET_gcConcurrent"] = "0";
        environment["DOTNET_GCHeapHardLimit"] = "0x" + Limits.MemoryBytes.ToString("X", CultureInfo.InvariantCulture);
        environment["DOTNET_EnableWriteXorExecute"] = "0"; // it keeps code in a file of 2 GiB, which the limit on files forbids
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        if (folder is not null)
        {
            environment[OperatingSystem.IsWindows() ? "TEMP" : "TMPDIR"] = folder;
        }

        if (OperatingSystem.IsWindows())
        {
            environment["SystemRoot"] = Environment.GetFolderPath(Environment.SpecialFolder.Windows); // Windows libraries do not load without
        }
    }

    private List<string> Arguments(IReadOnlyList<string> libraries)
    {
        List<string> arguments = ["--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--cap-drop", "ALL"];
        arguments.AddRange(["--ro-bind", "/usr/lib", "/usr/lib", "--ro-bind-try", "/usr/lib64", "/usr/lib64"]);
        AddLibraryFolder(arguments, "/lib");
        AddLibraryFolder(arguments, "/lib64");
        string fxr = Path.Combine("host", "fxr");
        string runtime = Path.Combine("shared", "Microsoft.NETCore.App", Files.RuntimeVersion);
        arguments.AddRange(["--ro-bind", Files.Dotnet, "/dotnet/dotnet", "--ro-bind", Path.Combine(Files.DotnetRoot, fxr), "/dotnet/" + fxr, "--ro-bind", Path.Combine(Files.DotnetRoot, runtime), "/dotnet/" + runtime]);
        foreach (string file in (string[])[Files.Host, Files.RuntimeConfig])
        {
            arguments.AddRange(["--ro-bind", file, "/host/" + Path.GetFileName(file)]);
        }

        foreach (string library in libraries)
        {
            arguments.AddRange(["--ro-bind", library, PathInside(library)]);
        }

        foreach (string device in (string[])["/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"])
        {
            arguments.AddRange(["--dev-bind", device, device]); // not --dev: it brings a writable /dev/shm that no limit counts
        }

        arguments.AddRange(["--proc", "/proc", "--size", Limits.FileBytes.ToString(CultureInfo.InvariantCulture), "--tmpfs", "/tmp", "--remount-ro", "/", "--chdir", "/tmp"]);
        return arguments;
    }

    /// <summary>/lib and /lib64 are links on most systems, folders on some.</summary>
    private static void AddLibraryFolder(List<string> arguments, string folder)
    {
        if (new DirectoryInfo(folder).LinkTarget is { } target)
        {
            arguments.AddRange(["--symlink", target, folder]);
        }
        else if (Directory.Exists(folder))
        {
            arguments.AddRange(["--ro-bind", folder, folder]);
        }
    }
}
