using System.Net;

namespace MlOps.Tracking.Rest;

/// <summary>A stream on its way up. It stays open, and every piece that goes gives the request its full time again.</summary>
/// <param name="source">What is sent.</param>
/// <param name="start">Where it begins, if it can be repeated.</param>
/// <param name="limit">The request's time limit.</param>
/// <param name="patience">How long nothing may move.</param>
internal sealed class UploadContent(Stream source, long start, CancellationTokenSource limit, TimeSpan patience) : HttpContent
{
    private const int Piece = 128 * 1024; // bytes

    /// <inheritdoc/>
    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        long left = long.MaxValue;
        if (source.CanSeek)
        {
            source.Position = start;
            left = Headers.ContentLength ?? long.MaxValue; // a file that grows meanwhile is sent as long as was told
        }

        byte[] piece = new byte[Piece];
        while (left > 0 && Read(piece, left) is > 0 and int count)
        {
            stream.Write(piece, 0, count);
            left -= count;
            cancellationToken.ThrowIfCancellationRequested();
            limit.CancelAfter(patience);
        }
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new NotSupportedException("Uploads are synchronous.");

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = source.CanSeek ? Math.Max(0, source.Length - start) : 0;
        return source.CanSeek;
    }

    private int Read(byte[] piece, long left)
    {
        try
        {
            return source.Read(piece, 0, (int)Math.Min(piece.Length, left));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new UploadSourceException(e);
        }
    }
}

/// <summary>What the stream that is sent threw: the fault of neither the server nor the connection, so it is not tried again.</summary>
/// <param name="fault">The stream's own exception.</param>
internal sealed class UploadSourceException(Exception fault) : Exception(fault.Message, fault);
