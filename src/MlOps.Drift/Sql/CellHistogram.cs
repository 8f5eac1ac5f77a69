namespace MlOps.Drift.Sql;

/// <summary>Distances and quantiles from cells that do not overlap, with bounds of their errors.</summary>
/// <remarks>
/// At the end of each cell F − G is known exactly: its largest size is <see cref="Statistic"/> ≤ D. Inside a cell with shares f and g it can
/// exceed the value before the cell by f at most, or fall g below it. A cell that holds one single value has no inside.
/// <para>For wasserstein every value moves to the middle of its cell, by half the cell's range at most: by the triangle inequality the
/// distance changes by no more than Σ (f + g) · (max − min) / 2.</para>
/// </remarks>
internal sealed class CellHistogram
{
    private readonly Cell[] _cells;
    private readonly long _n;
    private readonly long _m;

    internal CellHistogram(Cell[] cells)
    {
        _cells = cells;
        (_n, _m) = (cells.Sum(c => c.Reference), cells.Sum(c => c.Current));
        Measure();
    }

    internal double Statistic { get; private set; }

    /// <summary>D − <see cref="Statistic"/> is at most this.</summary>
    internal double StatisticError { get; private set; }

    internal double Distance { get; private set; }

    /// <summary>|W₁ − <see cref="Distance"/>| is at most this.</summary>
    internal double DistanceError { get; private set; }

    internal double ReferenceQuantile(double share) => Quantile(share, _n, cell => cell.Reference);

    internal double CurrentQuantile(double share) => Quantile(share, _m, cell => cell.Current);

    private void Measure()
    {
        (long i, long j) = (0, 0);
        double before = 0;
        double highest = 0;
        for (int k = 0; k < _cells.Length; k++)
        {
            Cell cell = _cells[k];
            double f = (double)cell.Reference / _n;
            double g = (double)cell.Current / _m;
            if (cell.Max > cell.Min)
            {
                highest = Math.Max(highest, Math.Max(before + f, g - before));
                DistanceError += (f + g) * ((cell.Max / 2) - (cell.Min / 2));
            }

            (i, j) = (i + cell.Reference, j + cell.Current);
            before = Math.Abs(((double)i * _m) - ((double)j * _n)) / ((double)_n * _m);
            Statistic = Math.Max(Statistic, before);
            Distance += k + 1 < _cells.Length ? before * (_cells[k + 1].Middle - cell.Middle) : 0;
            before = ((double)i / _n) - ((double)j / _m);
        }

        StatisticError = Math.Max(0, Math.Min(1, highest) - Statistic);
    }

    /// <summary>A border of a cell next to the quantile; the same counts lie below it as below the quantile where every cell holds one single value.</summary>
    private double Quantile(double share, long count, Func<Cell, long> countOf)
    {
        double position = (count - 1) * share;
        long passed = 0;
        for (int k = 0; k < _cells.Length; k++)
        {
            long upTo = passed + countOf(_cells[k]);
            if (upTo > position)
            {
                bool isSingle = _cells[k].Min == _cells[k].Max;
                bool next = isSingle ? position > upTo - 1 : position - passed > upTo - position;
                return next && k + 1 < _cells.Length ? _cells[k + 1].Min : _cells[k].Min;
            }

            passed = upTo;
        }

        return _cells[^1].Max;
    }
}
