namespace MlOps.Drift.Estimation;

/// <summary>What the predictions of one period look like.</summary>
/// <param name="Label">The period in words.</param>
/// <param name="Start">Its first moment; null if cut by count.</param>
/// <param name="Count">Rows.</param>
/// <param name="Missing">Rows whose score is NaN.</param>
/// <param name="Infinite">Rows whose score is infinite.</param>
/// <param name="Positives">Rows decided positive.</param>
/// <param name="Negatives">Rows decided negative.</param>
/// <param name="PsiChance">The PSI that chance alone exceeds once in twenty; NaN without a finite score.</param>
/// <param name="Values">Every proxy; NaN where it is undefined.</param>
public sealed record ProxyPeriod(
    string Label, DateTime? Start, int Count, int Missing, int Infinite, int Positives, int Negatives, double PsiChance, IReadOnlyDictionary<ProxyMetric, double> Values)
{
    /// <summary>Gets a proxy.</summary>
    public double this[ProxyMetric metric] => Values[metric];
}
