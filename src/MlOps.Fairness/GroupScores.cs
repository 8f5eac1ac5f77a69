namespace MlOps.Fairness;

/// <summary>How well the scores of a model fit one group.</summary>
/// <param name="Count">Rows with a score; rows without one count elsewhere in the report, not here.</param>
/// <param name="MeanScore">Their mean score, in [0, 1]; null without rows.</param>
/// <param name="GeneralizedTruePositiveRate">The mean score of the positives: the true positive rate, with scores for decisions; null without positives.</param>
/// <param name="GeneralizedFalsePositiveRate">The mean score of the negatives; null without negatives.</param>
/// <param name="Auc">The chance that a positive has a higher score than a negative, ties counting half, in [0, 1]; null unless there are both.</param>
/// <param name="BrierScore">The mean squared difference of score and label, in [0, 1]; 0 is perfect; null without rows.</param>
/// <param name="ExpectedCalibrationError">Σ (rows of the bin / rows) · |observed share − mean score| over the bins, in [0, 1]; 0 is calibrated; null without rows.</param>
/// <param name="Bins">Equal intervals of [0, 1] that hold rows, in ascending order.</param>
/// <remarks>The generalised rates are AIF360's; its generalised FNR and TNR are 1 minus these.
/// <para>Source: G. Pleiss et al., "On Fairness and Calibration", NeurIPS 2017.</para></remarks>
public sealed record GroupScores(
    long Count,
    double? MeanScore,
    double? GeneralizedTruePositiveRate,
    double? GeneralizedFalsePositiveRate,
    double? Auc,
    double? BrierScore,
    double? ExpectedCalibrationError,
    IReadOnlyList<ScoreBin> Bins);
