namespace MlOps.Learning.Neural;

/// <summary>Data-parallel training in one step: every worker has the whole network and a part of the batch, and their gradients are averaged.</summary>
/// <remarks>
/// The loss is a mean over samples, so the mean of the parts' gradients, weighted by what each part counts, is the gradient of the batch:
/// <c>∇L = Σ_w (n_w / n) · ∇L_w</c>. Rounding aside, it does not matter how many workers there are. Batch normalisation is the exception: each worker
/// normalises by the statistics of its own part. <see cref="TrainingOptions.Workers"/> trains this way.
/// <para>Source: P. Goyal et al., "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", arXiv:1706.02677 (2017).</para>
/// </remarks>
/// <param name="Average">The averaged gradient.</param>
/// <param name="Parts">The gradient of each worker's part.</param>
public sealed record GradientAveraging(NetworkGradient Average, IReadOnlyList<NetworkGradient> Parts)
{
    /// <summary>Computes the gradient of a batch by several workers.</summary>
    /// <param name="network">Whose parameters.</param>
    /// <param name="batch">Samples and targets, at least as many as workers.</param>
    /// <param name="loss">What is to be made small.</param>
    /// <param name="workers">At least 1. Worker w of W has samples ⌊w·n/W⌋ up to but without ⌊(w + 1)·n/W⌋.</param>
    /// <param name="seed">Of dropout.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or there are fewer samples than workers.</exception>
    public static GradientAveraging Compute(Network network, TrainingData batch, Loss loss, int workers, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        batch.Check(network, loss);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        if (batch.X.Count < workers)
        {
            throw new ArgumentException($"{workers} workers need at least as many samples; got {batch.X.Count}.", nameof(workers));
        }

        var computation = new GradientComputation(network, loss, workers, batch.X.Count, new Threads(0));
        var gradient = new float[network.Values.Length];
        int[] samples = [.. Enumerable.Range(0, batch.X.Count)];
        BatchLoss value = computation.Compute(batch, samples, network.Values.ToArray(), gradient, RandomBits.At((uint)seed, 0));
        var average = new NetworkGradient(value.Mean, gradient, network.Layers);
        return new GradientAveraging(average, workers == 1 ? [average] : [.. computation.Gradients.Select((part, w) => new NetworkGradient(computation.Losses[w].Mean, part, network.Layers))]);
    }
}
