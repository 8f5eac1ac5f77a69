namespace MlOps.Learning;

/// <summary>A fit left the finite numbers and was stopped.</summary>
public sealed class DivergenceException : Exception
{
    /// <summary>Says at which step and with which loss.</summary>
    /// <param name="estimator">What was fitted, such as "logistic regression".</param>
    /// <param name="step">The step, counted from 1.</param>
    /// <param name="loss">The loss there; NaN or infinite.</param>
    /// <param name="advice">What to do about it, a sentence.</param>
    public DivergenceException(string estimator, int step, double loss, string advice)
        : base(FormattableString.Invariant($"The {estimator} diverged: at step {step} the loss is {loss}. {advice}"))
    {
        Step = step;
        Loss = loss;
    }

    /// <summary>Gets the step, counted from 1.</summary>
    public int Step { get; }

    /// <summary>Gets the loss at that step.</summary>
    public double Loss { get; }
}
