namespace MlOps.Data.Csv;

/// <summary>A piece of the file that holds whole rows. One belongs to each worker and is used again and again.</summary>
internal sealed class Block
{
    private byte[] _buffer = [];

    internal byte[] Buffer => _buffer;

    /// <summary>Gets or sets the block's place in the file, from 0.</summary>
    internal int Index { get; set; }

    internal int Length { get; set; }

    /// <summary>Gets or sets a value indicating whether the block is one row that is too long to go on.</summary>
    internal bool TooLong { get; set; }

    internal ReadOnlySpan<byte> Data => _buffer.AsSpan(0, Length);

    /// <summary>Makes room for as many bytes and keeps those that are there.</summary>
    internal void Reserve(int size)
    {
        if (_buffer.Length < size)
        {
            Array.Resize(ref _buffer, size);
        }
    }
}

/// <summary>Cuts a file into blocks of whole rows, for any number of workers.</summary>
/// <remarks>
/// At no time is more of the text in memory than one block a worker and the incomplete row between two blocks. Cutting needs one
/// look at the quotes of a block, which for a block without quotes is one vectorised search.
/// </remarks>
internal sealed class BlockReader(CsvSource source, byte separator, long start, int blockSize, IProgress<double>? progress)
{
    internal const int LongestRow = 1 << 26;
    private readonly Lock _turn = new();
    private byte[] _rest = [];
    private long _position = start;
    private bool _ended;
    private int _next;

    /// <summary>Reads the next block; false when there is none.</summary>
    internal bool TryNext(Block block)
    {
        lock (_turn)
        {
            if (_ended)
            {
                return false;
            }

            Fill(block);
            block.Index = _next++;
            progress?.Report(source.Length == 0 ? 1 : Math.Min(1, (double)_position / source.Length));
            return block.Length > 0;
        }
    }

    /// <summary>Hands out no more blocks: those that were handed out hold the first fault of the file.</summary>
    internal void Stop()
    {
        lock (_turn)
        {
            _ended = true;
        }
    }

    /// <summary>Fills a block. Where it ends depends on the file alone, not on the worker: a second reading cuts at the same rows.</summary>
    private void Fill(Block block)
    {
        int filled = _rest.Length;
        int limit = Math.Max(blockSize, filled * 2);
        block.TooLong = false;
        block.Reserve(limit + 1); // one byte for the line end that a last line may lack
        _rest.CopyTo(block.Buffer, 0);
        source.Seek(_position);
        while (true)
        {
            int read = source.Read(block.Buffer.AsSpan(filled, limit - filled));
            filled += read;
            _position += read;
            if (filled < limit)
            {
                _ended = true;
                _rest = [];
                block.Length = EndLastLine(block.Buffer, filled);
                return;
            }

            int end = Lines.EndOfLastRow(block.Buffer.AsSpan(0, filled), separator);
            if (end > 0)
            {
                _rest = block.Buffer[end..filled];
                block.Length = end;
                return;
            }

            if (filled >= LongestRow)
            {
                _ended = true;
                block.TooLong = true;
                block.Length = filled;
                return;
            }

            limit = Math.Min(limit * 2, LongestRow);
            block.Reserve(limit + 1);
        }
    }

    private static int EndLastLine(byte[] buffer, int length)
    {
        if (length > 0 && buffer[length - 1] != '\n')
        {
            buffer[length++] = (byte)'\n'; // after a carriage return this makes a CRLF: still one line end
        }

        return length;
    }
}
