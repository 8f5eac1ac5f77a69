namespace MlOps.Grading.Releasing;

/// <summary>The files that make up a course repository: those git tracks or would track; without git, all but what builds leave behind.</summary>
/// <param name="Paths">Paths from the root with forward slashes, in ordinal order; no links.</param>
/// <param name="Untracked">Those of them that git does not track yet.</param>
/// <param name="Links">Symbolic links; nothing behind them is listed.</param>
internal sealed record CourseFiles(IReadOnlyList<string> Paths, IReadOnlyList<string> Untracked, IReadOnlyList<string> Links)
{
    private static readonly HashSet<string> s_skipped = new(StringComparer.OrdinalIgnoreCase)
    {
        "artifacts", "bin", "obj", "node_modules", ".git", "TestResults", ".vs", ".idea", ".ipynb_checkpoints", "__pycache__",
    };

    /// <param name="root">The course, a real path.</param>
    /// <param name="except">Folders to pass over, real paths.</param>
    internal static CourseFiles Of(string root, params string[] except)
    {
        bool git = Git.Serves(root);
        string[] untracked = git ? Git.List(root, "--others", "--exclude-standard") : [];
        IEnumerable<string> all = git ? Git.List(root, "--cached").Concat(untracked) : Walk(root, "");
        var links = new LinksIn(root);
        string[] there =
        [
            .. all.Distinct(StringComparer.Ordinal)
                .Where(path => !except.Any(folder => RealPath.Lies(Path.Combine(root, path), folder)))
                .Where(path => links.Holds(path) || File.Exists(Path.Combine(root, path))) // git also lists deleted files and submodules
                .Order(StringComparer.Ordinal),
        ];
        string[] paths = [.. there.Where(path => !links.Holds(path))];
        return new CourseFiles(paths, [.. untracked.Intersect(paths).Order(StringComparer.Ordinal)], [.. there.Where(links.Holds)]);
    }

    /// <summary>True if what lies in this folder is no part of the course: git ignores it; without git, it lies where builds write.</summary>
    internal static bool Ignores(string root, string folder) => Git.Serves(root)
        ? Git.Ignores(root, folder)
        : Path.GetRelativePath(root, folder).Split(Path.DirectorySeparatorChar).Any(s_skipped.Contains);

    /// <summary>Files below a folder, without following links and without what builds leave behind.</summary>
    internal static IEnumerable<string> Walk(string root, string folder)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(Path.Combine(root, folder)).EnumerateFileSystemInfos())
        {
            string path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            if (entry is not DirectoryInfo || entry.LinkTarget is not null)
            {
                yield return path;
            }
            else if (!s_skipped.Contains(entry.Name))
            {
                foreach (string below in Walk(root, path))
                {
                    yield return below;
                }
            }
        }
    }

    /// <summary>Which paths are links or lie behind one; each folder is looked at once.</summary>
    private sealed class LinksIn(string root)
    {
        private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal) { [""] = false };

        internal bool Holds(string path)
        {
            if (!_known.TryGetValue(path, out bool link))
            {
                int slash = path.LastIndexOf('/');
                link = Holds(slash < 0 ? "" : path[..slash]) || new FileInfo(Path.Combine(root, path)).LinkTarget is not null;
                _known.Add(path, link);
            }

            return link;
        }
    }
}
