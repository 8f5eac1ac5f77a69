namespace MlOps.Learning.Neural;

/// <summary>How wrong outputs are, and in which direction they should move.</summary>
/// <remarks>The loss of several samples is the weighted mean <c>Σ wᵢ · lᵢ / Σ wᵢ</c>.</remarks>
public abstract record Loss
{
    /// <summary>Gets what turns the outputs into predictions.</summary>
    public abstract OutputActivation Activation { get; }

    /// <summary>Tells how many target values a sample needs.</summary>
    /// <param name="outputs">Outputs of the network.</param>
    /// <exception cref="ArgumentException">The loss cannot judge so many outputs.</exception>
    public virtual int TargetLength(int outputs) => outputs;

    /// <summary>Computes the loss of one sample and its gradient.</summary>
    /// <param name="output">k outputs.</param>
    /// <param name="target">The target values.</param>
    /// <param name="gradient">Where to write the k derivatives with respect to the outputs; empty if they are not wanted.</param>
    public abstract double Sample(ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient);

    /// <summary>Tells whether the outputs name the right class; null for losses of numbers.</summary>
    public virtual bool? IsCorrect(ReadOnlySpan<float> output, ReadOnlySpan<float> target) => null;

    /// <summary>Computes the weighted mean loss of n samples.</summary>
    /// <param name="outputs">n × k outputs.</param>
    /// <param name="targets">n targets.</param>
    /// <param name="weights">How much each sample counts; all alike when null.</param>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    public double Mean(Tensor outputs, Tensor targets, double[]? weights = null)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count != outputs.Count || targets.Shape.Size != TargetLength(outputs.Shape.Size) || (weights is not null && weights.Length != outputs.Count))
        {
            throw new ArgumentException($"{outputs.Count} samples of {outputs.Shape.Size} outputs need as many targets of {TargetLength(outputs.Shape.Size)} values and as many weights; got {targets.Count} of {targets.Shape.Size} and {weights?.Length ?? outputs.Count}.", nameof(targets));
        }

        (double sum, double weight) = (0, 0);
        for (int i = 0; i < outputs.Count; i++)
        {
            double own = weights?[i] ?? 1;
            sum += own * Sample(outputs[i], targets[i], default);
            weight += own;
        }

        return sum / weight;
    }

    /// <summary>The index of the largest value; the first of equals.</summary>
    internal static int IndexOfLargest(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
            {
                best = i;
            }
        }

        return best;
    }
}
