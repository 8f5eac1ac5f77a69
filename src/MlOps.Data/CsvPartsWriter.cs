using MlOps.Data.Csv;

namespace MlOps.Data;

/// <summary>Writes a CSV file part by part, for a table that is larger than memory. Not thread-safe.</summary>
/// <remarks>
/// The form is that of <see cref="Table.WriteCsv(string)"/>. The file is written beside its place and moved there by <see cref="Complete"/>: what is disposed of before
/// that leaves nothing behind, and a reader sees the old file or the new one. Times are written as dates where a part has no time of day.
/// </remarks>
/// <example><code>
/// using var file = new CsvPartsWriter("predictions.csv");
/// foreach (Table part in Table.ReadCsvInParts("data.csv", 65_536))
/// {
///     file.Write(model.Predict(part).ToTable());
/// }
///
/// file.Complete();
/// </code></example>
public sealed class CsvPartsWriter : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly FileStream _stream;
    private readonly StreamWriter _writer;
    private string[]? _names;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where it goes; a file that is there is replaced in the end.</param>
    /// <exception cref="ArgumentException">The path is a folder.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public CsvPartsWriter(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = System.IO.Path.GetFullPath(path);
        string? folder = System.IO.Path.GetDirectoryName(_path);
        if (folder is null || Directory.Exists(_path))
        {
            throw new ArgumentException($"A file is needed; '{path}' is a folder.", nameof(path));
        }

        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"Cannot write '{path}': the folder '{folder}' does not exist.");
        }

        _temporary = System.IO.Path.Combine(folder, $".{System.IO.Path.GetFileName(_path)}.{System.IO.Path.GetRandomFileName()}.tmp");
        _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        _writer = CsvWriter.Open(_stream);
    }

    /// <summary>Writes rows below those that were written; the first part's names become the header.</summary>
    /// <exception cref="ArgumentException">The columns are not those of the first part, in its order.</exception>
    public void Write(Table part)
    {
        ArgumentNullException.ThrowIfNull(part);
        string[] names = [.. part.Columns.Select(column => column.Name)];
        if (_names is null)
        {
            CsvWriter.WriteHeader(part, _writer);
            _names = names;
        }
        else if (!names.SequenceEqual(_names, StringComparer.Ordinal))
        {
            throw new ArgumentException($"All parts need the columns of the first, {string.Join(", ", _names)}; this one has {string.Join(", ", names)}.", nameof(part));
        }

        CsvWriter.WriteRows(part, _writer);
    }

    /// <summary>Puts the file in its place. Nothing can be written after that.</summary>
    /// <exception cref="InvalidOperationException">Nothing was written, so there is no header.</exception>
    public void Complete()
    {
        if (_names is null)
        {
            throw new InvalidOperationException("No part was written, so the file would have no header.");
        }

        Close();
        File.Move(_temporary, _path, overwrite: true);
    }

    /// <summary>Takes away what was written unless <see cref="Complete"/> has put it in its place.</summary>
    public void Dispose()
    {
        try
        {
            Close();
        }
        finally
        {
            File.Delete(_temporary); // no longer there after Complete
        }
    }

    private void Close()
    {
        if (_stream.CanWrite) // a writer that was disposed of would flush once more
        {
            _writer.Dispose();
            _stream.Dispose();
        }
    }
}
