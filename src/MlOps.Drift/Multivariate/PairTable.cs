namespace MlOps.Drift.Multivariate;

/// <summary>A number for every pair of pooled rows, and its sums within and across the two sides for the true split and for permuted ones.</summary>
/// <remarks>The table is symmetric: only the pairs of a row with the rows before it are held, row after row, and one number for the pair of a row with itself.</remarks>
internal sealed class PairTable
{
    private readonly double[] _pairs;
    private readonly double _own;
    private readonly int _rows;
    private readonly int _referenceRows;

    private PairTable(double[] pairs, double own, int rows, int referenceRows) => (_pairs, _own, _rows, _referenceRows) = (pairs, own, rows, referenceRows);

    /// <summary>Squared Euclidean distances of all pairs.</summary>
    internal static PairTable SquaredDistances(RowBlock rows, CancellationToken cancellationToken)
    {
        double[] pooled = rows.Pooled();
        double[] pairs = new double[First(rows.Rows)];
        Parallel.For(1, rows.Rows, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            ReadOnlySpan<double> row = pooled.AsSpan(i * rows.Width, rows.Width);
            Span<double> before = pairs.AsSpan(First(i), i);
            for (int j = 0; j < before.Length; j++)
            {
                before[j] = Lanes.SquaredDistance(row, pooled.AsSpan(j * rows.Width, rows.Width));
            }
        });
        return new PairTable(pairs, 0, rows.Rows, rows.ReferenceRows);
    }

    /// <summary>The same table with a function of each entry.</summary>
    internal PairTable Map(Action<ReadOnlySpan<double>, Span<double>> function)
    {
        double[] mapped = new double[_pairs.Length];
        Parallel.For(1, _rows, i => function(_pairs.AsSpan(First(i), i), mapped.AsSpan(First(i), i)));
        double own = 0;
        function([_own], new Span<double>(ref own));
        return new PairTable(mapped, own, _rows, _referenceRows);
    }

    /// <summary>The two entries in the middle of all pairs of different rows, each pair once; of an odd number of pairs twice the one. Entries are ≥ 0.</summary>
    internal (double Low, double High) Middle()
    {
        int[] counts = new int[Bucket(double.PositiveInfinity) + 1];
        foreach (double value in _pairs)
        {
            counts[Bucket(value)]++;
        }

        int low = (_pairs.Length - 1) / 2;
        int high = _pairs.Length / 2;
        int below = 0; // entries in buckets before that of the lower one
        int first = 0;
        while (below + counts[first] <= low)
        {
            below += counts[first++];
        }

        int last = first;
        for (int reached = below + counts[first]; reached <= high; reached += counts[last])
        {
            last++;
        }

        double[] middle = Array.FindAll(_pairs, value => Bucket(value) >= first && Bucket(value) <= last);
        RadixSort.Sort(middle);
        return (middle[low - below], middle[high - below]);
    }

    /// <summary>The sums of the true split.</summary>
    internal PairSums Sums()
    {
        double[] isCurrent = new double[_rows];
        isCurrent.AsSpan(_referenceRows).Fill(1);
        var splits = new SplitPanels(_rows, 1);
        splits.Set(0, isCurrent);
        return Sums(splits, CancellationToken.None)[0];
    }

    /// <summary>The sums of splits drawn at random: so many rows to each side as in the true one.</summary>
    internal PairSums[] Permuted(int permutations, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        double[] isCurrent = new double[_rows];
        isCurrent.AsSpan(_referenceRows).Fill(1);
        var splits = new SplitPanels(_rows, permutations);
        for (int p = 0; p < permutations; p++)
        {
            random.Shuffle(isCurrent);
            splits.Set(p, isCurrent);
        }

        return Sums(splits, cancellationToken);
    }

    private static int First(int row) => row * (row - 1) / 2;

    /// <summary>A number ≥ 0 by its exponent and the first five binary digits: 32 buckets from one power of two to the next, in the order of the numbers.</summary>
    private static int Bucket(double value) => (int)(BitConverter.DoubleToInt64Bits(value) >> 47);

    private PairSums[] Sums(SplitPanels splits, CancellationToken cancellationToken)
    {
        double[] rowSums = RowSums();
        double total = rowSums.Sum();
        double[] within = Within(splits, cancellationToken);
        double[] ofCurrentRows = splits.WeightedCounts(rowSums);
        int currentRows = _rows - _referenceRows;
        var sums = new PairSums[splits.Count];
        for (int p = 0; p < sums.Length; p++)
        {
            double across = ofCurrentRows[p] - within[p];
            sums[p] = new PairSums(_referenceRows, currentRows, total - within[p] - (2 * across), within[p], across, _referenceRows * _own, currentRows * _own);
        }

        return sums;
    }

    /// <summary>The sum of each row of the whole table.</summary>
    private double[] RowSums()
    {
        double[] sums = new double[_rows];
        sums.AsSpan().Fill(_own);
        for (int i = 1; i < _rows; i++)
        {
            ReadOnlySpan<double> before = _pairs.AsSpan(First(i), i);
            double own = 0;
            Span<double> others = sums.AsSpan(0, i);
            System.Numerics.Tensors.TensorPrimitives.Add(others, before, others);
            foreach (double value in before)
            {
                own += value;
            }

            sums[i] += own;
        }

        return sums;
    }

    /// <summary>For each split the sum over the ordered pairs of current rows: <c>Σᵢ vᵢ·(2·Σⱼ﹤ᵢ pairᵢⱼ·vⱼ + own)</c>, v = 1 for a current row and else 0.</summary>
    private double[] Within(SplitPanels splits, CancellationToken cancellationToken)
    {
        int tiles = (_rows + OuterSums.Tall - 1) / OuterSums.Tall;
        double[][] ofTile = new double[tiles][]; // added up in their order, so that threads change no bit
        Parallel.For(
            0,
            tiles,
            new ParallelOptions { CancellationToken = cancellationToken },
            () => (Columns: new double[_rows * OuterSums.Tall], Sums: new double[OuterSums.Tall * OuterSums.Wide]),
            (tile, _, buffers) =>
            {
                int first = tile * OuterSums.Tall;
                int count = Math.Min(OuterSums.Tall, _rows - first);
                int columns = first + count - 1; // the last row of the tile has most rows before it
                Interleave(first, count, columns, buffers.Columns);
                double[] found = new double[splits.Panels * OuterSums.Wide];
                for (int panel = 0; panel < splits.Panels; panel++)
                {
                    ReadOnlySpan<double> sides = splits[panel];
                    Array.Clear(buffers.Sums);
                    OuterSums.Add(buffers.Columns, OuterSums.Tall, sides, OuterSums.Wide, columns, buffers.Sums, OuterSums.Wide);
                    Span<double> ofPanel = found.AsSpan(panel * OuterSums.Wide, OuterSums.Wide);
                    for (int r = 0; r < count; r++)
                    {
                        ReadOnlySpan<double> side = sides.Slice((first + r) * OuterSums.Wide, OuterSums.Wide);
                        ReadOnlySpan<double> toCurrent = buffers.Sums.AsSpan(r * OuterSums.Wide, OuterSums.Wide);
                        for (int c = 0; c < OuterSums.Wide; c++)
                        {
                            ofPanel[c] += side[c] * ((2 * toCurrent[c]) + _own);
                        }
                    }
                }

                ofTile[tile] = found;
                return buffers;
            },
            _ => { });

        double[] within = new double[splits.Panels * OuterSums.Wide];
        foreach (double[] found in ofTile)
        {
            System.Numerics.Tensors.TensorPrimitives.Add(within, found, within);
        }

        return within;
    }

    /// <summary>Eight rows of the table, column after column; 0 where a row has no pair any more.</summary>
    private void Interleave(int first, int count, int columns, double[] to)
    {
        to.AsSpan(0, columns * OuterSums.Tall).Clear();
        for (int r = 0; r < count; r++)
        {
            ReadOnlySpan<double> row = _pairs.AsSpan(First(first + r), first + r);
            for (int j = 0; j < row.Length; j++)
            {
                to[(j * OuterSums.Tall) + r] = row[j];
            }
        }
    }
}
