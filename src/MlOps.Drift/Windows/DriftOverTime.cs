using MlOps.Data;

namespace MlOps.Drift.Windows;

/// <summary>A history cut into windows, each compared with the past that a <see cref="ReferenceWindow"/> chooses for it.</summary>
/// <remarks>
/// Every window is judged by the rule of <see cref="DriftReport"/>. Rows may come in any order. Rows without a time and rows outside all
/// windows are counted, not dropped in silence. Within a window the p-values are corrected for the number of columns, not for the
/// number of windows: with many windows expect a false alarm now and then, and measure how often with <c>ThresholdCalibration</c>.
/// </remarks>
public sealed partial record DriftOverTime
{
    private DriftOverTime(IReadOnlyList<WindowDrift> windows, ReferenceWindow reference, int rowsWithoutTime, int rowsOutside) =>
        (Windows, Reference, RowsWithoutTime, RowsOutside) = (windows, reference, rowsWithoutTime, rowsOutside);

    /// <summary>Gets the windows by time.</summary>
    public IReadOnlyList<WindowDrift> Windows { get; }

    /// <summary>Gets the choice of the reference.</summary>
    public ReferenceWindow Reference { get; }

    /// <summary>Gets the number of rows whose time is missing; they are in no window.</summary>
    public int RowsWithoutTime { get; }

    /// <summary>Gets the number of rows before the first or after the last window, or between two; they may still serve as a reference.</summary>
    public int RowsOutside { get; }

    /// <summary>Gets the windows that drifted, at least moderately.</summary>
    public IEnumerable<WindowDrift> Alarms => Windows.Where(window => window.Level > DriftLevel.None);

    /// <summary>Compares every window of a history with the past chosen for it.</summary>
    /// <param name="history">All rows, those of the references too.</param>
    /// <param name="timeColumn">When a row happened: a column of times.</param>
    /// <param name="windows">The windows, such as <see cref="Period.Months"/>; in order and without overlap.</param>
    /// <param name="reference">Which past each is compared with.</param>
    /// <param name="options">Columns, tests and thresholds. The default compares all columns but the time column.</param>
    /// <param name="minRows">A window or reference with fewer rows is skipped, and says so. At least 1, default 30.</param>
    /// <param name="progress">Receives the share of finished windows, rising to 1.</param>
    /// <param name="cancellationToken">Stops between two columns.</param>
    /// <exception cref="ArgumentException">There is no window, windows overlap, or a comparison is refused as in <see cref="DriftReport.Compare"/>.</exception>
    public static DriftOverTime Compare(
        Table history,
        string timeColumn,
        IReadOnlyList<Period> windows,
        ReferenceWindow reference,
        DriftOptions? options = null,
        int minRows = 30,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(reference);
        Guard.AtLeast(minRows, 1);
        InOrder(windows);
        var rows = new RowsByTime(history, timeColumn);
        options ??= new DriftOptions();
        options = options.Columns is null
            ? options with { Columns = [.. history.Columns.Select(column => column.Name).Where(name => name != timeColumn)] }
            : options;

        var compared = new List<WindowDrift>();
        for (int i = 0; i < windows.Count; i++)
        {
            foreach ((Period part, Season? season) in reference.Seasons?.Cut(windows[i]) ?? [(windows[i], null)])
            {
                compared.Add(Compare(rows, part, season, reference, options, minRows, cancellationToken));
            }

            progress?.Report((i + 1.0) / windows.Count);
        }

        return new DriftOverTime(compared, reference, rows.WithoutTime, rows.Count - windows.Sum(window => rows.In(window).Length));
    }

    private static WindowDrift Compare(
        RowsByTime rows, Period part, Season? season, ReferenceWindow choice, DriftOptions options, int minRows, CancellationToken cancellationToken)
    {
        int[] current = rows.In(part);
        (Period? past, string? reason) = choice.For(part, season);
        if (past is null)
        {
            return new WindowDrift(part, season?.Name, null, new RowCounts(0, current.Length), null, reason);
        }

        int[] before = season is null && choice.Seasons is { } seasons ? rows.In(past, time => seasons.At(time) is null) : rows.In(past);
        var counts = new RowCounts(before.Length, current.Length);
        if (Math.Min(before.Length, current.Length) < minRows)
        {
            string few = before.Length < minRows ? $"only {before.Length} rows in the reference {past}" : $"only {current.Length} rows";
            return new WindowDrift(part, season?.Name, past, counts, null, $"{few}; {minRows} are needed");
        }

        DriftReport report = DriftReport.Compare(rows.Table.Take(before), rows.Table.Take(current), options, cancellationToken: cancellationToken);
        return new WindowDrift(part, season?.Name, past, counts, report, null);
    }

    private static void InOrder(IReadOnlyList<Period> windows)
    {
        if (windows.Count == 0)
        {
            throw new ArgumentException("There is no window to compare.", nameof(windows));
        }

        for (int i = 1; i < windows.Count; i++)
        {
            if (windows[i].From < windows[i - 1].To)
            {
                throw new ArgumentException($"Windows must follow each other; {windows[i]} begins before {windows[i - 1]} ends.", nameof(windows));
            }
        }
    }
}
