namespace MlOps.Tracking.Files;

/// <summary>Metrics' files that stay open, because opening one takes longer than writing a point. Not thread-safe.</summary>
/// <remarks>
/// A file that somebody replaces or deletes must not be written to any longer, or points would be acknowledged that nobody can read. Whoever does that changes its folder,
/// so a file counts as open only while the folder's time stamp is what it was.
/// </remarks>
internal sealed class AppendFiles
{
    private const int Most = 200; // of the 1,024 open files that Linux grants a process unless told otherwise

    private readonly Dictionary<(string Run, string Key), Entry> _open = [];

    /// <summary>The open file of a metric; null if it must be opened.</summary>
    internal AppendFile? Find(string run, string key)
    {
        if (!_open.TryGetValue((run, key), out Entry entry))
        {
            return null;
        }

        if (entry.IsSure && Directory.GetLastWriteTimeUtc(entry.Folder) == entry.Stamp)
        {
            return entry.File;
        }

        _open.Remove((run, key));
        entry.File.Dispose();
        return null;
    }

    /// <summary>Keeps a file open.</summary>
    /// <param name="run">The run.</param>
    /// <param name="key">The metric.</param>
    /// <param name="path">The file's path.</param>
    /// <param name="file">The file.</param>
    /// <param name="stamp">The folder's time stamp, taken before the file was opened.</param>
    /// <param name="isSure">Whether that is long enough ago for a change to show.</param>
    internal AppendFile Add(string run, string key, string path, AppendFile file, DateTime stamp, bool isSure)
    {
        if (_open.Count >= Most)
        {
            Clear();
        }

        if (_open.Remove((run, key), out Entry before))
        {
            before.File.Dispose();
        }

        _open[(run, key)] = new Entry(file, Path.GetDirectoryName(path)!, stamp, isSure);
        return file;
    }

    internal void Clear()
    {
        foreach (Entry entry in _open.Values)
        {
            entry.File.Dispose();
        }

        _open.Clear();
    }

    private readonly record struct Entry(AppendFile File, string Folder, DateTime Stamp, bool IsSure);
}
