namespace MlOps.Learning.SupportVectors;

/// <summary>Rows of the kernel matrix of the training cases, made when asked for; the latest used are kept.</summary>
internal sealed class KernelRows
{
    /// <summary>Multiplications above which a row is worth a second thread.</summary>
    private const long WorthSharing = 400_000;

    private readonly Matrix _x;
    private readonly RowPanels _panels;
    private readonly double _gamma;
    private readonly double[]?[] _rows;
    private readonly LinkedListNode<int>[] _nodes;
    private readonly LinkedList<int> _latest = new();
    private readonly int _capacity;

    internal KernelRows(Matrix x, double gamma, long bytes)
    {
        _x = x;
        _gamma = gamma;
        _panels = new RowPanels(x.Values, x.RowCount, x.ColumnCount);
        _rows = new double[x.RowCount][];
        _nodes = [.. Enumerable.Range(0, x.RowCount).Select(i => new LinkedListNode<int>(i))];
        _capacity = (int)Math.Clamp(bytes / (sizeof(double) * (long)_panels.PaddedCount), 2, int.MaxValue); // a pair is used at a time
    }

    /// <summary>K(i, ·), padded to a multiple of eight; valid until two other rows have been asked for.</summary>
    internal double[] this[int i]
    {
        get
        {
            if (_rows[i] is double[] known)
            {
                _latest.Remove(_nodes[i]);
                _latest.AddLast(_nodes[i]);
                return known;
            }

            double[]? row = null;
            if (_latest.Count >= _capacity)
            {
                int oldest = _latest.First!.Value;
                _latest.RemoveFirst();
                (row, _rows[oldest]) = (_rows[oldest], null);
            }

            row ??= new double[_panels.PaddedCount];
            Compute(i, row);
            _rows[i] = row;
            _latest.AddLast(_nodes[i]);
            return row;
        }
    }

    private void Compute(int i, double[] row)
    {
        int parts = (long)row.Length * _x.ColumnCount > WorthSharing ? Environment.ProcessorCount : 1;
        if (parts == 1)
        {
            Part(0, row.Length);
            return;
        }

        int size = FixedOrder.Padded((row.Length + parts - 1) / parts);
        Parallel.For(0, (row.Length + size - 1) / size, part => Part(part * size, Math.Min(row.Length, (part + 1) * size)));

        void Part(int start, int end)
        {
            Span<double> values = row.AsSpan(start, end - start);
            _panels.SquaredDistances(_x.Row(i), start, end, values);
            GaussianKernel.OfSquaredDistances(values, _gamma);
        }
    }
}
