using System.Runtime.InteropServices;

namespace MlOps.Kernel.Packages;

/// <summary>Finds the <c>dotnet</c> program of an SDK; the one that runs this process may belong to a runtime without one.</summary>
internal static class DotnetSdk
{
    private static readonly string Program = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <summary>The path of <c>dotnet</c>.</summary>
    /// <exception cref="PackageException">No folder has an SDK.</exception>
    internal static string Find(IEnumerable<string>? roots = null) =>
        (roots ?? Roots()).Select(WithSdk).FirstOrDefault(path => path is not null)
        ?? throw new PackageException(
            PackageException.NoCode,
            FormattableString.Invariant($"#r \"nuget:…\" needs the .NET SDK, and this machine has only a .NET runtime. Install the .NET {Environment.Version.Major} SDK, or refer to a file: #r \"path/to/the.dll\"."));

    private static IEnumerable<string> Roots()
    {
        foreach (string? program in new[] { Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"), Environment.ProcessPath })
        {
            if (program is not null && Path.GetFileName(program).Equals(Program, StringComparison.OrdinalIgnoreCase))
            {
                yield return Folder(program);
            }
        }

        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root)
        {
            yield return root;
        }

        yield return Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory()); // root/shared/Microsoft.NETCore.App/version
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            string program = Path.Combine(folder, Program);
            if (File.Exists(program))
            {
                yield return Folder(program);
            }
        }
    }

    private static string Folder(string program) =>
        Path.GetDirectoryName(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)!;

    private static string? WithSdk(string root)
    {
        string program = Path.Combine(root, Program);
        string sdk = Path.Combine(root, "sdk");
        return File.Exists(program) && Directory.Exists(sdk) && Directory.EnumerateDirectories(sdk).Any() ? program : null;
    }
}
