namespace MlOps.Fairness.Proxies;

/// <summary>How a proxy report cuts, models and judges. Change single settings with <c>new ProxyOptions { … }</c> or <c>with</c>.</summary>
/// <remarks>The limits of the levels are rules of thumb, not theory: choose them by what a wrong guess costs the people guessed at.</remarks>
public sealed record ProxyOptions
{
    /// <summary>Gets the number of quantile bins for a number. Default 10, at least 2. A number with at most twice as many distinct values
    /// keeps every value as a bin of its own.</summary>
    public int Bins { get; init => field = Guard.AtLeast(value, 2, nameof(Bins)); } = 10;

    /// <summary>Gets the parts of the cross-validation, each tested once by a model of the others. Default 5, at least 2.</summary>
    public int Folds { get; init => field = Guard.AtLeast(value, 2, nameof(Folds)); } = 5;

    /// <summary>Gets the ridge penalty of the small model, on the sum of squared coefficients / 2. Default 1: scikit-learn's C = 1.</summary>
    public double Penalty { get; init => field = Guard.Positive(value, nameof(Penalty)); } = 1;

    /// <summary>Gets the most rows the small model learns from and is tested on; more are sampled. Default 20,000. The other measures see all rows.</summary>
    public int MaxModelRows { get; init => field = Guard.AtLeast(value, 10, nameof(MaxModelRows)); } = 20_000;

    /// <summary>Gets the most values of a text column that stay apart; the rarer ones are joined, and the feature says so. Default 100, at least 2.</summary>
    public int MaxLevels { get; init => field = Guard.AtLeast(value, 2, nameof(MaxLevels)); } = 100;

    /// <summary>Gets the number of distinct texts per present row above which a text column is taken for an identifier and skipped.
    /// Default 0.5; 1 skips none. Columns with at most 20 distinct texts are never skipped.</summary>
    public double IdentifierShare { get; init => field = Guard.Share(value, nameof(IdentifierShare)); } = 0.5;

    /// <summary>Gets the level of the χ² test below which an association is taken for real. Default 0.01.</summary>
    public double Alpha { get; init => field = Guard.Share(value, nameof(Alpha)); } = 0.01;

    /// <summary>Gets the AUC from which on a feature is a weak proxy. Default 0.55.</summary>
    public double WeakAuc { get; init => field = Guard.Share(value, nameof(WeakAuc)); } = 0.55;

    /// <summary>Gets the AUC from which on a feature is a moderate proxy. Default 0.65.</summary>
    public double ModerateAuc { get; init => field = Guard.Share(value, nameof(ModerateAuc)); } = 0.65;

    /// <summary>Gets the AUC from which on a feature is a strong proxy. Default 0.8.</summary>
    public double StrongAuc { get; init => field = Guard.Share(value, nameof(StrongAuc)); } = 0.8;

    /// <summary>Gets the seed of the folds and of the sample. Equal seeds give equal reports.</summary>
    public int Seed { get; init; }

    /// <summary>Checks what single settings cannot know of each other.</summary>
    internal void Check()
    {
        if (!(WeakAuc <= ModerateAuc && ModerateAuc <= StrongAuc))
        {
            throw new ArgumentException(FormattableString.Invariant($"The limits must rise: weak {WeakAuc}, moderate {ModerateAuc}, strong {StrongAuc}."), nameof(StrongAuc));
        }
    }

    internal ProxyLevel LevelOf(double auc) =>
        auc >= StrongAuc ? ProxyLevel.Strong : auc >= ModerateAuc ? ProxyLevel.Moderate : auc >= WeakAuc ? ProxyLevel.Weak : ProxyLevel.None;
}
