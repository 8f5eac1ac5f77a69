using MlOps.Kernel.Installing;

namespace MlOps.Kernel.Tests.Installing;

/// <summary>A data folder of Jupyter and a course that is nothing but its launcher, with names that a careless script would break on.</summary>
internal sealed class KernelPlace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops kernel-");

    internal KernelPlace()
    {
        Course = Path.Combine(_folder.FullName, "Üb-Kurs $HOME 'q\" \\ 数据");
        DataFolder = Path.Combine(_folder.FullName, "data ø");
        Directory.CreateDirectory(Course);
        File.WriteAllText(Path.Combine(Course, "mlops"), "echo \"set up, then $*\"\n");
        Kernel = new KernelSpecFolder(DataFolder);
    }

    internal string Course { get; }

    internal string DataFolder { get; }

    internal KernelSpecFolder Kernel { get; }

    /// <summary>Puts a script where the published command of the course would be.</summary>
    internal void Publish(string script)
    {
        string command = Path.Combine(Directory.CreateDirectory(Path.Combine(Course, "artifacts", "mlops")).FullName, "mlops");
        File.WriteAllText(command, "#!/bin/sh\n" + script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    internal string InKernel(string name) => Path.Combine(Kernel.Path, name);

    /// <summary>A folder with the kernel's name that somebody else filled.</summary>
    internal void Fill(string kernelJson)
    {
        Directory.CreateDirectory(Kernel.Path);
        File.WriteAllText(InKernel("kernel.json"), kernelJson);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
