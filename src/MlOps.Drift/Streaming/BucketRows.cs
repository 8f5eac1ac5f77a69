namespace MlOps.Drift.Streaming;

/// <summary>ADWIN's exponential histogram: row i holds up to <c>maxBuckets</c> buckets of 2ⁱ values each, oldest first; row 0 is the newest.</summary>
/// <remarks>
/// A row that grows too long joins its two oldest buckets into one of the next row. Which buckets are joined does not depend on when, so
/// values first gather in row 0 and are joined many at a time: see <see cref="Settle"/>. A row is a stretch of an array that slides to the
/// right as its oldest buckets leave, and starts again at the left when it meets the end. All rows that 2³⁰ values need are there from
/// the start.
/// </remarks>
internal sealed class BucketRows
{
    private const int FirstRows = 32;
    private const int MostRows = 60;

    /// <summary>Values that row 0 may gather before they are joined.</summary>
    private const int Gathered = 64;

    private const long ExponentBias = 1023;
    private const int MantissaBits = 52;

    private readonly int _maxBuckets;
    private double[] _totals;
    private double[] _squares;
    private int[] _left; // where each row's stretch begins, and where the last ends
    private int[] _first; // where each row's oldest bucket is
    private int[] _size;
    private int _rows;

    internal BucketRows(int maxBuckets)
    {
        _maxBuckets = maxBuckets;
        _left = Stretches(FirstRows);
        _totals = new double[_left[^1]];
        _squares = new double[_left[^1]];
        _first = new int[FirstRows];
        _size = new int[FirstRows];
        Clear();
    }

    /// <summary>Gets the rows in use, at least 1.</summary>
    internal int Rows => _rows;

    /// <summary>Gets the values in all buckets.</summary>
    internal long Width
    {
        get
        {
            long width = 0;
            for (int row = 0; row < _rows; row++)
            {
                width += (long)_size[row] << row;
            }

            return width;
        }
    }

    /// <summary>The sums of a row's buckets, oldest first. Settled rows only.</summary>
    internal ReadOnlySpan<double> Totals(int row) => _totals.AsSpan(_first[row], _size[row]);

    /// <summary>Adds a bucket of one value.</summary>
    internal void Add(double value)
    {
        int at = _first[0] + _size[0];
        _totals[at] = value;
        _size[0]++;
        if (at + 1 == _left[1])
        {
            Settle();
        }
    }

    /// <summary>Joins the oldest buckets of every row that is too long.</summary>
    internal void Settle()
    {
        for (int row = 0; _size[row] > _maxBuckets; row++)
        {
            if (row + 1 == _rows)
            {
                AddRow();
            }

            JoinOldest(row, (_size[row] - _maxBuckets + 1) / 2);
        }

        MakeRoom(0, Gathered);
    }

    /// <summary>Takes the oldest bucket out: its values, their sum and their sum of squares about their mean. Settled rows only.</summary>
    internal (double Count, double Total, double Squares) RemoveOldest()
    {
        int row = _rows - 1;
        int at = _first[row]++;
        if (--_size[row] == 0 && _rows > 1)
        {
            _rows--;
        }

        return (1L << row, _totals[at], row == 0 ? 0 : _squares[at]);
    }

    internal void Clear()
    {
        _first[0] = 0;
        _size[0] = 0;
        _rows = 1;
    }

    internal void Exchange(DetectorState state)
    {
        Settle();
        int rows = _rows;
        state.Whole("rows", ref rows, MostRows);
        state.Demand(rows > 0, "there is no row of buckets");
        while (_rows < rows)
        {
            AddRow();
        }

        for (int row = 0; row < rows; row++)
        {
            string name = FormattableString.Invariant($"row{row}");
            state.Whole(name, ref _size[row], _maxBuckets);
            state.Numbers(name + "Totals", _totals.AsSpan(_first[row], _size[row]));
            if (row > 0)
            {
                state.Numbers(name + "Squares", _squares.AsSpan(_first[row], _size[row]));
            }
        }

        state.Demand(rows == 1 || !_size.AsSpan(0, rows).Contains(0), "a row of buckets is empty");
    }

    /// <summary>Joins a row's oldest buckets in pairs, h values each: the squares grow by <c>h/2 · (x̄₁ − x̄₂)²</c>.</summary>
    private void JoinOldest(int row, int pairs)
    {
        MakeRoom(row + 1, pairs);
        ReadOnlySpan<double> totals = _totals.AsSpan(_first[row], 2 * pairs);
        ReadOnlySpan<double> squares = _squares.AsSpan(_first[row], 2 * pairs);
        Span<double> joinedTotals = _totals.AsSpan(_first[row + 1] + _size[row + 1], pairs);
        Span<double> joinedSquares = _squares.AsSpan(_first[row + 1] + _size[row + 1], pairs);
        double inverse = BitConverter.Int64BitsToDouble((ExponentBias - row) << MantissaBits); // 1/h, h a power of 2: exact, and no division
        for (int i = 0; i < joinedTotals.Length; i++)
        {
            double gap = totals[2 * i] - totals[(2 * i) + 1];
            double within = row == 0 ? 0 : squares[2 * i] + squares[(2 * i) + 1];
            joinedTotals[i] = totals[2 * i] + totals[(2 * i) + 1];
            joinedSquares[i] = within + (0.5 * gap * (gap * inverse));
        }

        _first[row] += 2 * pairs;
        _size[row] -= 2 * pairs;
        _size[row + 1] += pairs;
    }

    /// <summary>Slides a row to the left end of its stretch unless so many buckets more fit behind it.</summary>
    private void MakeRoom(int row, int buckets)
    {
        int first = _first[row];
        int left = _left[row];
        if (first + _size[row] + buckets > _left[row + 1])
        {
            _totals.AsSpan(first, _size[row]).CopyTo(_totals.AsSpan(left));
            _squares.AsSpan(first, _size[row]).CopyTo(_squares.AsSpan(left));
            _first[row] = left;
        }
    }

    /// <summary>Twice what a settled row holds, and as much as can come from below at a time.</summary>
    private int[] Stretches(int rows)
    {
        int[] left = new int[rows + 1];
        for (int row = 0; row < rows; row++)
        {
            left[row + 1] = left[row] + (2 * (_maxBuckets + 1)) + (row < 31 ? (2 * Gathered) >> row : 0);
        }

        return left;
    }

    private void AddRow()
    {
        if (_rows == _size.Length)
        {
            _left = Stretches(2 * _rows);
            Array.Resize(ref _totals, _left[^1]);
            Array.Resize(ref _squares, _left[^1]);
            Array.Resize(ref _first, 2 * _rows);
            Array.Resize(ref _size, 2 * _rows);
        }

        _first[_rows] = _left[_rows];
        _size[_rows] = 0;
        _rows++;
    }
}
