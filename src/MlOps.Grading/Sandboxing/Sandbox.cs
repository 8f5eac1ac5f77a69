using System.Text;

namespace MlOps.Grading.Sandboxing;

/// <summary>Where students' code runs: a process of its own that sees no file, process or network of this machine.</summary>
/// <remarks>
/// On Linux with bubblewrap: own namespaces, a read-only view of .NET and the course libraries, an empty environment, a small
/// memory for files, limits on time and memory, and a filter of system calls. Elsewhere less; <see cref="NotIsolated"/> says what is missing.
/// Thread-safe.
/// </remarks>
public sealed class Sandbox
{
    private static readonly TimeSpan s_probeLimit = TimeSpan.FromSeconds(30);

    private readonly HostCommand _command;
    private readonly string[] _libraryFolders;
    private readonly bool _isFiltered;

    private Sandbox(HostCommand command, bool isFiltered, string[] libraryFolders, string? whyNotFull)
    {
        (_command, _isFiltered, _libraryFolders) = (command, isFiltered, libraryFolders);
        NotIsolated = WhatIsMissing(command.Isolation, isFiltered, whyNotFull);
    }

    /// <summary>Gets a value indicating whether nothing is missing.</summary>
    public bool IsFull => NotIsolated.Count == 0;

    /// <summary>Gets what this mode does not isolate, a sentence each; empty if nothing is missing.</summary>
    public IReadOnlyList<string> NotIsolated { get; }

    /// <summary>Gets one line for a report.</summary>
    public string Description => _command.Isolation switch
    {
        Isolation.Bubblewrap => _isFiltered ? "Sandbox: bubblewrap, limits, filter of system calls." : "Sandbox: bubblewrap and limits, no filter of system calls.",
        Isolation.Limits => _isFiltered ? "Sandbox: limits and filter of system calls only; files are not isolated." : "Sandbox: limits only; files, network and processes are not isolated.",
        _ => "Sandbox: none, a process of its own with time limits; files, network and processes are not isolated.",
    };

    internal SandboxLimits Limits => _command.Limits;

    internal HostCommand Command => _command;

    /// <summary>Finds the strongest mode that works here, by starting a host in it.</summary>
    /// <param name="libraryFolders">The only folders that libraries may come from; null: any. A guard against showing the code a library that holds answers.</param>
    /// <param name="limits">What each process may use.</param>
    /// <exception cref="InvalidOperationException">No host starts in any mode; the message says why.</exception>
    public static Sandbox Detect(IReadOnlyList<string>? libraryFolders = null, SandboxLimits? limits = null) =>
        Detect(libraryFolders, limits, OperatingSystem.IsLinux() ? Isolation.Bubblewrap : Isolation.Plain);

    internal static Sandbox Detect(IReadOnlyList<string>? libraryFolders, SandboxLimits? limits, Isolation strongest, string? bwrap = null)
    {
        string[] folders = [.. (libraryFolders ?? []).Select(Path.GetFullPath)];
        HostFiles files = HostFiles.Find();
        string? whyNot = null;
        for (Isolation isolation = strongest; isolation <= Isolation.Plain; isolation++)
        {
            string? bubblewrap = isolation == Isolation.Bubblewrap ? bwrap ?? FindBubblewrap() : null;
            if (isolation == Isolation.Bubblewrap && bubblewrap is null)
            {
                whyNot = "the command bwrap is not installed";
                continue;
            }

            var command = new HostCommand(isolation, files, bubblewrap, limits ?? new SandboxLimits());
            (bool works, bool isFiltered, string why) = Probe(command);
            if (works)
            {
                return new Sandbox(command, isFiltered, folders, whyNot);
            }

            whyNot = why;
        }

        throw new InvalidOperationException($"No process for student code starts here: {whyNot}");
    }

    /// <exception cref="ArgumentException">A library is missing, or lies outside the folders that libraries may come from.</exception>
    internal HostProcess TakeHost(IReadOnlyList<string> libraries)
    {
        string[] paths = [.. libraries.Select(Path.GetFullPath)];
        foreach (string path in paths)
        {
            if (!File.Exists(path))
            {
                throw new ArgumentException($"There is no library {path}.", nameof(libraries));
            }

            if (_libraryFolders.Length > 0 && !Array.Exists(_libraryFolders, folder => path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            {
                throw new ArgumentException($"The library {path} lies outside the folders for libraries: {string.Join(", ", _libraryFolders)}.", nameof(libraries));
            }
        }

        return new HostProcess(_command, paths);
    }

    private static (bool Works, bool IsFiltered, string Why) Probe(HostCommand command)
    {
        using var host = new HostProcess(command, []);
        host.Ask("[\"hello\"]"u8.ToArray());
        (ExchangeEnd end, byte[] content) = host.Wait(s_probeLimit);
        if (end == ExchangeEnd.Answered)
        {
            return (true, Encoding.UTF8.GetString(content).Contains("true", StringComparison.Ordinal), "");
        }

        string words = host.Ending().Words;
        string said = host.TakePrinted().Trim();
        return (false, false, said.Length > 0 ? said : words);
    }

    private static string? FindBubblewrap() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/bin", "/usr/local/bin"])
            .Select(folder => Path.GetFullPath(Path.Combine(folder, "bwrap")))
            .FirstOrDefault(File.Exists);

    private static List<string> WhatIsMissing(Isolation isolation, bool isFiltered, string? whyNotFull)
    {
        List<string> missing = [];
        if (isolation != Isolation.Bubblewrap)
        {
            missing.Add("FILES: student code can read, change and delete every file that you can, the grader's own and other submissions included.");
            missing.Add("PROCESSES: student code sees your other processes, and on some systems can read their memory.");
            if (OperatingSystem.IsLinux())
            {
                missing.Add($"Bubblewrap would isolate these, but: {whyNotFull ?? "it was turned off"}.");
            }
        }

        if (!isFiltered)
        {
            missing.Add(isolation == Isolation.Bubblewrap
                ? "System calls are not filtered: student code can start many processes until the grader ends it."
                : "NETWORK AND PROGRAMS: student code can open connections and start programs.");
        }

        if (isolation == Isolation.Plain)
        {
            missing.Add("LIMITS: native memory, processor time, threads and the size of files are not limited, only the time of a call.");
        }

        return missing;
    }
}
