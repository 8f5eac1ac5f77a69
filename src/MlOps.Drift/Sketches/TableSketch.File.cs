using System.Security.Cryptography;
using System.Text;

namespace MlOps.Drift.Sketches;

public sealed partial class TableSketch
{
    private const int FormatVersion = 1;
    private static readonly byte[] s_mark = "MLOPSSKT"u8.ToArray();

    /// <summary>Writes the sketch, so that it can be merged elsewhere or taken up again later.</summary>
    /// <remarks>A mark of 8 bytes, the format's version (4) and the content's length (8), little-endian; the content; the SHA-256 of all before.
    /// Equal sketches give equal bytes, at most 2 GiB. The stream stays open.</remarks>
    /// <param name="stream">Where to write.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var file = new MemoryStream();
        using (var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(s_mark);
            writer.Write(FormatVersion);
            writer.Write(0L);
            long start = file.Position;
            Write(writer);
            long length = file.Position - start;
            file.Position = start - sizeof(long);
            writer.Write(length);
        }

        ReadOnlySpan<byte> written = file.GetBuffer().AsSpan(0, (int)file.Length);
        stream.Write(written);
        stream.Write(SHA256.HashData(written));
    }

    /// <summary>Reads a sketch that <see cref="Save"/> has written; it goes on exactly as the saved one would. The stream stays open, behind the sketch.</summary>
    /// <param name="stream">From the first byte of the sketch on.</param>
    /// <exception cref="InvalidDataException">The stream holds no sketch, one of another version, one that was cut off, or one whose bytes
    /// have changed; the message says which.</exception>
    public static TableSketch Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] head = Take(stream, s_mark.Length + sizeof(int) + sizeof(long));
        var reader = new SketchReader(head);
        byte[] mark = new byte[s_mark.Length];
        reader.Bytes(mark);
        if (!mark.AsSpan().SequenceEqual(s_mark))
        {
            throw new InvalidDataException("This is no sketch: it does not begin as one.");
        }

        int version = reader.Int("the version", int.MinValue, int.MaxValue);
        if (version != FormatVersion)
        {
            throw new InvalidDataException(FormattableString.Invariant($"The sketch has format version {version}; this release reads version {FormatVersion}."));
        }

        byte[] content = Take(stream, reader.Count("bytes"));
        byte[] checksum = Take(stream, SHA256.HashSizeInBytes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        hash.AppendData(content);
        SketchReader.Require(hash.GetHashAndReset().AsSpan().SequenceEqual(checksum), "its bytes do not give its checksum");
        return Read(new SketchReader(content));
    }

    private void Write(BinaryWriter writer)
    {
        writer.Write(Options.Accuracy);
        writer.Write(Options.DistinctPrecision);
        writer.Write(Options.LevelCapacity);
        writer.Write(Options.Seed);
        writer.Write(RowCount);
        writer.Write(_columns.Count);
        _columns.ForEach(column => column.Write(writer));
    }

    private static TableSketch Read(SketchReader reader)
    {
        var options = new SketchOptions
        {
            Accuracy = reader.Int("the accuracy", 0, int.MaxValue),
            DistinctPrecision = reader.Int("the precision", 0, int.MaxValue),
            LevelCapacity = reader.Int("the capacity", 0, int.MaxValue),
            Seed = reader.Int("the seed", int.MinValue, int.MaxValue),
        };
        long rows = reader.Count("rows");
        int columns = reader.Length("the number of columns", 1);
        var read = new List<ColumnSketch>();
        for (int i = 0; i < columns; i++)
        {
            read.Add(ColumnSketch.Read(reader));
            SketchReader.Require(read[i].Rows == rows, $"column '{read[i].Name}' has another number of rows than the table");
        }

        reader.RequireEnd();
        var edges = read.Where(column => column.Histogram is not null).ToDictionary(column => column.Name, column => column.Histogram!.Edges);
        var sketch = new TableSketch(options with { Edges = edges }) { RowCount = rows };
        sketch._columns.AddRange(read);
        return sketch;
    }

    /// <summary>So many bytes. Memory grows with what is there, not with what a damaged length promises.</summary>
    private static byte[] Take(Stream stream, long count)
    {
        using var taken = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        while (taken.Length < count)
        {
            int read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, count - taken.Length));
            if (read == 0)
            {
                throw new InvalidDataException(FormattableString.Invariant($"The sketch was cut off: {count - taken.Length} bytes are missing."));
            }

            taken.Write(buffer, 0, read);
        }

        return taken.ToArray();
    }
}
