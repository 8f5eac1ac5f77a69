using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOps.Learning.Clustering;

/// <summary>Lloyd's iterations from one set of centres.</summary>
internal sealed class LloydRun
{
    private readonly Matrix _x;
    private readonly double[]? _weights;
    private readonly int _k;
    private readonly int _d;
    private readonly double[] _distances;
    private readonly double[][] _sums; // a chunk: k × d weighted sums of its rows, k weights, its inertia
    private readonly bool[] _moved;

    internal LloydRun(Matrix x, double[]? weights, double[] centers)
    {
        _x = x;
        _weights = weights;
        _d = x.ColumnCount;
        _k = centers.Length / _d;
        Centers = centers;
        Nearest = new int[x.RowCount];
        _distances = new double[x.RowCount];
        int partial = (_k * _d) + _k + 1;
        _sums = new double[RowChunks.Count(x.RowCount, partial)][];
        for (int chunk = 0; chunk < _sums.Length; chunk++)
        {
            _sums[chunk] = new double[partial];
        }

        _moved = new bool[_sums.Length];
    }

    internal double[] Centers { get; private set; }

    internal int[] Nearest { get; }

    internal double Inertia { get; private set; }

    internal int Iterations { get; private set; }

    internal bool Converged { get; private set; }

    /// <summary>Assigns rows and moves centres by turns; at the end the rows belong to the centres as they are.</summary>
    internal void Iterate(int maxIterations, double stillness, CancellationToken cancellationToken)
    {
        Array.Fill(Nearest, -1);
        while (Iterations < maxIterations && !Converged)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Iterations++;
            if (!Assign())
            {
                Converged = true;
                return; // the centres are already the means of these groups
            }

            double[] means = Means();
            double moved = 0;
            for (int i = 0; i < means.Length; i++)
            {
                moved += (means[i] - Centers[i]) * (means[i] - Centers[i]);
            }

            Centers = means;
            Converged = moved <= stillness;
        }

        Assign();
    }

    /// <summary>Finds the nearest centre of each row and sums the rows of each group; tells whether a row changed its group.</summary>
    private bool Assign()
    {
        var table = new CenterTable(Centers, _d);
        RowChunks.Run(_x.RowCount, _sums.Length, (chunk, from, to) => _moved[chunk] = Assign(table, _sums[chunk], from, to));
        Inertia = 0;
        foreach (double[] sums in _sums)
        {
            Inertia += sums[^1];
        }

        return Array.IndexOf(_moved, true) >= 0;
    }

    private bool Assign(CenterTable table, double[] sums, int from, int to)
    {
        const int Block = 128; // rows that are still in the cache when they are added to their groups
        Array.Clear(sums);
        Span<int> before = stackalloc int[Block];
        bool moved = false;
        double inertia = 0;
        for (int start = from; start < to; start += Block)
        {
            int count = Math.Min(Block, to - start);
            ReadOnlySpan<double> rows = _x.Values.Slice(start * _d, count * _d);
            Span<int> nearest = Nearest.AsSpan(start, count);
            nearest.CopyTo(before);
            table.Nearest(rows, nearest, _distances.AsSpan(start, count));
            moved |= !nearest.SequenceEqual(before[..count]);
            for (int i = 0; i < count; i++)
            {
                double weight = _weights?[start + i] ?? 1;
                inertia += weight * _distances[start + i];
                sums[(_k * _d) + nearest[i]] += weight;
                AddTo(sums.AsSpan(nearest[i] * _d, _d), weight, rows.Slice(i * _d, _d));
            }
        }

        sums[^1] = inertia;
        return moved;
    }

    private static void AddTo(Span<double> sum, double weight, ReadOnlySpan<double> row)
    {
        ref double to = ref MemoryMarshal.GetReference(sum);
        ref double from = ref MemoryMarshal.GetReference(row);
        var factor = Vector512.Create(weight);
        int j = 0;
        for (; j <= row.Length - Vector512<double>.Count; j += Vector512<double>.Count)
        {
            ((factor * Vector512.LoadUnsafe(ref from, (nuint)j)) + Vector512.LoadUnsafe(ref to, (nuint)j)).StoreUnsafe(ref to, (nuint)j);
        }

        for (; j < row.Length; j++)
        {
            sum[j] += weight * row[j];
        }
    }

    /// <summary>The mean of each group, from the sums of the chunks in their order.</summary>
    private double[] Means()
    {
        var total = new double[_sums[0].Length];
        foreach (double[] sums in _sums)
        {
            for (int i = 0; i < total.Length; i++)
            {
                total[i] += sums[i];
            }
        }

        Span<double> weights = total.AsSpan(_k * _d, _k);
        if (weights.Contains(0))
        {
            FillEmpty(total, weights);
        }

        for (int c = 0; c < _k; c++)
        {
            for (int j = 0; j < _d; j++)
            {
                total[(c * _d) + j] = weights[c] > 0 ? total[(c * _d) + j] / weights[c] : Centers[(c * _d) + j];
            }
        }

        return total[..(_k * _d)];
    }

    /// <summary>Gives each empty group the row that is farthest from its centre and counts, and takes it from its old group.</summary>
    private void FillEmpty(double[] sums, Span<double> weights)
    {
        int[] farthest = [.. Enumerable.Range(0, _x.RowCount).Where(i => (_weights?[i] ?? 1) > 0).OrderByDescending(i => _distances[i]).Take(weights.Count(0.0))];
        int next = 0;
        for (int c = 0; c < _k && next < farthest.Length; c++)
        {
            if (weights[c] != 0)
            {
                continue;
            }

            int row = farthest[next++];
            double weight = _weights?[row] ?? 1;
            int old = Nearest[row];
            for (int j = 0; j < _d; j++)
            {
                sums[(old * _d) + j] -= weight * _x[row, j];
                sums[(c * _d) + j] = weight * _x[row, j];
            }

            weights[old] -= weight;
            weights[c] = weight;
        }
    }
}
