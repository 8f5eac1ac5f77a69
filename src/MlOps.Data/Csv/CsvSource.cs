namespace MlOps.Data.Csv;

/// <summary>The bytes of a CSV file, which may be read twice: a column that turns out to be text late is read again.</summary>
internal sealed class CsvSource : IDisposable
{
    private readonly Stream _stream;
    private readonly long _start;
    private readonly bool _owned;

    private CsvSource(string label, Stream stream, bool owned)
    {
        Label = label;
        _stream = stream;
        _start = stream.Position;
        _owned = owned;
    }

    /// <summary>Gets what error messages call the file.</summary>
    internal string Label { get; }

    /// <summary>Gets the number of bytes.</summary>
    internal long Length => _stream.Length - _start;

    internal static CsvSource Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            return new CsvSource(path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0), owned: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CsvException(path, $"there is no such file (looked in {Directory.GetCurrentDirectory()}).", innerException: e);
        }
        catch (UnauthorizedAccessException e)
        {
            string problem = Directory.Exists(path) ? "this is a folder; a file is needed." : "no permission to read the file.";
            throw new CsvException(path, problem, innerException: e);
        }
    }

    /// <summary>Takes a stream from its current position. One that cannot seek is first copied to a temporary file.</summary>
    internal static CsvSource Open(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.CanSeek)
        {
            return new CsvSource("stream", stream, owned: false);
        }

        string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());
        var copy = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        try
        {
            stream.CopyTo(copy);
            copy.Position = 0;
            return new CsvSource("stream", copy, owned: true);
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>Continues reading at a byte counted from the beginning of the CSV.</summary>
    internal void Seek(long position) => _stream.Position = _start + position;

    /// <summary>Fills the buffer as far as there are bytes.</summary>
    internal int Read(Span<byte> buffer) => _stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);

    public void Dispose()
    {
        if (_owned)
        {
            _stream.Dispose();
        }
    }
}
