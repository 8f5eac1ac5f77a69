using System.Numerics.Tensors;

namespace MlOps.Learning.Neural;

/// <summary>Samples to learn from, or to validate on.</summary>
/// <param name="X">n samples.</param>
/// <param name="Targets">n targets, as the loss wants them: <see cref="Tensor.OneHot"/> for classes, <see cref="Tensor.Of(ReadOnlySpan{double})"/> for numbers.</param>
/// <param name="Weights">How much each sample counts, n values ≥ 0 and not all 0; all 1 when null. <see cref="ClassWeights"/> makes them from the classes.</param>
public sealed record TrainingData(Tensor X, Tensor Targets, double[]? Weights = null)
{
    /// <summary>Samples of classes.</summary>
    /// <exception cref="ArgumentException">The numbers of samples and labels differ.</exception>
    public TrainingData(Tensor x, Labels y, double[]? weights = null)
        : this(x, Tensor.OneHot(y), weights)
    {
    }

    /// <summary>Copies the given samples.</summary>
    public TrainingData Take(ReadOnlySpan<int> samples)
    {
        double[]? weights = Weights is null ? null : new double[samples.Length];
        for (int i = 0; weights is not null && i < samples.Length; i++)
        {
            weights[i] = Weights![samples[i]];
        }

        return new TrainingData(X.Take(samples), Targets.Take(samples), weights);
    }

    internal void Check(Network network, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        network.CheckInput(X);
        ArgumentNullException.ThrowIfNull(Targets);
        if (X.Count == 0)
        {
            throw Unfit("There are no samples to learn from.", nameof(X));
        }

        int length = loss.TargetLength(network.OutputShape.Size);
        if (Targets.Count != X.Count || Targets.Shape.Size != length)
        {
            throw Unfit($"{loss.GetType().Name} and {network.OutputShape.Size} outputs need a target of {length} values for each of {X.Count} samples; got {Targets.Count} of {Targets.Shape.Size}.", nameof(Targets));
        }

        if (loss.Activation != OutputActivation.None && network.Layers[^1].Layer is Softmax or Sigmoid)
        {
            throw new ArgumentException($"{loss.GetType().Name} reads scores and brings its own {loss.Activation}; leave the network's last layer out.", nameof(loss));
        }

        CheckFinite(X, nameof(X));
        CheckFinite(Targets, nameof(Targets));
        CheckWeights();
    }

    private static ArgumentException Unfit(string message, string property) => new(message, property);

    private static void CheckFinite(Tensor tensor, string name)
    {
        if (TensorPrimitives.IsFiniteAll(tensor.Values))
        {
            return;
        }

        int first = 0;
        while (float.IsFinite(tensor.Values[first]))
        {
            first++;
        }

        throw new ArgumentException(FormattableString.Invariant($"Sample {first / tensor.Shape.Size} has {tensor.Values[first]} at place {first % tensor.Shape.Size}; all values must be finite."), name);
    }

    private void CheckWeights()
    {
        if (Weights is null)
        {
            return;
        }

        if (Weights.Length != X.Count)
        {
            throw Unfit($"Each sample needs one weight: {X.Count} samples, {Weights.Length} weights.", nameof(Weights));
        }

        double sum = 0;
        foreach (double weight in Weights)
        {
            sum += Guard.NonNegative(weight, nameof(Weights));
        }

        if (sum == 0)
        {
            throw Unfit("All weights are 0; nothing is left to learn from.", nameof(Weights));
        }
    }
}
