namespace MlOps.Kernel.Installing;

/// <summary>The folder in which notebook front ends find the course's kernel.</summary>
/// <remarks>
/// A kernel is installed by writing a few files where VS Code and Jupyter look for them. Neither needs to be there, nor Python.
/// The kernel belongs to one clone of the course: it starts the command of that clone. Not thread-safe.
/// </remarks>
public sealed class KernelSpecFolder
{
    /// <summary>The name by which notebooks ask for the kernel.</summary>
    public const string KernelName = "mlops-csharp";

    /// <summary>The name that people see when they choose a kernel.</summary>
    public const string DisplayName = "C# (MlOps Course)";

    private readonly string _dataFolder;

    /// <param name="dataFolder">A data folder of Jupyter; need not be there yet.</param>
    internal KernelSpecFolder(string dataFolder)
    {
        _dataFolder = System.IO.Path.GetFullPath(dataFolder);
        Path = System.IO.Path.Combine(_dataFolder, "kernels", KernelName);
    }

    /// <summary>Gets the folder's path.</summary>
    public string Path { get; }

    /// <summary>Gets the root of the clone whose command the kernel starts; null if the course's kernel is not installed here.</summary>
    public string? Course => KernelSpecFiles.CourseIn(Path);

    /// <summary>The folder of the user who runs this process.</summary>
    public static KernelSpecFolder OfUser() => new(JupyterFolders.OfUser());

    /// <summary>The folder below a prefix such as <c>/usr/local</c> or a Python environment.</summary>
    /// <exception cref="ArgumentException"><paramref name="prefix"/> is empty.</exception>
    public static KernelSpecFolder Under(string prefix)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(prefix);
        return new KernelSpecFolder(JupyterFolders.Under(prefix));
    }

    /// <summary>Installs the kernel for a clone of the course; an older one of ours is replaced as a whole.</summary>
    /// <param name="course">The root of the clone.</param>
    /// <exception cref="KernelInstallException">The folder is no clone of the course, or the kernel cannot be written.</exception>
    public void Install(string course)
    {
        ArgumentNullException.ThrowIfNull(course);
        course = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(course));
        if (!File.Exists(System.IO.Path.Combine(course, "mlops")))
        {
            throw new KernelInstallException($"{course} is no clone of the course: it has no file 'mlops'.");
        }

        if (course.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new KernelInstallException($"The folder of the course has a line break in its name: '{course}'. Rename it.");
        }

        try
        {
            RefuseForeign();
            Replace(course);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KernelInstallException($"{Path}: the kernel cannot be written: {e.Message} With --prefix DIR it goes elsewhere.", e);
        }
    }

    /// <summary>Removes the kernel.</summary>
    /// <returns>False if nothing was there.</returns>
    /// <exception cref="KernelInstallException">Something else is there, or it cannot be removed.</exception>
    public bool Uninstall()
    {
        if (!System.IO.Path.Exists(Path))
        {
            return false;
        }

        try
        {
            RefuseForeign();
            Directory.Delete(Path, recursive: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KernelInstallException($"{Path}: the kernel cannot be removed: {e.Message}", e);
        }
    }

    private void Replace(string course)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);

        // Not in kernels/, where a front end would take the half-written folder for a kernel.
        string fresh = System.IO.Path.Combine(_dataFolder, $".{KernelName}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(fresh);
        try
        {
            KernelSpecFiles.Write(fresh, Path, course);
            Exchange(fresh);
        }
        finally
        {
            if (Directory.Exists(fresh))
            {
                Directory.Delete(fresh, recursive: true);
            }
        }
    }

    private void Exchange(string fresh)
    {
        if (!Directory.Exists(Path))
        {
            Directory.Move(fresh, Path);
            return;
        }

        string old = fresh + "-old";
        Directory.Move(Path, old);
        try
        {
            Directory.Move(fresh, Path);
        }
        catch
        {
            Directory.Move(old, Path);
            throw;
        }

        Directory.Delete(old, recursive: true);
    }

    private void RefuseForeign()
    {
        bool free = !System.IO.Path.Exists(Path) || (Directory.Exists(Path) && !Directory.EnumerateFileSystemEntries(Path).Any());
        if (!free && Course is null)
        {
            throw new KernelInstallException($"{Path} was not written by the course, so it stays as it is. Move it elsewhere if you do not need it.");
        }
    }
}
