using System.Runtime.InteropServices;

namespace MlOps.Kernel.Installing;

/// <summary>Where notebook front ends look for kernels: the data folders of Jupyter, each with a folder <c>kernels</c> in it.</summary>
/// <remarks>
/// The rules of jupyter_core's <c>jupyter_data_dir</c>, which VS Code follows too. <c>JUPYTER_PLATFORM_DIRS</c> is not looked at:
/// VS Code does not know it.
/// </remarks>
internal static class JupyterFolders
{
    /// <summary>The data folder of the user who runs this process.</summary>
    internal static string OfUser() => OfUser(
        OperatingSystem.IsWindows() ? OSPlatform.Windows : OperatingSystem.IsMacOS() ? OSPlatform.OSX : OSPlatform.Linux,
        Environment.GetEnvironmentVariable,
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    /// <param name="system">Windows, macOS, or anything else, which is taken for Linux.</param>
    /// <param name="variable">Reads an environment variable. An empty one counts as not set.</param>
    /// <param name="home">The user's home folder.</param>
    internal static string OfUser(OSPlatform system, Func<string, string?> variable, string home)
    {
        if (variable("JUPYTER_DATA_DIR") is { Length: > 0 } named)
        {
            return named;
        }

        if (system == OSPlatform.OSX)
        {
            return Path.Combine(home, "Library", "Jupyter");
        }

        (string name, string[] standard) = system == OSPlatform.Windows ? ("APPDATA", (string[])["AppData", "Roaming"]) : ("XDG_DATA_HOME", [".local", "share"]);
        string data = variable(name) is { Length: > 0 } set ? set : Path.Combine([home, .. standard]);
        return Path.Combine(data, "jupyter");
    }

    /// <summary>The data folder of an environment or of the system, such as <c>/usr/local</c>.</summary>
    internal static string Under(string prefix) => Path.Combine(prefix, "share", "jupyter");
}
