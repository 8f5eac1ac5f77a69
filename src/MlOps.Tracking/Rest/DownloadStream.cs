using System.Globalization;

namespace MlOps.Tracking.Rest;

/// <summary>A file on its way down. What breaks off says so; every piece that comes gives the request its full time again. Not thread-safe.</summary>
internal sealed class DownloadStream : Stream
{
    private readonly RestAnswer _answer;
    private readonly Stream _content;
    private readonly string _path;
    private readonly RestOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _stop;
    private long _position;

    /// <summary>Reads what an answer holds, and disposes of the answer with itself.</summary>
    internal DownloadStream(RestAnswer answer, string path, RestOptions options, CancellationToken cancellationToken)
    {
        (_answer, _path, _options, _cancellation) = (answer, path, options, cancellationToken);
        _content = answer.Response.Content.ReadAsStream(cancellationToken);
        _stop = answer.Limit.Token.Register(static response => ((HttpResponseMessage)response!).Dispose(), answer.Response); // ends a read that waits
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="TrackingException"><c>TemporarilyUnavailable</c>: the download broke off.</exception>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            int count = _content.Read(buffer);
            _position += count;
            _answer.Limit.CancelAfter(_options.Timeout);
            return count;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or ObjectDisposedException or OperationCanceledException)
        {
            _cancellation.ThrowIfCancellationRequested();
            throw new TrackingException(TrackingError.TemporarilyUnavailable, string.Create(
                CultureInfo.InvariantCulture, $"The artifact '{_path}' from {_options.Shown} broke off after {_position} bytes: {e.Message}"), e);
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
            _content.Dispose();
            _answer.Dispose();
        }

        base.Dispose(disposing);
    }
}
