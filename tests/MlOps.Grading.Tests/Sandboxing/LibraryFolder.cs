namespace MlOps.Grading.Tests.Sandboxing;

/// <summary>A folder with a course library, and a file beside it that nobody shall see.</summary>
internal sealed class LibraryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-test-");

    internal LibraryFolder()
    {
        Library = System.IO.Path.Combine(_folder.FullName, "course.dll");
        File.WriteAllBytes(Library, SourceCompiler.Image("course", "namespace Course; public static class Name { public static string Text => \"from the course\"; }"));
        File.WriteAllText(System.IO.Path.Combine(_folder.FullName, "answers.txt"), "42");
    }

    internal string Path => _folder.FullName;

    internal string Library { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
