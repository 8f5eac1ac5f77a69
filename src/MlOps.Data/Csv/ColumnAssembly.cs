using System.Runtime.InteropServices;

namespace MlOps.Data.Csv;

/// <summary>Joins the chunks of a column, in file order, into one column.</summary>
internal static class ColumnAssembly
{
    internal static Column Join(string name, ValueKind kind, BlockResult[] blocks, int column)
    {
        Column joined = kind switch
        {
            ValueKind.Long => Values<long>(name, blocks, column, default),
            ValueKind.Bool => Values<bool>(name, blocks, column, default),
            ValueKind.Time => Values<DateTime>(name, blocks, column, default),
            ValueKind.Text => Texts(name, blocks, column),
            _ => Values(name, blocks, column, double.NaN),
        };

        foreach (BlockResult block in blocks)
        {
            block.Chunks[column] = null!; // two copies of one column are enough at a time
        }

        return joined;
    }

    private static Column<T> Values<T>(string name, BlockResult[] blocks, int column, T missingValue)
        where T : struct
    {
        int rows = TotalRows(blocks);
        T[] values = GC.AllocateUninitializedArray<T>(rows);
        bool[]? missing = null;
        int start = 0;
        foreach (BlockResult block in blocks)
        {
            Chunk chunk = block.Chunks[column];
            Span<T> target = values.AsSpan(start, block.RowCount);
            if (chunk is ValueChunk<T> typed)
            {
                typed.Values.AsSpan(0, block.RowCount).CopyTo(target);
            }
            else if (chunk is LongChunk longs && typeof(T) == typeof(double))
            {
                DoubleChunk.CopyFrom(longs, block.RowCount, MemoryMarshal.Cast<T, double>(target));
            }
            else
            {
                target.Fill(missingValue); // an EmptyChunk: every row is missing
            }

            if (chunk.MissingFlags is not null)
            {
                missing ??= new bool[rows];
                chunk.MissingFlags.AsSpan(0, block.RowCount).CopyTo(missing.AsSpan(start));
            }

            start += block.RowCount;
        }

        return new Column<T>(name, values, missing);
    }

    private static StringColumn Texts(string name, BlockResult[] blocks, int column)
    {
        int[] codes = GC.AllocateUninitializedArray<int>(TotalRows(blocks));
        var levels = new Dictionary<string, int>(StringComparer.Ordinal);
        int start = 0;
        foreach (BlockResult block in blocks)
        {
            Span<int> target = codes.AsSpan(start, block.RowCount);
            start += block.RowCount;
            if (block.Chunks[column] is not TextChunk chunk)
            {
                target.Fill(-1); // an EmptyChunk: every row is missing
                continue;
            }

            int[] global = new int[chunk.Levels.Count];
            for (int i = 0; i < global.Length; i++)
            {
                ref int code = ref CollectionsMarshal.GetValueRefOrAddDefault(levels, chunk.Levels[i], out bool known);
                code = known ? code : levels.Count - 1;
                global[i] = code;
            }

            for (int i = 0; i < target.Length; i++)
            {
                int local = chunk.Codes[i];
                target[i] = local < 0 ? local : global[local];
            }
        }

        return new StringColumn(name, codes, [.. levels.Keys]);
    }

    private static int TotalRows(BlockResult[] blocks)
    {
        long rows = blocks.Sum(b => (long)b.RowCount);
        return rows <= Array.MaxLength
            ? (int)rows
            : throw new InvalidOperationException($"A table holds at most {Array.MaxLength} rows; the file has {rows}.");
    }
}
