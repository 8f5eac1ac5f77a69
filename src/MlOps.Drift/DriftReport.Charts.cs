using System.Globalization;
using MlOps.Charts;
using MlOps.Drift.Reporting;

namespace MlOps.Drift;

public sealed partial record DriftReport
{
    /// <summary>Bars drawn in the overview; more would not be read.</summary>
    private const int ShownColumns = 25;

    /// <summary>Draws the PSI of every column, the largest on top, with both limits. At most 25 columns.</summary>
    /// <exception cref="InvalidOperationException">No column has a PSI: each lacks all values on one side.</exception>
    public Figure Chart()
    {
        ColumnDrift[] tested = [.. Columns.Where(c => c.Tests.Count > 0).OrderByDescending(c => c["psi"].Statistic)];
        if (tested.Length == 0)
        {
            throw new InvalidOperationException("No column could be tested, as each lacks all values on one side: there is no PSI to draw.");
        }

        ColumnDrift[] shown = [.. tested.Take(ShownColumns)];
        string[] labels = [.. shown.Select(c => c.Drift ? $"{c.Name} {ReportTable.Level(c.Level)[0]}" : c.Name)]; // the symbol: beside long names there is no room for the word
        double[] psi = [.. shown.Select(c => c["psi"].Statistic)];
        string rest = tested.Length > shown.Length ? $"; the {shown.Length} largest of {tested.Length} columns" : "";
        return MlOps.Charts.Chart.HorizontalBar(labels, psi, "PSI", Role.Current)
            .Titled(Headline(), ReportTable.RowCounts(this) + rest + (shown.Any(c => c.Drift) ? "; ▲ moderate, ■ significant" : ""))
            .XAxis("population stability index", "nats")
            .VerticalThreshold(Options.PsiModerate, Limit("moderate", Options.PsiModerate))
            .VerticalThreshold(Options.PsiSignificant, Limit("significant", Options.PsiSignificant), Role.Alarm);
    }

    /// <summary>Draws one column's distribution, reference beside current: round bins of equal width for numbers, levels for categories.</summary>
    /// <param name="column">The column's name.</param>
    /// <remarks>Shares of the present rows, in percent; the outer bins are open. Error bars (95 %, normal approximation) where a side has
    /// fewer than 1,000 rows. Of more than 12 levels the rarest are joined.</remarks>
    /// <exception cref="KeyNotFoundException">The report has no such column.</exception>
    /// <exception cref="InvalidOperationException">The column has no value on one side.</exception>
    public Figure ColumnChart(string column) => ColumnFigure.Draw(this, this[column]);

    private static string Limit(string word, double value) => string.Create(CultureInfo.InvariantCulture, $"{word}: {value:0.###}, rule of thumb");
}
