namespace MlOps.Drift.Estimation;

/// <summary>A logistic curve of the logit of a score in [0, 1]: contains the identity, so that it says how far the scores may be off.</summary>
/// <remarks>Source: D. R. Cox, "Two Further Applications of a Model for Binary Regression", Biometrika 45 (1958) 562–565.</remarks>
internal sealed class LogitRecalibration : ScoreCalibration
{
    /// <summary>Scores nearer to 0 and 1 than this have no logit worth fitting.</summary>
    private const double Edge = 1e-6;

    private readonly PlattScaling _curve;

    private LogitRecalibration(PlattScaling curve) => _curve = curve;

    public override CalibrationMethod Method => CalibrationMethod.Platt;

    public override double Calibrate(double score) => _curve.Calibrate(Logit(score));

    internal static LogitRecalibration Fit(LabelledScores reference) => new(PlattScaling.Fit(reference.Mapped(Logit)));

    internal override void CalibrateAscending(ReadOnlySpan<double> scores, Span<double> into)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            into[i] = _curve.Calibrate(Logit(scores[i]));
        }
    }

    private static double Logit(double score)
    {
        double inside = Math.Clamp(score, Edge, 1 - Edge);
        return Math.Log(inside / (1 - inside));
    }
}
