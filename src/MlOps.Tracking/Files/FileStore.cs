using System.Text.RegularExpressions;
using MlOps.Tracking.Artifacts;
using MlOps.Tracking.Sql;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Files;

/// <summary>A store in MLflow's folder layout: MLflow opens what this has written, and this what MLflow has written.</summary>
/// <remarks>
/// <para>What was acknowledged survives the death of the process, not a power cut: files are not forced to the disk. A point is one write(2) with O_APPEND; every other
/// file is written aside and renamed. What is read, changed and written back is so under a lock file, <c>.mlops.lock</c>, which MLflow does not know: two processes of ours
/// are safe beside each other, and points are safe beside MLflow's, but a name changed here and there at the same moment may be lost, as between two processes of MLflow.</para>
/// <para>A batch is checked whole before anything is written. A process killed within it leaves a part of its files; the same batch again completes it.</para>
/// <para>Symbolic links below the folder are not followed. The folder itself may be one. Keys are file names: two that differ only in case are one on a file system
/// that takes them for one.</para>
/// <para>Source: MLflow 2.17 and 3, the layout as seen on disk and <c>mlflow/store/tracking/file_store.py</c> (Apache License 2.0).</para>
/// </remarks>
internal sealed partial class FileStore : ITrackingStore
{
    private const string MetaName = "meta.yaml";
    private const string TrashName = ".trash";
    private const string ModelsName = "models";
    private const string LockName = ".mlops.lock";

    private const int ReadOnlyDisk = 30; // EROFS, on Linux and macOS

    private readonly string _root;
    private readonly StoreOptions _options;
    private readonly StoreLock _lock;

    /// <summary>Opens a folder, or makes it.</summary>
    internal FileStore(string address, StoreOptions options)
    {
        _root = FileAddress.ToPath(address);
        _options = options;
        _lock = new StoreLock(Path.Combine(_root, LockName), options.LockTimeout);
        if (File.Exists(_root))
        {
            throw new TrackingException(TrackingError.InvalidParameterValue, $"{_root} is a file; a store of files is a folder. A SQLite file is opened by sqlite:///{_root}.");
        }

        if (!Directory.Exists(Path.Combine(_root, TrashName)))
        {
            Guarded(Make);
        }
    }

    /// <inheritdoc/>
    public string Address => FileAddress.Of(_root);

    private long Now => _options.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    [GeneratedRegex(@"^[a-zA-Z0-9][\w\-]{0,255}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier { get; }

    /// <inheritdoc/>
    /// <remarks>
    /// A folder that was moved with its store, by rsync or into the trash, is found: if the recorded one does not exist and the address ends in
    /// <c>EXPERIMENT/RUN/artifacts…</c> of a run that is here, the run's own folder is meant. <c>mlflow-artifacts:/</c>, which a server's runs have, needs
    /// <see cref="StoreOptions.ArtifactRoot"/>.
    /// </remarks>
    public IArtifactStore OpenArtifacts(string artifactUri)
    {
        ArgumentException.ThrowIfNullOrEmpty(artifactUri);
        if (FileAddress.IsLocal(artifactUri))
        {
            string recorded = FileAddress.ToPath(artifactUri);
            return new LocalArtifacts(Directory.Exists(recorded) ? recorded : Moved(recorded) ?? recorded);
        }

        return artifactUri.StartsWith("mlflow-artifacts:", StringComparison.OrdinalIgnoreCase) && _options.ArtifactRoot is { } root
            ? new LocalArtifacts(ArtifactFolder.Of(artifactUri, root))
            : throw TrackingLimits.Invalid($"'{artifactUri}' is no folder of this machine, and a store of files reaches only those. What mlflow-artifacts:/ stands for is told by StoreOptions.ArtifactRoot.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _appends.Clear();
        }

        _lock.Dispose();
    }

    private void Make()
    {
        if (Directory.Exists(_root) && ExperimentFolders(ViewType.ActiveOnly).Any())
        {
            return; // one of MLflow's that may be read-only
        }

        Directory.CreateDirectory(_root);
        using StoreLock.Held held = _lock.Take();
        if (!ExperimentFolders(ViewType.ActiveOnly).Any())
        {
            WriteExperiment(Experiment.DefaultId, "Default", null, []);
        }

        Directory.CreateDirectory(Path.Combine(_root, TrashName));
    }

    /// <summary>The run's own folder for a recorded path that is no longer there.</summary>
    private string? Moved(string recorded)
    {
        string[] parts = recorded.Split('/', '\\');
        for (int i = parts.Length - 3; i >= 0; i--)
        {
            if (parts[i + 2] == "artifacts" && ExperimentFolder(parts[i]) is { } experiment && Identifier.IsMatch(parts[i + 1]) && Links.IsFolder(Path.Combine(experiment, parts[i + 1])))
            {
                return Path.Combine([experiment, .. parts[(i + 1)..]]);
            }
        }

        return null;
    }

    private void Guarded(Action action) => Guarded(() =>
    {
        action();
        return true;
    });

    /// <summary>Does something with files and says what went wrong in the store's terms.</summary>
    private T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault(e);
        }
    }

    private TrackingException Fault(Exception e) => e switch
    {
        UnauthorizedAccessException or IOException { HResult: ReadOnlyDisk } => new TrackingException(TrackingError.PermissionDenied, $"The store {_root} does not let this user do that: {e.Message}", e),
        FileNotFoundException or DirectoryNotFoundException => new TrackingException(TrackingError.ResourceDoesNotExist, $"Something in the store {_root} went away in between: {e.Message}", e),
        _ => new TrackingException(TrackingError.TemporarilyUnavailable, $"The store {_root} cannot be read or written now: {e.Message}", e),
    };
}
