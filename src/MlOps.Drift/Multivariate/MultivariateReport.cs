using MlOps.Data;

namespace MlOps.Drift.Multivariate;

/// <summary>Drift of whole rows: what changed in how the columns go together, which no test of single columns can see.</summary>
/// <remarks>
/// <b>The rule.</b> The rows have drifted when a model can tell the tables apart well enough to matter (AUC of the
/// <see cref="DomainClassifier"/> ≥ <see cref="MultivariateOptions.AucThreshold"/>) and better than chance (its p-value is below
/// <see cref="MultivariateOptions.Alpha"/>). The energy and MMD tests and the PCA reconstruction are reported with verdicts of their own.
/// <para>Numbers enter as they are, true/false as 1 and 0, a text of few levels as one 0/1 column a level. Rows that miss a value or hold an infinite one
/// are left out and counted. For energy, MMD and PCA the columns are standardised by the reference.</para>
/// Immutable. Equal seeds give an equal report, whatever the number of threads.
/// </remarks>
public sealed partial record MultivariateReport
{
    private MultivariateReport(MultivariateOptions options) => Options = options;

    /// <summary>Gets the rows of both tables.</summary>
    public required RowCounts Rows { get; init; }

    /// <summary>Gets the rows left out because a value is missing.</summary>
    public required RowCounts Missing { get; init; }

    /// <summary>Gets the rows left out because a number is infinite.</summary>
    public required RowCounts Infinite { get; init; }

    /// <summary>Gets the columns that were compared together, with what each gives away.</summary>
    public required IReadOnlyList<ColumnContribution> Columns { get; init; }

    /// <summary>Gets the columns that were left out, with the reason.</summary>
    public required IReadOnlyList<SkippedColumn> Skipped { get; init; }

    /// <summary>Gets the domain-classifier test, which decides.</summary>
    public required DomainClassifier Domain { get; init; }

    /// <summary>Gets the energy test.</summary>
    public required EnergyTest Energy { get; init; }

    /// <summary>Gets the maximum mean discrepancy.</summary>
    public required MaximumMeanDiscrepancy Mmd { get; init; }

    /// <summary>Gets the reconstruction by the reference's principal components; null when every column of the reference is constant.</summary>
    public required PcaReconstruction? Pca { get; init; }

    /// <summary>Gets the settings of this comparison.</summary>
    public MultivariateOptions Options { get; }

    /// <summary>Gets a value indicating whether the rows have drifted.</summary>
    public bool Drift => Domain.PValue < Options.Alpha && Domain.Auc >= Options.AucThreshold;

    /// <summary>Compares the rows of two tables.</summary>
    /// <param name="reference">What the model was trained on. At least 20 rows without a missing value.</param>
    /// <param name="current">What it sees now. As many.</param>
    /// <param name="options">Columns, seeds and thresholds; the defaults if null.</param>
    /// <param name="progress">Receives the share of finished work, rising to 1.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <exception cref="ArgumentException">A column is missing on one side or has two types, fewer than two columns take part, or too few rows are left.</exception>
    public static MultivariateReport Compare(
        Table reference, Table current, MultivariateOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        options ??= new MultivariateOptions();
        CodedTable coded = CodedTable.Of(reference, current, options);
        int width = coded.Sources.Count;
        Enough(coded.Reference.Length / width, reference, options, nameof(reference));
        Enough(coded.Current.Length / width, current, options, nameof(current));

        (double[] r, double[] c) = coded.Standardised();
        EnergyTest energy = EnergyTest.Test(r, c, width, options.Permutations, cancellationToken);
        progress?.Report(0.25);
        MaximumMeanDiscrepancy mmd = MaximumMeanDiscrepancy.Test(r, c, width, null, options.Permutations, cancellationToken);
        progress?.Report(0.5);
        PcaReconstruction? pca = Array.TrueForAll(r, value => value == 0) ? null : PcaReconstruction.Measure(r, c, width);
        progress?.Report(0.6);
        DomainClassifier domain = DomainClassifier.Test(coded.Reference, coded.Current, width, options.Classifier, cancellationToken);
        progress?.Report(1);
        return new MultivariateReport(options)
        {
            Rows = new RowCounts(reference.RowCount, current.RowCount),
            Missing = coded.Missing,
            Infinite = coded.Infinite,
            Columns =
            [
                .. coded.Sources.Zip(domain.Contributions).GroupBy(pair => pair.First)
                    .Select(column => new ColumnContribution(column.Key, column.Sum(pair => pair.Second))),
            ],
            Skipped = coded.Skipped,
            Domain = domain,
            Energy = energy,
            Mmd = mmd,
            Pca = pca,
        };
    }

    private static void Enough(int rows, Table table, MultivariateOptions options, string side)
    {
        int needed = Math.Max(20, 2 * options.Classifier.Folds);
        if (rows < needed)
        {
            string worst = table.RowCount == 0 ? "" : table.Columns.MaxBy(column => column.MissingCount) is { MissingCount: > 0 } column
                ? $" '{column.Name}' misses most values ({column.MissingCount}); leave it out with MultivariateOptions.Columns."
                : "";
            throw new ArgumentException($"Of {table.RowCount} {side} rows {rows} have every value; {needed} are needed.{worst}", side);
        }
    }
}
