using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MlOps.Fairness;

/// <summary>Counts rows by group, label and prediction.</summary>
internal static class Tally
{
    /// <summary>Rows a task counts at a time: their codes stay in the cache.</summary>
    private const int Chunk = 32_768;

    /// <summary>Cells a group: label and prediction each 0, 1, missing or stranger.</summary>
    private const int Cells = 16;

    /// <summary>Counts decisions given as truth values; the last counts are those of the rows without a group.</summary>
    internal static OutcomeCounts[] Of(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions, Groups groups)
    {
        long[] cells = new long[(groups.Count + 1) * Cells];
        var buffers = new Buffers();
        for (int start = 0; start < labels.Length; start += Chunk)
        {
            int length = Math.Min(Chunk, labels.Length - start);
            MemoryMarshal.AsBytes(labels.Slice(start, length)).CopyTo(buffers.Labels);
            MemoryMarshal.AsBytes(predictions.Slice(start, length)).CopyTo(buffers.Predictions);
            Span<byte> decisions = Joined(buffers, length);
            Add(cells, decisions, buffers.Groups, groups, start);
        }

        return Counts(cells);
    }

    /// <summary>Counts a table's decisions over several groupings of the same rows in one pass; also the rows that lack a label or a prediction.</summary>
    internal static (OutcomeCounts[][] Counts, long LeftOut) Of(DecisionColumn labels, DecisionColumn predictions, IReadOnlyList<Groups> groupings)
    {
        int rows = groupings[0].RowCount;
        long[][] totals = Empty(groupings);
        int stranger = int.MaxValue;
        object merging = new();
        Parallel.For(
            0,
            (rows + Chunk - 1) / Chunk,
            () => (Cells: Empty(groupings), Buffers: new Buffers(), Stranger: int.MaxValue),
            (chunk, _, local) =>
            {
                int start = chunk * Chunk;
                int length = Math.Min(Chunk, rows - start);
                Span<byte> label = local.Buffers.Labels.AsSpan(0, length);
                Span<byte> prediction = local.Buffers.Predictions.AsSpan(0, length);
                labels.Read(start, label);
                predictions.Read(start, prediction);
                int met = Math.Min(First(label), First(prediction));
                Span<byte> decisions = Joined(local.Buffers, length);
                for (int g = 0; g < groupings.Count; g++)
                {
                    Add(local.Cells[g], decisions, local.Buffers.Groups, groupings[g], start);
                }

                return met == int.MaxValue ? local : local with { Stranger = Math.Min(local.Stranger, start + met) };
            },
            local =>
            {
                lock (merging) // sums of whole numbers: the order does not matter
                {
                    stranger = Math.Min(stranger, local.Stranger);
                    for (int g = 0; g < totals.Length; g++)
                    {
                        for (int i = 0; i < totals[g].Length; i++)
                        {
                            totals[g][i] += local.Cells[g][i];
                        }
                    }
                }
            });
        if (stranger < int.MaxValue)
        {
            byte[] code = [0];
            labels.Read(stranger, code);
            throw (code[0] == DecisionColumn.Stranger ? labels : predictions).Third(stranger, labels.Classes.Concat(predictions.Classes).Distinct());
        }

        return ([.. totals.Select(Counts)], rows - Counts(totals[0]).Sum(counts => counts.Total));
    }

    /// <summary>Label · 4 + prediction, in place of the labels.</summary>
    private static Span<byte> Joined(Buffers buffers, int length)
    {
        Span<byte> labels = buffers.Labels.AsSpan(0, length);
        TensorPrimitives.MultiplyAdd(labels, (byte)4, buffers.Predictions.AsSpan(0, length), labels);
        return labels;
    }

    private static void Add(long[] cells, ReadOnlySpan<byte> decisions, int[] buffer, Groups groups, int start)
    {
        Span<int> codes = buffer.AsSpan(0, decisions.Length);
        groups.Read(start, codes);
        for (int i = 0; i < codes.Length; i++)
        {
            cells[(codes[i] * Cells) + decisions[i]]++;
        }
    }

    private static int First(ReadOnlySpan<byte> codes)
    {
        int place = codes.IndexOf(DecisionColumn.Stranger);
        return place < 0 ? int.MaxValue : place;
    }

    private static long[][] Empty(IReadOnlyList<Groups> groupings) => [.. groupings.Select(groups => new long[(groups.Count + 1) * Cells])];

    private static OutcomeCounts[] Counts(long[] cells)
    {
        var counts = new OutcomeCounts[cells.Length / Cells];
        for (int g = 0; g < counts.Length; g++)
        {
            ReadOnlySpan<long> cell = cells.AsSpan(g * Cells, Cells);
            counts[g] = new OutcomeCounts(TruePositives: cell[5], FalsePositives: cell[1], TrueNegatives: cell[0], FalseNegatives: cell[4]);
        }

        return counts;
    }

    /// <summary>The codes of one chunk; one set a thread.</summary>
    private sealed class Buffers
    {
        internal byte[] Labels { get; } = new byte[Chunk];

        internal byte[] Predictions { get; } = new byte[Chunk];

        internal int[] Groups { get; } = new int[Chunk];
    }
}
