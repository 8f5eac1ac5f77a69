using System.Diagnostics;
using System.Text.Json;

namespace MlOps.Cli.Tests.Kernel;

/// <summary>Jupyter folders of their own, in which the command that the tests were built with is the kernel <c>mlops-csharp</c>.</summary>
internal sealed class KernelUnderTest : IDisposable
{
    internal const string Name = "mlops-csharp";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-kernel-");

    internal KernelUnderTest()
    {
        string kernelspec = _folder.CreateSubdirectory(Path.Combine("data", "kernels", Name)).FullName;
        var content = new
        {
            argv = new[] { Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", MlopsCommand.Assembly, "kernel", "start", "{connection_file}" },
            display_name = "C# (MlOps Course)",
            language = "C#",
            interrupt_mode = "message",
            env = new { MLOPS_ROOT = MlopsCommand.RepositoryRoot },
        };
        File.WriteAllText(Path.Combine(kernelspec, "kernel.json"), JsonSerializer.Serialize(content));
    }

    /// <summary>Gets a folder for what a client leaves behind.</summary>
    internal string Folder => _folder.FullName;

    /// <summary>Makes a process find this kernel, and no settings of whoever runs the tests.</summary>
    internal void Describe(ProcessStartInfo start)
    {
        start.Environment["KERNEL_NAME"] = Name;
        start.Environment["KERNEL_TEST_FOLDER"] = Folder;
        start.Environment["MLOPS_ROOT"] = MlopsCommand.RepositoryRoot;
        start.Environment["JUPYTER_DATA_DIR"] = Path.Combine(Folder, "data");
        start.Environment["JUPYTER_RUNTIME_DIR"] = Path.Combine(Folder, "runtime");
        start.Environment["JUPYTER_CONFIG_DIR"] = Path.Combine(Folder, "config");
        start.Environment["IPYTHONDIR"] = Path.Combine(Folder, "ipython");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
