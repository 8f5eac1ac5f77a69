using System.Runtime.InteropServices;

namespace MlOps.Kernel.Installing;

/// <summary>Where .NET lives on this machine.</summary>
internal static class DotnetFolder
{
    /// <summary>The folder with the <c>dotnet</c> program whose runtime this process uses; empty if it brings its own runtime.</summary>
    internal static string Find()
    {
        // The runtime's folder is DOTNET/shared/Microsoft.NETCore.App/VERSION.
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")));
        return File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet")) ? folder : string.Empty;
    }
}
