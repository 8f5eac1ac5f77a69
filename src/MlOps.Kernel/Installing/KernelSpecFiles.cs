namespace MlOps.Kernel.Installing;

/// <summary>The files of an installed kernel: what to start, for which clone of the course, and the pictures.</summary>
internal static class KernelSpecFiles
{
    internal const string Script = "launch.sh";

    // Two lines that a shell script reads without knowing JSON: the course, and .NET.
    private const string CourseFile = "course.txt";
    private static readonly string[] s_logos = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"];

    /// <param name="folder">Where the files are written.</param>
    /// <param name="place">Where the folder will lie in the end.</param>
    /// <param name="course">The root of the clone.</param>
    internal static void Write(string folder, string place, string course)
    {
        string dotnet = DotnetFolder.Find();
        File.WriteAllText(Path.Combine(folder, CourseFile), $"{course}\n{dotnet}\n");
        foreach (string logo in s_logos)
        {
            Copy(logo, folder);
        }

        if (OperatingSystem.IsWindows())
        {
            File.WriteAllText(Path.Combine(folder, KernelJson.FileName), KernelJson.ForWindows(course, dotnet));
            return;
        }

        Copy(Script, folder);
        string script = Path.Combine(folder, Script);
        File.SetUnixFileMode(script, File.GetUnixFileMode(script) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        File.WriteAllText(Path.Combine(folder, KernelJson.FileName), KernelJson.ForScript(Path.Combine(place, Script)));
    }

    /// <summary>The clone of the course that a folder written here names; null if the folder is another's, or not there.</summary>
    internal static string? CourseIn(string folder)
    {
        (string spec, string course) = (Path.Combine(folder, KernelJson.FileName), Path.Combine(folder, CourseFile));
        return File.Exists(spec) && File.Exists(course) && KernelJson.IsOurs(File.ReadAllText(spec)) ? File.ReadLines(course).FirstOrDefault() : null;
    }

    private static void Copy(string asset, string folder)
    {
        using Stream from = typeof(KernelSpecFiles).Assembly.GetManifestResourceStream("Installing/" + asset)!;
        using FileStream to = File.Create(Path.Combine(folder, asset));
        from.CopyTo(to);
    }
}
