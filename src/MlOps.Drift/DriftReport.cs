using MlOps.Data;
using MlOps.Drift.Reporting;

namespace MlOps.Drift;

/// <summary>What has drifted between two tables, column by column.</summary>
/// <remarks>
/// <b>The rule.</b> A column has drifted when its shift is both <i>large enough to matter</i> (PSI ≥ <see cref="DriftOptions.PsiModerate"/>)
/// and <i>too large for chance</i> (the p-value of ks or chi2 is below its corrected threshold; if those were left out, that of the first of
/// anderson-darling, cramer-von-mises, mann-whitney, welch, and of g, fisher, z, that was run). It is
/// <see cref="DriftLevel.Significant"/> when PSI is also ≥ <see cref="DriftOptions.PsiSignificant"/> and above PSI's own chance threshold,
/// otherwise <see cref="DriftLevel.Moderate"/>. With many rows every p-value is tiny and PSI decides; with few rows PSI is mostly noise
/// and the p-value decides. If every test with a p-value was left out, PSI's chance threshold takes its place. The distances are reported
/// with verdicts of their own but do not change the level. A column without any value on one side is significant.
/// <para><b>The tests.</b> Numbers (double, long): psi, ks, wasserstein, jensen-shannon, kl, the binned ones over the bins of
/// <see cref="DriftOptions.Binning"/>. Text and true/false: psi, chi2, jensen-shannon, kl over the levels. More on request
/// (<see cref="DriftOptions.Tests"/>); the p-values of one test over all columns are corrected together. Times, and texts that are almost
/// all different, are skipped and listed. Missing values are left out of the tests, counted, and a rise of their share is noted. Every
/// p-value stands beside an effect size, every distance beside the value it would take by chance (<see cref="DriftTestResult.Chance"/>).</para>
/// Immutable. Equal input gives an equal report, whatever the number of threads.
/// </remarks>
public sealed partial record DriftReport
{
    private DriftReport(RowCounts rows, IReadOnlyList<ColumnDrift> columns, IReadOnlyList<SkippedColumn> skipped, DriftOptions options) =>
        (Rows, Columns, Skipped, Options) = (rows, columns, skipped, options);

    /// <summary>Gets the rows of both tables.</summary>
    public RowCounts Rows { get; }

    /// <summary>Gets the compared columns, in the reference's order.</summary>
    public IReadOnlyList<ColumnDrift> Columns { get; }

    /// <summary>Gets the columns that were left out, with the reason.</summary>
    public IReadOnlyList<SkippedColumn> Skipped { get; }

    /// <summary>Gets the settings of this comparison.</summary>
    public DriftOptions Options { get; }

    /// <summary>Gets the share of compared columns that have drifted, in [0, 1].</summary>
    public double DriftedShare => (double)Columns.Count(c => c.Drift) / Columns.Count;

    /// <summary>Gets the worst level of any column.</summary>
    public DriftLevel Level => Columns.Max(c => c.Level);

    /// <summary>Gets a column by name.</summary>
    /// <exception cref="KeyNotFoundException">The report has no such column; the message lists those it has.</exception>
    public ColumnDrift this[string column] =>
        Columns.FirstOrDefault(c => c.Name == column)
            ?? throw new KeyNotFoundException($"The report has no column '{column}'. There are: {string.Join(", ", Columns.Select(c => c.Name))}.");

    /// <summary>Compares two tables column by column, several columns at a time.</summary>
    /// <param name="reference">What the model was trained on, or any period that was in order. At least one row.</param>
    /// <param name="current">What it sees now. At least one row.</param>
    /// <param name="options">Columns, tests and thresholds; the defaults if null.</param>
    /// <param name="progress">Receives the share of finished columns, rising to 1.</param>
    /// <param name="cancellationToken">Stops the comparison between two columns.</param>
    /// <exception cref="ArgumentException">A table has no rows; the columns differ; a column has two types or holds an infinite
    /// number (unless the options say to count those); no column can be compared; or the options contradict each other. The message names column, side and remedy.</exception>
    /// <exception cref="OperationCanceledException">The comparison was cancelled.</exception>
    public static DriftReport Compare(
        Table reference,
        Table current,
        DriftOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        options ??= new DriftOptions();
        options.Check();

        var comparison = new Comparison(options);
        IReadOnlyList<ColumnDrift> columns = comparison.Run(ColumnPair.Of(reference, current, options.Columns), progress, cancellationToken);
        return new DriftReport(new RowCounts(reference.RowCount, current.RowCount), columns, comparison.Skipped, options);
    }

    /// <summary>The report on columns whose evidence was gathered elsewhere.</summary>
    internal static DriftReport FromSummaries(
        RowCounts rows, IReadOnlyList<ColumnSummary> columns, IReadOnlyList<SkippedColumn> skipped, DriftOptions options) =>
        new(rows, Comparison.Judge(rows, columns, options), skipped, options);

    /// <summary>Returns whether some column has drifted at least as far as <paramref name="level"/>: the question of a gate.</summary>
    public bool MeetsOrExceeds(DriftLevel level) => Level >= level;
}
