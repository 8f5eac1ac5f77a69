using System.Text.RegularExpressions;

namespace MlOps.Kernel.Editing;

/// <summary>Files and folders inside <c>#r "…"</c>, <c>#load "…"</c> and <c>#!import …</c>.</summary>
internal static partial class PathCompletions
{
    private const int MaxEntries = 500; // nobody reads further, and a folder may hold a million files

    /// <summary>Completes the path that a line ends in; null if the line is none that names a file.</summary>
    /// <param name="line">The line up to the position.</param>
    /// <param name="position">The position in the cell.</param>
    /// <param name="folder">Where relative paths start.</param>
    internal static Completions? At(string line, int position, string folder)
    {
        Match match = PathLine().Match(line);
        if (!match.Success)
        {
            return null;
        }

        string path = match.Groups["path"].Value;
        bool assembly = match.Groups["verb"].ValueSpan is "r";
        if (assembly && path.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
        {
            return Completions.None(position); // package ids live on a server; nothing is asked while somebody types
        }

        int name = path.AsSpan().LastIndexOfAny('/', '\\') + 1;
        string typed = path[name..];
        string[] endings = assembly ? [".dll"] : [".cs", ".csx", ".ipynb"];
        return new Completions(position - typed.Length, position, [.. Entries(folder, path[..name], typed, endings)]);
    }

    private static IEnumerable<CompletionEntry> Entries(string folder, string start, string typed, string[] endings)
    {
        FileSystemInfo[] found;
        try
        {
            found = new DirectoryInfo(Path.Combine(folder, start)).GetFileSystemInfos();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return []; // a folder that is not there or cannot be read holds nothing to offer
        }

        return found
            .Where(entry => entry.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) && (typed.StartsWith('.') || !entry.Name.StartsWith('.')))
            .Where(entry => entry is DirectoryInfo || endings.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase))
            .OrderBy(entry => entry is DirectoryInfo ? 0 : 1)
            .ThenBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)
            .Take(MaxEntries)
            .Select(entry => entry is DirectoryInfo ? new CompletionEntry(entry.Name + "/", EntryKind.Folder, "") : new CompletionEntry(entry.Name, EntryKind.File, ""));
    }

    [GeneratedRegex("""^\s*#(?:(?<verb>r|load)\s*"(?<path>[^"]*)|(?<verb>!import)\s+"?(?<path>[^"]*))$""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PathLine();
}
