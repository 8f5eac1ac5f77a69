using MlOps.Grading.Host.Values;

namespace MlOps.Grading.Sandboxing;

/// <summary>The files a host process needs: the .NET this process runs on, and the host program beside its own library.</summary>
/// <param name="DotnetRoot">The folder that holds the <c>dotnet</c> command.</param>
/// <param name="RuntimeVersion">The version of Microsoft.NETCore.App.</param>
/// <param name="Host">The host's dll.</param>
internal sealed record HostFiles(string DotnetRoot, string RuntimeVersion, string Host)
{
    internal string Dotnet => Path.Combine(DotnetRoot, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    internal string RuntimeConfig => Path.ChangeExtension(Host, ".runtimeconfig.json");

    /// <exception cref="InvalidOperationException">Something is not where an installed .NET has it.</exception>
    internal static HostFiles Find()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/System.Private.CoreLib.dll
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location) is { Length: > 0 } folder
            ? folder
            : throw new InvalidOperationException("Student code needs an installed .NET runtime; this program carries its own.");
        var files = new HostFiles(
            Path.GetFullPath(Path.Combine(runtime, "..", "..", "..")),
            Path.GetFileName(runtime),
            typeof(ValueWriter).Assembly.Location);
        foreach (string file in (string[])[files.Dotnet, files.Host, files.RuntimeConfig])
        {
            if (!File.Exists(file))
            {
                throw new InvalidOperationException($"Student code cannot be started: there is no file {file}.");
            }
        }

        return files;
    }
}
