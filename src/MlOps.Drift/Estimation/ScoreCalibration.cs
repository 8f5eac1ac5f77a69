namespace MlOps.Drift.Estimation;

/// <summary>A rising curve that turns a model's score into the probability of the positive class.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract class ScoreCalibration
{
    private protected ScoreCalibration()
    {
    }

    /// <summary>Gets the scores as they are: for scores in [0, 1].</summary>
    public static ScoreCalibration Identity { get; } = new IdentityCalibration();

    /// <summary>Gets the method.</summary>
    public abstract CalibrationMethod Method { get; }

    /// <summary>Returns the probability that belongs to a score.</summary>
    /// <param name="score">A finite score.</param>
    /// <returns>A probability in [0, 1] (for <see cref="IsotonicCalibration"/> fitted to other targets than 0 and 1: in their range).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The score is NaN or infinite, or outside [0, 1] where it is taken for a probability.</exception>
    public abstract double Calibrate(double score);

    /// <summary>Returns the probabilities of many scores, in their order.</summary>
    /// <param name="scores">Finite scores; may be empty.</param>
    /// <exception cref="ArgumentOutOfRangeException">As for a single score.</exception>
    public double[] Calibrate(ReadOnlySpan<double> scores)
    {
        double[] probabilities = new double[scores.Length];
        for (int i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = Calibrate(scores[i]);
        }

        return probabilities;
    }

    /// <summary>The same for checked scores that ascend, which spares the search.</summary>
    internal abstract void CalibrateAscending(ReadOnlySpan<double> scores, Span<double> into);

    private sealed class IdentityCalibration : ScoreCalibration
    {
        public override CalibrationMethod Method => CalibrationMethod.None;

        public override double Calibrate(double score) => Guard.Share(score);

        internal override void CalibrateAscending(ReadOnlySpan<double> scores, Span<double> into) => scores.CopyTo(into);
    }
}
