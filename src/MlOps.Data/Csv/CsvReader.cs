using System.Runtime.ExceptionServices;

namespace MlOps.Data.Csv;

/// <summary>Reads a CSV file into columns: blocks of whole rows are parsed side by side and joined in file order.</summary>
/// <remarks>
/// The kind of a column is the join of the kinds of its values, so neither the block size nor the number of workers can change it.
/// A worker starts a block with the kinds that the file is already known to need; that saves work and decides nothing.
/// </remarks>
internal sealed class CsvReader(CsvSource source, CsvOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
{
    private readonly byte _separator = CheckedSeparator(options.Separator);
    private readonly MissingTokens _missing = new(options.MissingTokens);
    private Header _header = new([], 0, 0);

    /// <summary>Gets how many bytes a worker takes at a time. Two MiB stay in a core's cache and make chunks large enough not to be moved by the collector.</summary>
    internal int BlockSize { get; init; } = 1 << 21;

    internal IReadOnlyList<Column> Read()
    {
        _header = Header.Read(source, _separator);
        Layout layout = FirstLayout();
        BlockResult[] blocks = ReadBlocks(layout, progress, result => result);
        ValueKind[] kinds = FinalKinds(layout, blocks);
        ReadAgainAsText(layout, blocks, kinds);

        var columns = new Column?[kinds.Length];
        Parallel.For(0, kinds.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            columns[i] = kinds[i] == ValueKind.Skip ? null : ColumnAssembly.Join(_header.Names[i], kinds[i], blocks, i);
        });

        progress?.Report(1);
        return options.Columns is null
            ? [.. columns.Select(c => c!)]
            : [.. options.Columns.Select(name => columns[Array.IndexOf(_header.Names, name)]!)];
    }

    /// <summary>Reads the same rows, so many at a time. Two ways through the file: the first finds the types, unless all are given, and keeps nothing.</summary>
    internal IEnumerable<Table> ReadInParts(int rowsPerPart)
    {
        _header = Header.Read(source, _separator);
        Layout layout = FirstLayout();
        ValueKind[] kinds = layout.Fixed.Contains(false) ? InferKinds(layout) : layout.Kinds;
        var parts = new List<Table>();
        bool any = false;
        foreach (Table block in BlocksInOrder(layout with { Kinds = kinds, Fixed = [.. kinds.Select(_ => true)] }))
        {
            parts.Add(block);
            if (parts.Sum(part => part.RowCount) < rowsPerPart)
            {
                continue;
            }

            var joined = Table.Concat(parts);
            int from = 0;
            for (; joined.RowCount - from >= rowsPerPart; from += rowsPerPart)
            {
                any = true;
                yield return joined.Rows(from..(from + rowsPerPart));
            }

            parts = [Compact(joined.Rows(from..))];
        }

        var last = Table.Concat(parts);
        if (last.RowCount > 0 || !any)
        {
            yield return last;
        }

        progress?.Report(1);
    }

    private static byte CheckedSeparator(char separator) =>
        char.IsAscii(separator) && !char.IsAsciiLetterOrDigit(separator) && separator is not ('"' or '\r' or '\n' or '\0' or '.' or '+' or '-')
            ? (byte)separator
            : throw new ArgumentException($"Separator must be an ASCII character that cannot be part of a number or a line end; got '{separator}' (U+{(int)separator:X4}).", nameof(separator));

    private Layout FirstLayout()
    {
        string[] names = _header.Names;
        foreach (string wanted in (IEnumerable<string>)[.. options.Types.Keys, .. options.Columns ?? []])
        {
            if (!names.Contains(wanted, StringComparer.Ordinal))
            {
                throw new CsvException(source.Label, $"there is no such column. There are: {string.Join(", ", names)}.", _header.LineCount, wanted);
            }
        }

        var kinds = new ValueKind[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            bool wanted = options.Columns is null || options.Columns.Contains(names[i], StringComparer.Ordinal);
            kinds[i] = !wanted ? ValueKind.Skip
                : options.Types.TryGetValue(names[i], out Type? type) ? ValueKinds.Of(type, names[i])
                : ValueKind.None;
        }

        return new Layout(names, kinds, [.. kinds.Select(k => k != ValueKind.None)]);
    }

    /// <param name="layout">What is known of the columns.</param>
    /// <param name="reading">Told how far the file has been read.</param>
    /// <param name="keep">What is kept of a block; called by one thread at a time.</param>
    private BlockResult[] ReadBlocks(Layout layout, IProgress<double>? reading, Func<BlockResult, BlockResult> keep)
    {
        var reader = new BlockReader(source, _separator, _header.Length, BlockSize, reading);
        var results = new List<BlockResult>();
        var known = new Layout(layout.Names, [.. layout.Kinds], layout.Fixed);
        int workers = (int)Math.Clamp(source.Length / BlockSize, 1, Environment.ProcessorCount);
        try
        {
            Parallel.For(0, workers, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = workers }, _ =>
            {
                var scanner = new FieldScanner(_separator);
                var block = new Block();
                while (reader.TryNext(block))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    BlockResult result = ReadBlock(block, known, scanner);
                    lock (results)
                    {
                        Learn(known, result);
                        results.Add(keep(result));
                    }

                    if (result.Fault is not null)
                    {
                        reader.Stop();
                    }
                }
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
        }

        BlockResult[] ordered = [.. results.OrderBy(r => r.Index)];
        ThrowFirstFault(ordered);
        return ordered;
    }

    private BlockResult ReadBlock(Block block, Layout known, FieldScanner scanner)
    {
        ReadOnlySpan<byte> data = block.Data;
        int lines = Lines.Count(data);
        Layout layout;
        lock (known.Kinds)
        {
            layout = known with { Kinds = [.. known.Kinds] };
        }

        var parser = new BlockParser(layout, new ChunkContext(scanner, _missing, lines + 1));
        try
        {
            CheckBlock(block);
            Chunk[] chunks = parser.Parse(data, out int rows);
            return new BlockResult(block.Index, rows, lines, chunks, null);
        }
        catch (CsvFault fault)
        {
            long line = Lines.Count(data[..fault.Offset]) + 1L;
            string? column = fault.WholeRow ? null : parser.CurrentColumn;
            return new BlockResult(block.Index, 0, lines, [], new BlockFault(line, column, fault.Message));
        }
    }

    private static void CheckBlock(Block block)
    {
        if (block.TooLong)
        {
            throw new CsvFault(0, $"the row that starts here does not end within {BlockReader.LongestRow >> 20} MiB; is a quote not closed?") { WholeRow = true };
        }

        int nul = block.Data.IndexOf((byte)0);
        if (nul >= 0)
        {
            throw new CsvFault(nul, "a NUL byte: the file is damaged, or binary and not CSV text.") { WholeRow = true };
        }
    }

    private static void Learn(Layout known, BlockResult result)
    {
        lock (known.Kinds)
        {
            for (int i = 0; i < result.Chunks.Length; i++)
            {
                known.Kinds[i] = ValueKinds.Join(known.Kinds[i], result.Chunks[i].Kind);
            }
        }
    }

    private void ThrowFirstFault(BlockResult[] ordered)
    {
        long line = _header.LineCount;
        foreach (BlockResult block in ordered)
        {
            if (block.Fault is { } fault)
            {
                throw new CsvException(source.Label, fault.Problem, line + fault.Line, fault.Column);
            }

            line += block.LineCount;
        }
    }

    private static ValueKind[] FinalKinds(Layout layout, BlockResult[] blocks)
    {
        ValueKind[] kinds = [.. layout.Kinds];
        bool[] sawQuotedEmpty = new bool[kinds.Length];
        Array.ForEach(blocks, block => Join(kinds, sawQuotedEmpty, block));
        return Decided(kinds, sawQuotedEmpty);
    }

    private static void Join(ValueKind[] kinds, bool[] sawQuotedEmpty, BlockResult block)
    {
        for (int i = 0; i < block.Chunks.Length; i++)
        {
            kinds[i] = ValueKinds.Join(kinds[i], block.Chunks[i].Kind);
            sawQuotedEmpty[i] |= block.Chunks[i].SawQuotedEmpty;
        }
    }

    /// <summary>Nothing but missing values: numbers, unless someone took the trouble to write "".</summary>
    private static ValueKind[] Decided(ValueKind[] kinds, bool[] sawQuotedEmpty) =>
        [.. kinds.Select((kind, i) => kind != ValueKind.None ? kind : sawQuotedEmpty[i] ? ValueKind.Text : ValueKind.Double)];

    private ValueKind[] InferKinds(Layout layout)
    {
        ValueKind[] kinds = [.. layout.Kinds];
        bool[] sawQuotedEmpty = new bool[kinds.Length];
        _ = ReadBlocks(layout, null, block =>
        {
            Join(kinds, sawQuotedEmpty, block);
            return block with { Chunks = [] };
        });
        return Decided(kinds, sawQuotedEmpty);
    }

    /// <summary>The blocks of the file, one after the other, as tables of the types that the layout gives.</summary>
    private IEnumerable<Table> BlocksInOrder(Layout layout)
    {
        var reader = new BlockReader(source, _separator, _header.Length, BlockSize, progress);
        var scanner = new FieldScanner(_separator);
        var block = new Block();
        long line = _header.LineCount;
        bool any = false;
        while (reader.TryNext(block) || !any)
        {
            cancellationToken.ThrowIfCancellationRequested();
            any = true;
            BlockResult result = ReadBlock(block, layout, scanner);
            if (result.Fault is { } fault)
            {
                throw new CsvException(source.Label, fault.Problem, line + fault.Line, fault.Column);
            }

            line += result.LineCount;
            yield return new Table(Columns(layout.Kinds, [result]));
        }
    }

    /// <summary>The columns that are wanted, in the order wanted.</summary>
    private IEnumerable<Column> Columns(ValueKind[] kinds, BlockResult[] blocks) =>
        (options.Columns ?? _header.Names).Select(name => Array.IndexOf(_header.Names, name)).Select(i => ColumnAssembly.Join(_header.Names[i], kinds[i], blocks, i));

    /// <summary>The same rows without the texts of those that were cut off.</summary>
    private static Table Compact(Table rows) => rows.With(rows.Columns.OfType<StringColumn>().Select(column => new StringColumn(column.Name, rows.Texts(column.Name))));

    /// <summary>A column of which one block is text and another was converted is read a second time, as text from the first row on.</summary>
    private void ReadAgainAsText(Layout layout, BlockResult[] blocks, ValueKind[] kinds)
    {
        bool[] again = new bool[kinds.Length];
        for (int i = 0; i < kinds.Length; i++)
        {
            again[i] = kinds[i] == ValueKind.Text
                && Array.Exists(blocks, b => b.Chunks[i] is not TextChunk and not EmptyChunk { SawQuotedEmpty: false });
        }

        if (!again.Contains(true))
        {
            return;
        }

        ValueKind[] asText = [.. again.Select(a => a ? ValueKind.Text : ValueKind.Skip)];
        BlockResult[] read = ReadBlocks(new Layout(layout.Names, asText, [.. again.Select(_ => true)]), null, result => result);
        if (!read.Select(b => b.RowCount).SequenceEqual(blocks.Select(b => b.RowCount)))
        {
            throw new CsvException(source.Label, "the file was changed while it was read; read it again.");
        }

        for (int b = 0; b < blocks.Length; b++)
        {
            for (int i = 0; i < kinds.Length; i++)
            {
                if (again[i])
                {
                    blocks[b].Chunks[i] = read[b].Chunks[i];
                }
            }
        }
    }
}
