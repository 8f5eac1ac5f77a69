using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Artifacts;

/// <summary>Files of a run in a folder of this machine.</summary>
/// <remarks>
/// A file is written under another name in the hidden folder <c>.mlops-partial</c> and then renamed, so readers see the old file or the new one, whole, even if the
/// writer is killed. (Power loss is another matter: nothing is forced to the disk, as in the stores.) That folder is inside the artifact folder because only there a rename surely stays within one file system; it goes when it is empty, no listing
/// shows it and no path may name it. What a killed process left in it is cleared by a write a day later. Of several writers of one path the last whole one wins.
/// <para>Symbolic links below the folder are never followed, wherever they point: a listing leaves them out, reading, writing and deleting through one is refused.
/// The folder itself may be one. Somebody with the same rights who swaps a folder for a link between the check and the use is not guarded against.</para>
/// <para>Safe to use from several threads and processes.</para>
/// </remarks>
internal sealed class LocalArtifacts : IArtifactStore
{
    private const string Partial = ArtifactPath.Partial;
    private static readonly TimeSpan s_leftoverAge = TimeSpan.FromDays(1); // longer than any upload is alive
    private readonly string _folder;
    private readonly TimeProvider _clock;

    /// <summary>Uses a folder, which is made by the first write.</summary>
    /// <param name="folder">Its path, relative to the working folder or absolute.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty.</exception>
    public LocalArtifacts(string folder)
        : this(folder, TimeProvider.System)
    {
    }

    internal LocalArtifacts(string folder, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = Path.GetFullPath(folder);
        _clock = clock;
    }

    /// <summary>Gets the folder's full path.</summary>
    public string Folder => _folder;

    /// <inheritdoc/>
    /// <exception cref="TrackingException"><c>InvalidParameterValue</c>: the path is none of an artifact (see <see cref="IArtifactStore"/>), names a folder, or goes through a file;
    /// <c>PermissionDenied</c>; <c>TemporarilyUnavailable</c>: the disk is full or failed, and nothing is left of the try. What <paramref name="content"/> throws passes through.</exception>
    public void Write(string path, Stream content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        string target = Resolve(path);
        if (Directory.Exists(target))
        {
            throw TrackingLimits.Invalid($"The artifact '{path}' is a folder; a file cannot take its place.");
        }

        string? partial = null;
        try
        {
            using (FileStream file = Guarded(path, () => OpenPartial(out partial)))
            {
                Copy(path, content, file, cancellationToken);
            }

            Guarded(path, () =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Move(partial!, target, overwrite: true);
                return true;
            });
            partial = null;
        }
        finally
        {
            Discard(partial);
        }
    }

    /// <inheritdoc/>
    public Stream OpenRead(string path, CancellationToken cancellationToken = default)
    {
        string target = Resolve(path);
        try
        {
            return new FileStream(target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException || Directory.Exists(target))
        {
            throw NotThere(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, "read", e);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ArtifactFile> List(string? path = null, CancellationToken cancellationToken = default)
    {
        string folder = string.IsNullOrEmpty(path) ? _folder : Resolve(path);
        string prefix = string.IsNullOrEmpty(path) ? "" : path + "/";
        var found = new List<ArtifactFile>();
        if (Directory.Exists(folder))
        {
            foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (entry.Name != Partial && entry.Exists && !IsLink(entry))
                {
                    found.Add(entry is FileInfo file ? new ArtifactFile(prefix + entry.Name, false, file.Length) : new ArtifactFile(prefix + entry.Name, true, null));
                }
            }
        }

        found.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return found;
    }

    /// <inheritdoc/>
    public void Delete(string path, CancellationToken cancellationToken = default)
    {
        string target = Resolve(path);
        try
        {
            if (Directory.Exists(target))
            {
                Directory.Delete(target, recursive: true); // a link in it is removed, never what it points at
            }
            else if (File.Exists(target))
            {
                File.Delete(target);
            }
            else
            {
                throw NotThere(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, "deleted", e);
        }
    }

    /// <summary>Returns the full path, after every part on the way was looked at.</summary>
    private string Resolve(string path)
    {
        string full = _folder;
        foreach (string part in ArtifactPath.Parts(path))
        {
            if (File.Exists(full))
            {
                throw TrackingLimits.Invalid($"The artifact path '{path}' goes through a file.");
            }

            full = Path.Join(full, part);
            if (IsLink(new FileInfo(full)))
            {
                throw TrackingLimits.Invalid($"The artifact path '{path}' goes through a symbolic link, which is not followed.");
            }
        }

        return full;
    }

    private static bool IsLink(FileSystemInfo entry) => entry.LinkTarget is not null;

    private FileStream OpenPartial(out string partial)
    {
        string folder = Path.Join(_folder, Partial);
        if (IsLink(new DirectoryInfo(folder)))
        {
            throw TrackingLimits.Invalid($"'{Partial}' in the artifact folder is a symbolic link, which is not followed.");
        }

        if (Directory.Exists(folder))
        {
            ClearLeftovers(folder);
        }

        partial = Path.Join(folder, Guid.NewGuid().ToString("N"));
        for (int tries = 0; ; tries++)
        {
            try
            {
                Directory.CreateDirectory(folder);
                return new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            }
            catch (IOException) when (tries < 100)
            {
                // Another writer has just finished and removed the empty folder. If a third has made it again since, .NET says that the file is missing, or that the folder is there already.
            }
        }
    }

    private void ClearLeftovers(string folder)
    {
        DateTime limit = (_clock.GetUtcNow() - s_leftoverAge).UtcDateTime;
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            if (File.GetLastWriteTimeUtc(file) < limit)
            {
                File.Delete(file);
            }
        }
    }

    private static void Copy(string path, Stream content, FileStream file, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[81920]; // below the large object heap
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = content.Read(buffer);
            if (read == 0)
            {
                return;
            }

            Guarded(path, () =>
            {
                file.Write(buffer, 0, read);
                return true;
            });
        }
    }

    private void Discard(string? partial)
    {
        try
        {
            if (partial is not null)
            {
                File.Delete(partial);
            }

            string folder = Path.Join(_folder, Partial);
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another writer uses the folder, or what failed before fails again: that exception is the one to be seen, and a write a day later clears up.
        }
    }

    private static T Guarded<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, "written", e);
        }
    }

    private static TrackingException Failed(string path, string what, Exception e) => e is UnauthorizedAccessException
        ? new TrackingException(TrackingError.PermissionDenied, $"The artifact '{path}' cannot be {what}: {e.Message}", e)
        : new TrackingException(TrackingError.TemporarilyUnavailable, $"The artifact '{path}' cannot be {what}: {e.Message}", e);

    private static TrackingException NotThere(string path) => new(TrackingError.ResourceDoesNotExist, $"There is no artifact '{path}'.");
}
