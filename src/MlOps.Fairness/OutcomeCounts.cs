namespace MlOps.Fairness;

/// <summary>The four counts of a two-class decision in one group.</summary>
/// <param name="TruePositives">Predicted positive, and positive.</param>
/// <param name="FalsePositives">Predicted positive, but negative.</param>
/// <param name="TrueNegatives">Predicted negative, and negative.</param>
/// <param name="FalseNegatives">Predicted negative, but positive.</param>
public sealed record OutcomeCounts(long TruePositives, long FalsePositives, long TrueNegatives, long FalseNegatives)
{
    /// <summary>Gets the number of rows.</summary>
    public long Total => TruePositives + FalsePositives + TrueNegatives + FalseNegatives;

    /// <summary>Gets the share that was predicted positive: (TP + FP) / n.</summary>
    public Rate SelectionRate => new(TruePositives + FalsePositives, Total);

    /// <summary>Gets the share that is positive: (TP + FN) / n.</summary>
    public Rate BaseRate => new(TruePositives + FalseNegatives, Total);

    /// <summary>Gets TP / (TP + FN), also called recall and sensitivity; undefined without positives.</summary>
    public Rate TruePositiveRate => new(TruePositives, TruePositives + FalseNegatives);

    /// <summary>Gets FP / (FP + TN); undefined without negatives.</summary>
    public Rate FalsePositiveRate => new(FalsePositives, FalsePositives + TrueNegatives);

    /// <summary>Gets FN / (TP + FN); undefined without positives.</summary>
    public Rate FalseNegativeRate => new(FalseNegatives, TruePositives + FalseNegatives);

    /// <summary>Gets TN / (FP + TN); undefined without negatives.</summary>
    public Rate TrueNegativeRate => new(TrueNegatives, FalsePositives + TrueNegatives);

    /// <summary>Gets TP / (TP + FP), also called precision; undefined if nobody was predicted positive.</summary>
    public Rate PositivePredictiveValue => new(TruePositives, TruePositives + FalsePositives);

    /// <summary>Gets TN / (TN + FN); undefined if nobody was predicted negative.</summary>
    public Rate NegativePredictiveValue => new(TrueNegatives, TrueNegatives + FalseNegatives);

    /// <summary>Gets FP / (TP + FP), 1 − PPV; undefined if nobody was predicted positive.</summary>
    public Rate FalseDiscoveryRate => new(FalsePositives, TruePositives + FalsePositives);

    /// <summary>Gets FN / (TN + FN), 1 − NPV; undefined if nobody was predicted negative.</summary>
    public Rate FalseOmissionRate => new(FalseNegatives, TrueNegatives + FalseNegatives);

    /// <summary>Gets (TP + TN) / n.</summary>
    public Rate Accuracy => new(TruePositives + TrueNegatives, Total);

    /// <summary>Gets (FP + FN) / n, 1 − accuracy.</summary>
    public Rate ErrorRate => new(FalsePositives + FalseNegatives, Total);

    /// <summary>Gets FN / FP, how many are wrongly refused for each who is wrongly accepted, in [0, ∞); null if FP = 0.</summary>
    /// <remarks>Treatment equality compares it. <para>Source: R. Berk et al., "Fairness in Criminal Justice Risk Assessments", Sociological Methods &amp; Research 50 (2021) 3–44.</para></remarks>
    public double? TreatmentRatio => FalsePositives == 0 ? null : (double)FalseNegatives / FalsePositives;

    /// <summary>Gets the Theil index, <see cref="GeneralizedEntropyIndex"/> with α = 1, in nats; null if it is undefined.</summary>
    public double? TheilIndex => GeneralizedEntropyIndex(1);

    /// <summary>How unequally the decision's benefit is spread over the rows: 0 if every row gets the same.</summary>
    /// <remarks>
    /// The benefit of a row is <c>b = 1 + ŷ − y</c>: 0 for a false negative, 1 for a right decision, 2 for a false positive; <c>μ</c> is its mean.
    /// <c>α ∉ {0, 1}: Σ((b/μ)^α − 1) / (n·α·(α − 1))</c>; <c>α = 1</c> (Theil): <c>Σ (b/μ)·ln(b/μ) / n</c>, with 0·ln 0 = 0;
    /// <c>α = 0</c> (mean logarithmic deviation): <c>−Σ ln(b/μ) / n</c>. Range [0, ∞]: for α ≤ 0 it is +∞ as soon as there is a false negative.
    /// AIF360 divides the form for α = 0 by μ once more; the paper, and this method, do not.
    /// <para>Source: T. Speicher et al., "A Unified Approach to Quantifying Algorithmic Unfairness", KDD 2018, eq. 2.</para>
    /// </remarks>
    /// <param name="alpha">α: the larger, the more the rows with a large benefit count. 2 is half the squared coefficient of variation.</param>
    /// <returns>The index; null without rows, or if every row is a false negative (μ = 0).</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not finite.</exception>
    public double? GeneralizedEntropyIndex(double alpha = 2) =>
        Entropy.Of(Guard.Finite(alpha), [(0, FalseNegatives), (1, TruePositives + TrueNegatives), (2, FalsePositives)]);

    /// <summary>Gets the mean benefit μ = 1 + (FP − FN) / n; null without rows.</summary>
    internal double? MeanBenefit => Total == 0 ? null : 1 + ((double)(FalsePositives - FalseNegatives) / Total);

    /// <summary>The counts of two parts together.</summary>
    public static OutcomeCounts operator +(OutcomeCounts left, OutcomeCounts right) => new(
        left.TruePositives + right.TruePositives,
        left.FalsePositives + right.FalsePositives,
        left.TrueNegatives + right.TrueNegatives,
        left.FalseNegatives + right.FalseNegatives);
}
