namespace MlOps.Drift;

/// <summary>What a drift report found in one column.</summary>
/// <param name="Name">The column.</param>
/// <param name="Type">How its values were read.</param>
/// <param name="Tests">The tests, psi first; empty when one side has no value at all or the type has changed.</param>
/// <param name="Level">The verdict; see <see cref="DriftReport"/> for the rule.</param>
/// <param name="Missing">Rows without a value, left out of the tests.</param>
/// <param name="Notes">Anything a reader should know beside the numbers: missing and infinite values, new levels, a changed
/// type, rough p-values.</param>
public sealed record ColumnDrift(
    string Name, DriftColumnType Type, IReadOnlyList<DriftTestResult> Tests, DriftLevel Level, RowCounts Missing, IReadOnlyList<string> Notes)
{
    /// <summary>Gets a value indicating whether the column has drifted, moderately or significantly.</summary>
    public bool Drift => Level != DriftLevel.None;

    /// <summary>Gets the infinite numbers, left out of the tests; zero on both sides unless <see cref="DriftOptions.Infinities"/> counts them.</summary>
    public RowCounts Infinite { get; init; }

    /// <summary>Gets the name of the test whose p-value tells whether a shift is real; null if none was run, so that PSI's chance threshold does.</summary>
    public string? DecidingTest { get; init; }

    /// <summary>Gets the PSI that chance alone exceeds with probability 0.05 at these sample sizes; null when nothing was tested.</summary>
    public double? PsiChanceThreshold { get; init; }

    /// <summary>Gets a numeric column's bins, those of the psi, jensen-shannon and kl tests; null for other columns.</summary>
    public BinCounts? Bins { get; init; }

    /// <summary>Gets a numeric column's histogram over round, equally wide bins, made for the eye; null for other columns.</summary>
    public BinCounts? Histogram { get; init; }

    /// <summary>Gets a categorical column's level counts; null for other columns.</summary>
    public LevelCounts? Levels { get; init; }

    /// <summary>Gets a test by its name.</summary>
    /// <exception cref="KeyNotFoundException">This column has no such test; the message lists those it has.</exception>
    public DriftTestResult this[string test] =>
        Tests.FirstOrDefault(t => t.Name == test)
            ?? throw new KeyNotFoundException($"Column '{Name}' has no test '{test}'. There are: {string.Join(", ", Tests.Select(t => t.Name))}.");
}
