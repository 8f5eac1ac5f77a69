namespace MlOps.Fairness.Proxies;

/// <summary>What one feature X tells about the sensitive column A.</summary>
/// <remarks>
/// Over the table of counts of X's levels (values, quantile bins, and missing as a level of its own) by groups, shares <c>p</c>, n rows:
/// <c>I(X; A) = Σ p(x, a) · ln(p(x, a) / (p(x) p(a)))</c>; χ² is Pearson's statistic without continuity correction;
/// <c>V = √(χ² / (n · min(r − 1, g − 1)))</c> with r levels and g groups that occur.
/// <para>Sources: C. E. Shannon, "A Mathematical Theory of Communication", Bell Syst. Tech. J. 27 (1948); G. A. Miller, "Note on the bias of
/// information estimates" (1955); H. Cramér, Mathematical Methods of Statistics (1946), § 21.9; W. Bergsma, "A bias-correction for Cramér's V and
/// Tschuprow's T", J. Korean Statist. Soc. 42 (2013) 323–328; K. Pearson on the correlation ratio (1905).</para>
/// </remarks>
/// <param name="Feature">The column.</param>
/// <param name="Levels">r, the levels that occur, missing among them.</param>
/// <param name="MissingCount">Rows where the feature is missing.</param>
/// <param name="MutualInformation">I(X; A) in nats, in [0, H(A)]; 0 is independence. Biased upwards by about (r − 1)(g − 1) / (2n).</param>
/// <param name="CorrectedMutualInformation">After Miller and Madow: <c>I + (r + g − c − 1) / (2n)</c>, c the cells of the table that are
/// not empty. Around 0, also a little below, where X tells nothing.</param>
/// <param name="NormalisedMutualInformation">I(X; A) / H(A), in [0, 1]: the share of what there is to know about A. 1 gives A away.</param>
/// <param name="ConditionalMutualInformation">I(X; A | Y) in nats: what X tells about A among rows with the same label, each label by its share
/// of the rows; null without a label.</param>
/// <param name="CramersV">V in [0, 1]; null for a constant feature.</param>
/// <param name="CorrectedCramersV">V after Bergsma, in [0, 1], whose mean is near 0 without association; null for a constant feature.</param>
/// <param name="PValue">P(χ² this large by chance), asymptotic; null for a constant feature.</param>
/// <param name="CorrelationRatio">η in [0, 1], √(variance of X between the groups / variance of X), values present only; null for categories
/// and for a number that does not vary.</param>
/// <param name="Auc">How well a small model tells the groups apart from this feature alone, 0.5 is guessing: for two groups the AUC, for more the
/// plain mean of <paramref name="AucByGroup"/>; null if no group has one.</param>
/// <param name="AucByGroup">Every group against the rest.</param>
/// <param name="Level">None if <paramref name="PValue"/> is null or not below <see cref="ProxyOptions.Alpha"/>; else by the largest AUC of any group.</param>
/// <param name="Note">What was done to the column; null if nothing.</param>
public sealed record ProxyFeature(
    string Feature,
    int Levels,
    long MissingCount,
    double MutualInformation,
    double CorrectedMutualInformation,
    double NormalisedMutualInformation,
    double? ConditionalMutualInformation,
    double? CramersV,
    double? CorrectedCramersV,
    double? PValue,
    double? CorrelationRatio,
    double? Auc,
    IReadOnlyList<GroupAuc> AucByGroup,
    ProxyLevel Level,
    string? Note);
