namespace MlOps.Tracking.Files;

/// <summary>A lock on a whole store, for what is read, changed and written back: between threads and between processes that open it through this library.</summary>
/// <remarks>A process that dies lets go of it. May be taken again by the thread that holds it. MLflow itself does not know it.</remarks>
/// <param name="path">The lock's file, which stays empty.</param>
/// <param name="patience">How long to wait.</param>
internal sealed class StoreLock(string path, TimeSpan patience) : IDisposable
{
    // What the system says when another has the file: EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION.
    private static readonly int[] s_taken = [11, 35, unchecked((int)0x80070020)];

    private readonly object _here = new();
    private FileStream? _file;
    private int _depth;

    /// <summary>Waits for the lock; it is held until the result is disposed of, by the same thread.</summary>
    /// <exception cref="TrackingException"><c>TemporarilyUnavailable</c>: somebody else holds it for too long.</exception>
    internal Held Take()
    {
        long start = Environment.TickCount64;
        if (!Monitor.TryEnter(_here, patience))
        {
            throw Busy();
        }

        if (_depth > 0)
        {
            _depth++;
            return new Held(this);
        }

        try
        {
            for (int pause = 1; ; pause = Math.Min(pause * 2, 20))
            {
                try
                {
                    _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
                    _depth = 1;
                    return new Held(this);
                }
                catch (IOException e) when (s_taken.Contains(e.HResult))
                {
                    if (Environment.TickCount64 - start >= patience.TotalMilliseconds)
                    {
                        throw Busy();
                    }
                }

                Thread.Sleep(pause);
            }
        }
        finally
        {
            if (_depth == 0)
            {
                Monitor.Exit(_here);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private TrackingException Busy() => new(
        TrackingError.TemporarilyUnavailable, FormattableString.Invariant($"Another process has held the lock {path} for {patience.TotalSeconds:0.###} seconds. Nothing was written; try again when it is done."));

    private void Release()
    {
        if (--_depth == 0)
        {
            _file!.Dispose();
            _file = null;
        }

        Monitor.Exit(_here);
    }

    /// <summary>The lock while it is held.</summary>
    internal readonly struct Held(StoreLock of) : IDisposable
    {
        public void Dispose() => of.Release();
    }
}
