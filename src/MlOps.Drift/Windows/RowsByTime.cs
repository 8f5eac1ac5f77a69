using MlOps.Data;

namespace MlOps.Drift.Windows;

/// <summary>The rows of a table, found by time.</summary>
internal sealed class RowsByTime
{
    private readonly DateTime[] _times;
    private readonly int[] _rows;

    internal RowsByTime(Table table, string timeColumn)
    {
        Table = table;
        Column<DateTime> times = table.Times(timeColumn);
        _rows = [.. Enumerable.Range(0, table.RowCount).Where(row => times[row] is not null)];
        _times = Array.ConvertAll(_rows, row => times[row]!.Value);
        Array.Sort(_times, _rows); // rows of one moment stay together; their order inside a window changes no statistic
        WithoutTime = table.RowCount - _rows.Length;
    }

    internal Table Table { get; }

    internal int WithoutTime { get; }

    internal int Count => _rows.Length;

    internal int[] In(Period period) => _rows[First(period.From)..First(period.To)];

    internal int[] In(Period period, Func<DateTime, bool> keep)
    {
        var kept = new List<int>();
        for (int i = First(period.From); i < First(period.To); i++)
        {
            if (keep(_times[i]))
            {
                kept.Add(_rows[i]);
            }
        }

        return [.. kept];
    }

    /// <summary>The index of the first time that is not before a moment.</summary>
    private int First(DateTime moment)
    {
        (int low, int high) = (0, _times.Length);
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = _times[middle] < moment ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
