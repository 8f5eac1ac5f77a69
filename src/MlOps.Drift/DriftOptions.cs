namespace MlOps.Drift;

/// <summary>What a drift report tests and where it draws its lines. Change single settings with <c>new DriftOptions { … }</c> or <c>with</c>.</summary>
/// <remarks>The thresholds for PSI and the distances are rules of thumb, not theory; sources disagree (for PSI some draw the upper line at 0.2,
/// others at 0.25). Choose them by the false alarms you can afford.</remarks>
public sealed record DriftOptions
{
    /// <summary>Gets the columns to compare; null compares all, and both tables must then have the same ones.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Gets the tests to run; <see cref="DriftTests.Default"/> unless set. <see cref="DriftTests.Psi"/> must be among them.</summary>
    public DriftTests Tests { get; init; } = DriftTests.Default;

    /// <summary>Gets the PSI from which on a shift is large enough to matter. Default 0.1.</summary>
    public double PsiModerate { get; init => field = Guard.Positive(value, nameof(PsiModerate)); } = 0.1;

    /// <summary>Gets the PSI from which on a shift is significant. Default 0.25; not below <see cref="PsiModerate"/>.</summary>
    public double PsiSignificant { get; init => field = Guard.Positive(value, nameof(PsiSignificant)); } = 0.25;

    /// <summary>Gets the level of the tests with a p-value, before the correction. Default 0.05.</summary>
    public double Alpha { get; init => field = Guard.Share(value, nameof(Alpha)); } = 0.05;

    /// <summary>Gets the correction of <see cref="Alpha"/> for testing many columns. Default: Benjamini–Hochberg.</summary>
    public Correction Correction { get; init; } = Correction.BenjaminiHochberg;

    /// <summary>Gets the Wasserstein distance that counts as drift, in standard deviations of the reference. Default 0.1.</summary>
    public double WassersteinThreshold { get; init => field = Guard.Positive(value, nameof(WassersteinThreshold)); } = 0.1;

    /// <summary>Gets the Jensen–Shannon distance (base e) that counts as drift. Default 0.1.</summary>
    public double JensenShannonThreshold { get; init => field = Guard.Positive(value, nameof(JensenShannonThreshold)); } = 0.1;

    /// <summary>Gets the Kullback–Leibler divergence (nats) that counts as drift. Default 0.1.</summary>
    public double KullbackLeiblerThreshold { get; init => field = Guard.Positive(value, nameof(KullbackLeiblerThreshold)); } = 0.1;

    /// <summary>Gets the Hellinger distance that counts as drift. Default 0.1.</summary>
    public double HellingerThreshold { get; init => field = Guard.Positive(value, nameof(HellingerThreshold)); } = 0.1;

    /// <summary>Gets the total variation distance that counts as drift. Default 0.1: a tenth of the rows has moved.</summary>
    public double TotalVariationThreshold { get; init => field = Guard.Positive(value, nameof(TotalVariationThreshold)); } = 0.1;

    /// <summary>Gets the energy distance that counts as drift, in square roots of the reference's standard deviation. Default 0.1, which a
    /// bell curve reaches when it moves by 0.13 deviations.</summary>
    public double EnergyThreshold { get; init => field = Guard.Positive(value, nameof(EnergyThreshold)); } = 0.1;

    /// <summary>Gets what to do with infinite numbers. Default: refuse the column with a message that counts them.</summary>
    public InfinityPolicy Infinities { get; init; } = InfinityPolicy.Reject;

    /// <summary>Gets what to do with a column that is numeric in one table and text in the other, say. Default: refuse it.</summary>
    public TypeChangePolicy TypeChanges { get; init; } = TypeChangePolicy.Reject;

    /// <summary>Gets the bins of numeric columns for the binned distances. Default: ten quantile bins of the reference.</summary>
    public Binning Binning { get; init; } = Binning.Deciles;

    /// <summary>Gets the share that stands in for an empty bin or level in PSI and Kullback–Leibler. Default 0.0001.</summary>
    public double ShareFloor { get; init => field = Guard.Positive(value, nameof(ShareFloor)); } = Shares.DefaultFloor;

    /// <summary>Gets the rise of the missing share, current − reference, from which on a note is made. Default 0.05.</summary>
    public double MissingRise { get; init => field = Guard.Share(value, nameof(MissingRise)); } = 0.05;

    /// <summary>Gets the number of distinct texts per present row above which a text column is taken for an identifier and skipped.
    /// Default 0.5; 1 skips none. Columns with at most 20 distinct texts are never skipped.</summary>
    public double IdentifierShare { get; init => field = Guard.Share(value, nameof(IdentifierShare)); } = 0.5;

    /// <summary>Gets the number of columns compared at the same time; −1, the default, uses every core. The results are the same.</summary>
    public int MaxDegreeOfParallelism { get; init; } = -1;

    internal bool Has(DriftTests test) => (Tests & test) != 0;

    /// <summary>Checks what single settings cannot know of each other.</summary>
    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Binning);
        if (!Has(DriftTests.Psi))
        {
            throw new ArgumentException($"Tests must include Psi, which decides a column's level; got {Tests}.", nameof(Tests));
        }

        if (PsiSignificant < PsiModerate)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"PsiSignificant must not be below PsiModerate; got {PsiSignificant} and {PsiModerate}."),
                nameof(PsiSignificant));
        }

        if (MaxDegreeOfParallelism is 0 or < -1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(MaxDegreeOfParallelism), $"MaxDegreeOfParallelism must be −1 or at least 1; got {MaxDegreeOfParallelism}.");
        }
    }
}
