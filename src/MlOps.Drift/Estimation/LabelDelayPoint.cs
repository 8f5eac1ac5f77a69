namespace MlOps.Drift.Estimation;

/// <summary>How many labels are known some time after the prediction.</summary>
/// <param name="Days">Days since the prediction, ≥ 0.</param>
/// <param name="AtRisk">Predictions watched for at least so long whose label was still open just before.</param>
/// <param name="Known">Labels that came at this delay.</param>
/// <param name="KnownShare">Share of all labels known by then, in [0, 1].</param>
/// <param name="Lower">Lower end of its 95 % interval.</param>
/// <param name="Upper">Upper end of its 95 % interval.</param>
/// <param name="PositiveShare">Share of true ones among the labels known by then, in [0, 1]: what someone sees who waits no longer.</param>
public sealed record LabelDelayPoint(double Days, int AtRisk, int Known, double KnownShare, double Lower, double Upper, double PositiveShare);
