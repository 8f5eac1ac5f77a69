namespace MlOps.Learning.Metrics;

/// <summary>The rows whose predicted probability lies in one interval.</summary>
/// <param name="Lower">The lower edge; it belongs to the bin only in the first one.</param>
/// <param name="Upper">The upper edge; it belongs to the bin.</param>
/// <param name="Count">Rows in the bin, ≥ 1. Read it before the gap.</param>
/// <param name="MeanPredicted">What the model said on average, in [0, 1].</param>
/// <param name="FractionPositive">What came true, in [0, 1].</param>
public sealed record CalibrationBin(double Lower, double Upper, int Count, double MeanPredicted, double FractionPositive)
{
    /// <summary>Gets how far saying and happening are apart, in [0, 1].</summary>
    public double Gap => Math.Abs(FractionPositive - MeanPredicted);
}
