using System.Runtime.InteropServices;
using MlOps.Kernel.Installing;

namespace MlOps.Kernel.Tests.Installing;

/// <summary>Where kernels are looked for. The paths by system are those of Jupyter's documentation of its data directory.</summary>
public sealed class JupyterFoldersTests
{
    [Theory]
    [InlineData("LINUX", "", "/home/ada/.local/share/jupyter")]
    [InlineData("LINUX", "XDG_DATA_HOME=/data", "/data/jupyter")]
    [InlineData("LINUX", "XDG_DATA_HOME=", "/home/ada/.local/share/jupyter")]
    [InlineData("LINUX", "JUPYTER_DATA_DIR=/j XDG_DATA_HOME=/data", "/j")]
    [InlineData("OSX", "", "/home/ada/Library/Jupyter")]
    [InlineData("OSX", "XDG_DATA_HOME=/data", "/home/ada/Library/Jupyter")]
    [InlineData("OSX", "JUPYTER_DATA_DIR=/j", "/j")]
    [InlineData("WINDOWS", "APPDATA=/roaming", "/roaming/jupyter")]
    [InlineData("WINDOWS", "", "/home/ada/AppData/Roaming/jupyter")]
    [InlineData("WINDOWS", "APPDATA=/roaming JUPYTER_DATA_DIR=/j", "/j")]
    public void OfUser_BySystem_IsWhereJupyterLooks(string system, string variables, string expected)
    {
        Dictionary<string, string> set = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        string found = JupyterFolders.OfUser(OSPlatform.Create(system), set.GetValueOrDefault, "/home/ada");
        Assert.Equal(expected, found.Replace('\\', '/'));
    }

    [JupyterClientFact]
    public void OfUser_OnThisMachine_IsWhatJupyterCoreSays()
    {
        Dictionary<string, string?>[] cases =
        [
            new() { ["HOME"] = "/home/ada", ["XDG_DATA_HOME"] = null, ["JUPYTER_DATA_DIR"] = null },
            new() { ["HOME"] = "/home/ada", ["XDG_DATA_HOME"] = "/data mit Raum", ["JUPYTER_DATA_DIR"] = null },
            new() { ["HOME"] = "/home/ada", ["XDG_DATA_HOME"] = "", ["JUPYTER_DATA_DIR"] = "" },
            new() { ["HOME"] = "/home/ada", ["XDG_DATA_HOME"] = "/data", ["JUPYTER_DATA_DIR"] = "/jupyter" },
        ];
        Assert.All(cases, variables => Assert.Equal(
            JupyterClientFactAttribute.Ask("from jupyter_core.paths import jupyter_data_dir; print(jupyter_data_dir())", variables),
            JupyterFolders.OfUser(OSPlatform.Linux, variables.GetValueOrDefault, "/home/ada")));
    }
}
