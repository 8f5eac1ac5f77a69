using MlOps.Learning.Neural;

namespace MlOps.Quantization.Pruning;

/// <summary>Prunes a little, trains further, and again: a network can lose more of its weights this way than at once.</summary>
/// <remarks>
/// The weights that go are those of the smallest magnitude. What is 0 stays 0, in training too. Deterministic: equal seeds give equal weights.
/// <para>Source: S. Han et al., "Learning both Weights and Connections for Efficient Neural Networks", NIPS 2015; the cubic schedule: M. Zhu, S. Gupta, "To Prune, or Not
/// to Prune", arXiv:1710.01878 (2017), equation 1 with an initial sparsity of 0.</para>
/// </remarks>
public static class IterativePruning
{
    /// <summary>Tells the share of zeros after a round.</summary>
    /// <param name="schedule">How it grows.</param>
    /// <param name="target">The share in the end, in [0, 1).</param>
    /// <param name="round">r, from 0 (nothing) to <paramref name="rounds"/> (the target).</param>
    /// <param name="rounds">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double Amount(PruningSchedule schedule, double target, int round, int rounds)
    {
        PruningOptions.Checked(target, nameof(target));
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(round);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(round, rounds);
        double left = 1 - ((double)round / rounds);
        return schedule == PruningSchedule.Linear ? target * (1 - left) : target * (1 - (left * left * left));
    }

    /// <summary>Prunes and trains a network in rounds.</summary>
    /// <param name="network">A trained network; it stays as it is.</param>
    /// <param name="training">The samples to learn from.</param>
    /// <param name="loss">What is to be made small.</param>
    /// <param name="options">How; <see cref="IterativePruningOptions"/> as they are when null.</param>
    /// <param name="validation">The samples to measure on; those to learn from when null.</param>
    /// <param name="progress">Told the share of rounds done.</param>
    /// <param name="cancellationToken">Stops between two steps of training.</param>
    /// <exception cref="ArgumentException">There is nothing to prune, or shapes do not fit.</exception>
    /// <exception cref="Learning.DivergenceException">The loss or the weights left the finite numbers.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IterativePruningResult Run(Network network, TrainingData training, Loss loss, IterativePruningOptions? options = null, TrainingData? validation = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(loss);
        options ??= new IterativePruningOptions();
        TrainingData judges = validation ?? training;
        (double startLoss, double? startAccuracy) = Measure(network, judges, loss);
        var rounds = new List<PruningRound> { new(0, PrunedNetwork.Counted(network, new Dictionary<string, bool[]>()).Sparsity, startLoss, startLoss, startAccuracy, startAccuracy) };
        Network current = network;
        PrunedNetwork pruned = null!; // there is at least one round
        for (int round = 1; round <= options.Rounds; round++)
        {
            double amount = Amount(options.Schedule, options.Amount, round, options.Rounds);
            pruned = MagnitudePruning.Prune(current, new PruningOptions { Amount = amount, Scope = options.Scope, Exclude = options.Exclude });
            (double lossPruned, double? accuracyPruned) = Measure(pruned.Network, judges, loss);
            current = pruned.FineTune(training, loss, options.Optimizer, options.Training, validation, cancellationToken: cancellationToken).Network;
            pruned = PrunedNetwork.Counted(current, pruned.Masks);
            (double after, double? accuracy) = Measure(current, judges, loss);
            rounds.Add(new PruningRound(round, pruned.Sparsity, lossPruned, after, accuracyPruned, accuracy));
            progress?.Report((double)round / options.Rounds);
        }

        return new IterativePruningResult(pruned, rounds, validation is not null);
    }

    private static (double Loss, double? Accuracy) Measure(Network network, TrainingData data, Loss loss)
    {
        Tensor outputs = network.Forward(data.X);
        double mean = loss.Mean(outputs, data.Targets, data.Weights);
        int right = 0;
        for (int i = 0; i < outputs.Count; i++)
        {
            if (loss.IsCorrect(outputs[i], data.Targets[i]) is not { } correct)
            {
                return (mean, null);
            }

            right += correct ? 1 : 0;
        }

        return (mean, (double)right / outputs.Count);
    }
}
