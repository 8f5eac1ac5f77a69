using System.Runtime.CompilerServices;
using System.Text;

namespace MlOps.Data.Csv;

/// <summary>What is known of the columns when a block is begun.</summary>
/// <param name="Names">All names of the header.</param>
/// <param name="Kinds">A kind a column: the given type, <see cref="ValueKind.Skip"/>, or the narrowest kind that is still possible.</param>
/// <param name="Fixed">Whether the kind of a column is given and not inferred.</param>
internal sealed record Layout(string[] Names, ValueKind[] Kinds, bool[] Fixed);

/// <summary>Parses one block of whole rows into a chunk a column, widening the kind of a column where a value asks for it.</summary>
internal sealed class BlockParser
{
    private const int LongestShown = 60;

    private readonly Layout _layout;
    private readonly ChunkContext _context;
    private readonly Chunk[] _chunks;
    private int _current;

    internal BlockParser(Layout layout, ChunkContext context)
    {
        _layout = layout;
        _context = context;
        _chunks = new Chunk[layout.Names.Length];
    }

    /// <summary>Parses a block.</summary>
    /// <param name="data">Whole rows; the last one ends in a line end.</param>
    /// <param name="rows">The number of rows.</param>
    /// <exception cref="CsvFault">A row does not fit the header or a value does not fit its given type.</exception>
    internal Chunk[] Parse(ReadOnlySpan<byte> data, out int rows)
    {
        for (int i = 0; i < _chunks.Length; i++)
        {
            _chunks[i] = Create(_layout.Kinds[i], new EmptyChunk(_context), 0);
        }

        rows = ReadRows(data, _chunks);
        Chunk[] read = [.. _chunks];
        if (Array.Exists(read, chunk => chunk is UndoneChunk))
        {
            ReadAgainAsText(data, read);
        }

        return read;
    }

    /// <summary>The column that was being read, for the message about a fault.</summary>
    internal string CurrentColumn => _layout.Names[Math.Min(_current, _layout.Names.Length - 1)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot in the very first file: no time to warm up
    private int ReadRows(ReadOnlySpan<byte> data, Chunk[] chunks)
    {
        int row = 0;
        int position = 0;
        int last = chunks.Length - 1;
        byte separator = _context.Scanner.Separator;
        while (position < data.Length)
        {
            if (data[position] is (byte)'\n' or (byte)'\r' && last > 0)
            {
                position = AfterLineEnd(data, position);
                continue;
            }

            int start = position;
            for (int column = 0; column <= last; column++)
            {
                _current = column;
                int end = chunks[column].Read(data, position, row);
                if (end < 0)
                {
                    end = Widen(chunks, column, data, position, row);
                }

                if (data[end] == separator ? column == last : column < last)
                {
                    throw Ragged(data, start);
                }

                position = end + 1;
            }

            position = AfterLineEnd(data, position - 1);
            row++;
        }

        return row;
    }

    private static int AfterLineEnd(ReadOnlySpan<byte> data, int position) =>
        data[position] == '\r' && position + 1 < data.Length && data[position + 1] == '\n' ? position + 2 : position + 1;

    private int Widen(Chunk[] chunks, int column, ReadOnlySpan<byte> data, int start, int row)
    {
        Field field = _context.Scanner.Read(data, start);
        Chunk narrow = chunks[column];
        if (_layout.Fixed[column])
        {
            throw new CsvFault(start, $"'{ShortText.Line(Encoding.UTF8.GetString(field.Text), LongestShown)}' is not {ValueKinds.Describe(narrow.Kind)}, the type asked for.");
        }

        ValueKind kind = ValueKinds.Join(narrow.Kind, ValueKinds.Classify(field.Text));
        chunks[column] = (narrow, kind) switch
        {
            (LongChunk longs, ValueKind.Double) => new DoubleChunk(_context, longs, row),
            (EmptyChunk { SawQuotedEmpty: true }, ValueKind.Text) => new UndoneChunk(_context),
            (EmptyChunk empty, _) => Create(kind, empty, row),
            _ => new UndoneChunk(_context),
        };
        return chunks[column].Read(data, start, row);
    }

    /// <summary>Columns that turned out to be text after other values had been converted are read again: conversion forgets the spelling.</summary>
    private void ReadAgainAsText(ReadOnlySpan<byte> data, Chunk[] read)
    {
        Chunk[] again = new Chunk[read.Length];
        for (int i = 0; i < read.Length; i++)
        {
            again[i] = Create(read[i] is UndoneChunk ? ValueKind.Text : ValueKind.Skip, new EmptyChunk(_context), 0);
        }

        ReadRows(data, again);
        for (int i = 0; i < read.Length; i++)
        {
            read[i] = read[i] is UndoneChunk ? again[i] : read[i];
        }
    }

    private Chunk Create(ValueKind kind, EmptyChunk empty, int row) => kind switch
    {
        ValueKind.None => empty,
        ValueKind.Long => new LongChunk(_context, empty, row),
        ValueKind.Double => new DoubleChunk(_context, empty, row),
        ValueKind.Bool => new BoolChunk(_context, empty, row),
        ValueKind.Time => new TimeChunk(_context, empty, row),
        ValueKind.Text => new TextChunk(_context, row),
        _ => new SkipChunk(_context),
    };

    private CsvFault Ragged(ReadOnlySpan<byte> data, int start)
    {
        int fields = 0;
        int next = start;
        int end;
        do
        {
            end = _context.Scanner.Read(data, next).End;
            next = end + 1;
            fields++;
        }
        while (data[end] == _context.Scanner.Separator);

        return new CsvFault(start, $"the row has {fields} field{(fields == 1 ? "" : "s")}, the header has {_layout.Names.Length}.") { WholeRow = true };
    }

    /// <summary>Stands in for a column that is read again as text.</summary>
    private sealed class UndoneChunk(ChunkContext context) : Chunk(context)
    {
        internal override ValueKind Kind => ValueKind.Text;

        internal override int Read(ReadOnlySpan<byte> data, int start, int row) => Context.Scanner.Read(data, start).End;
    }
}
