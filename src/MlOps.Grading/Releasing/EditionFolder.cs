namespace MlOps.Grading.Releasing;

/// <summary>Writes a folder beside its place and then gives it the place, so that a killed run leaves the old edition or the new one whole.</summary>
/// <remarks>
/// The new edition grows under <c>NAME.new</c>; at the end the old one becomes <c>NAME.old</c>, the new one <c>NAME</c>, and the
/// old one's <c>.git</c> moves over, so that an edition which is a repository of its own keeps its history. A run that dies
/// between these steps is mended by the next one. Only folders that a release wrote are ever deleted: they hold
/// <see cref="Marker"/>, or nothing, or nothing but <c>.git</c>.
/// </remarks>
internal static class EditionFolder
{
    internal const string Marker = ".mlops-student-edition";

    private const string Git = ".git";

    internal static void Replace(string folder, bool force, Action<string> write)
    {
        (string fresh, string old) = (folder + ".new", folder + ".old");
        string parent = Path.GetDirectoryName(folder) ?? throw new ReleaseException($"{folder} is the root of a disk. Name a folder in it.");
        try
        {
            Directory.CreateDirectory(parent);
            using FileStream exclusive = Lock(folder);
            Mend(folder, old);
            Refuse(folder, force);
            Delete(fresh);
            Directory.CreateDirectory(fresh);
            try
            {
                File.WriteAllText(Path.Combine(fresh, Marker), "The student edition of a course, written by ./mlops release and replaced as a whole. Your own .git folder here is kept.\n");
                write(fresh);
            }
            catch
            {
                Delete(fresh);
                throw;
            }

            if (Directory.Exists(folder))
            {
                Directory.Move(folder, old);
            }

            Directory.Move(fresh, folder);
            Mend(folder, old);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReleaseException($"{folder}: the student edition cannot be written: {e.Message}", e);
        }
    }

    private static FileStream Lock(string folder)
    {
        string path = folder + ".lock";
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new ReleaseException($"{folder}: another run is writing this edition. Wait for it to end.", e);
        }
    }

    /// <summary>Finishes the exchange: nothing is left under the old name, and <c>.git</c> is where the edition is.</summary>
    private static void Mend(string folder, string old)
    {
        if (!Directory.Exists(old))
        {
            return;
        }

        if (!IsOurs(old))
        {
            throw InTheWay(old);
        }

        if (!Path.Exists(folder))
        {
            Directory.Move(old, folder);
            return;
        }

        (string from, string to) = (Path.Combine(old, Git), Path.Combine(folder, Git));
        if (Path.Exists(from) && !Path.Exists(to))
        {
            Directory.Move(from, to); // a file in a worktree, a folder elsewhere: Move takes both
        }

        Delete(old);
    }

    private static void Refuse(string folder, bool force)
    {
        if (File.Exists(folder))
        {
            throw new ReleaseException($"{folder} is a file; the student edition needs a folder.");
        }

        if (!Directory.Exists(folder) || IsBare(folder))
        {
            return;
        }

        if (!IsOurs(folder))
        {
            throw new ReleaseException($"{folder} holds files that are no student edition, and writing one would delete them. Name a new or an empty folder.");
        }

        if (!force)
        {
            throw new ReleaseException($"{folder} holds a student edition already. Add --force to replace it; a .git folder in it is kept.");
        }
    }

    private static bool IsOurs(string folder) => File.Exists(Path.Combine(folder, Marker)) || IsBare(folder);

    private static bool IsBare(string folder) => Directory.EnumerateFileSystemEntries(folder).All(entry => Path.GetFileName(entry) == Git);

    private static void Delete(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        if (!IsOurs(folder) || Path.Exists(Path.Combine(folder, Git)))
        {
            throw InTheWay(folder);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static ReleaseException InTheWay(string folder) => new($"{folder} is in the way and no leftover of a release. Move it elsewhere.");
}
