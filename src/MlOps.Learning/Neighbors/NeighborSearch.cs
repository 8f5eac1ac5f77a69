using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOps.Learning.Neighbors;

/// <summary>Finds the nearest of n cases by measuring the distance to all of them.</summary>
/// <remarks>
/// Features are rounded to float, which is what an exported model is fed, and distances computed from them in double. They are compared as floats, the lower
/// row first where they are equal, so that ties fall alike here and in ONNX Runtime, whichever way either adds up.
/// </remarks>
internal sealed class NeighborSearch
{
    private const int QueryRows = 8;

    /// <summary>Training rows whose distances to a block of queries are held at a time; they fit the first-level cache.</summary>
    private const int TileRows = 256;

    /// <summary>Squares of values up to this one stay far below the largest float, for any number of columns that fits an array.</summary>
    private const double Largest = 1e14;

    private readonly RowPanels _panels;

    /// <summary>Prepares cases.</summary>
    /// <param name="x">The cases.</param>
    /// <param name="used">Which of them count, ascending.</param>
    internal NeighborSearch(Matrix x, int[] used)
    {
        Cases = SinglePrecision.Of(x.Take(used), Largest);
        _panels = new RowPanels(Cases.Values, Cases.RowCount, Cases.ColumnCount);
    }

    /// <summary>Gets the cases, rounded to float.</summary>
    internal Matrix Cases { get; }

    /// <summary>Finds the k nearest cases of every query, nearest first, and hands them to <paramref name="use"/>; queries may come in any order.</summary>
    internal void Each(Matrix x, int k, UseNeighbors use)
    {
        Matrix queries = SinglePrecision.Of(x, Largest);
        int d = x.ColumnCount;
        int blocks = (x.RowCount + QueryRows - 1) / QueryRows;
        Parallel.For(0, blocks, () => new Workspace(k), (block, _, work) =>
        {
            int start = block * QueryRows;
            int count = Math.Min(QueryRows, x.RowCount - start);
            work.Clear();
            for (int tile = 0; tile < _panels.PaddedCount; tile += TileRows)
            {
                int end = Math.Min(_panels.PaddedCount, tile + TileRows);
                Span<double> distances = work.Distances.AsSpan(0, count * (end - tile));
                _panels.SquaredDistances(queries.Values.Slice(start * d, count * d), tile, end, distances);
                for (int q = 0; q < count; q++)
                {
                    Scan(work.Nearest[q], distances.Slice(q * (end - tile), end - tile), tile);
                }
            }

            for (int q = 0; q < count; q++)
            {
                use(start + q, work.Nearest[q].Rows, work.Nearest[q].SquaredDistances);
            }

            return work;
        }, _ => { });
    }

    private void Scan(Nearest nearest, ReadOnlySpan<double> distances, int firstRow)
    {
        ref double first = ref MemoryMarshal.GetReference(distances);
        for (int i = 0; i < distances.Length; i += RowPanels.Width)
        {
            // A distance that is not below the worst is not below it as a float either.
            ulong near = Vector512.LessThan(Vector512.LoadUnsafe(ref first, (nuint)i), Vector512.Create(nearest.Worst)).ExtractMostSignificantBits();
            for (; near != 0; near &= near - 1)
            {
                int at = i + System.Numerics.BitOperations.TrailingZeroCount(near);
                if (firstRow + at < Cases.RowCount)
                {
                    nearest.Offer(firstRow + at, distances[at]);
                }
            }
        }
    }

    /// <summary>Called with a query, its nearest rows and their squared distances, nearest first.</summary>
    internal delegate void UseNeighbors(int query, ReadOnlySpan<int> rows, ReadOnlySpan<double> squaredDistances);

    /// <summary>The k nearest cases so far.</summary>
    private sealed class Nearest(int k)
    {
        private readonly int[] _rows = new int[k];
        private readonly double[] _distances = new double[k];
        private int _count;

        /// <summary>Gets the distance, as a float, below which a case is taken.</summary>
        internal double Worst { get; private set; } = double.PositiveInfinity;

        internal ReadOnlySpan<int> Rows => _rows;

        internal ReadOnlySpan<double> SquaredDistances => _distances;

        internal void Clear() => (_count, Worst) = (0, double.PositiveInfinity);

        /// <summary>Takes a case if it is nearer than the worst; among equals the one offered first stays first.</summary>
        internal void Offer(int row, double distance)
        {
            float key = (float)distance;
            if (_count == k && key >= Worst)
            {
                return;
            }

            int at = Math.Min(_count, k - 1);
            for (; at > 0 && (float)_distances[at - 1] > key; at--)
            {
                (_rows[at], _distances[at]) = (_rows[at - 1], _distances[at - 1]);
            }

            (_rows[at], _distances[at]) = (row, distance);
            _count = Math.Min(_count + 1, k);
            Worst = _count == k ? (float)_distances[k - 1] : double.PositiveInfinity;
        }
    }

    private sealed class Workspace
    {
        internal Workspace(int k) => Nearest = [.. Enumerable.Range(0, QueryRows).Select(_ => new Nearest(k))];

        internal double[] Distances { get; } = new double[QueryRows * TileRows];

        internal Nearest[] Nearest { get; }

        internal void Clear()
        {
            foreach (Nearest nearest in Nearest)
            {
                nearest.Clear();
            }
        }
    }
}
