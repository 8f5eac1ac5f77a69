namespace MlOps.Fairness.Mitigation;

/// <summary>Trains with a parity constraint by reduction: any learner that takes weights is called again and again with other weights and targets.</summary>
/// <remarks>
/// Seeks the saddle point of <c>L(Q, λ) = err(Q) + Σ_k λ_k · (γ_k(Q) − ε)</c>, <c>Q</c> a mix of classifiers, <c>λ ≥ 0, Σ λ ≤ B = 1/ε</c>. The constraints are
/// <c>γ = ±(E[u | group, event] − E[u | event]) ≤ ε</c>: u = ŷ and every row for demographic parity, the rows with y = 1 or y = 0 for the true- and
/// false-positive rate, both for equalised odds, u = [ŷ ≠ y] for the error rate. Each step sets <c>λ_k = B · exp(θ_k) / (1 + Σ exp θ)</c>, lets the learner answer with
/// the best classifier (rows are weighted by their part in L and told to be the label that lowers it), and moves <c>θ += η · (γ − ε)</c>. The result
/// is the mix with the smallest duality gap: no mix of the learner's classifiers is better by more than that, if the learner is exact.
/// <para>
/// The sensitive column is needed in training only. The mix draws lots. Rows without a group count for the error, not for the constraints. Deterministic if the learner is.
/// </para>
/// <para>Source: A. Agarwal et al., "A Reductions Approach to Fair Classification", ICML 2018, algorithm 1; constants as Fairlearn's ExponentiatedGradient.</para>
/// </remarks>
public static class ExponentiatedGradient
{
    /// <summary>Trains a randomised classifier.</summary>
    /// <typeparam name="TModel">The learner's models.</typeparam>
    /// <param name="labels">One label a row.</param>
    /// <param name="groups">Who belongs to which group, as many rows.</param>
    /// <param name="learn">Trains on the same rows with these weights (≥ 0, sum n) and these targets instead of the labels. Both targets occur: for one only, a constant is taken instead.</param>
    /// <param name="decide">What a model decides on the training rows, in their order.</param>
    /// <param name="constraint">What is to be equal.</param>
    /// <param name="options">How to search; null takes the defaults.</param>
    /// <param name="progress">Told the share of iterations done.</param>
    /// <param name="cancellationToken">Stops between two classifiers.</param>
    /// <exception cref="ArgumentException">The lengths differ, no row has a group, or a group lacks the labels the constraint looks at; the message names it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="InvalidOperationException">A model decides on another number of rows.</exception>
    public static RandomisedClassifier<TModel> Fit<TModel>(
        ReadOnlySpan<bool> labels,
        Groups groups,
        Func<double[], bool[], TModel> learn,
        Func<TModel, bool[]> decide,
        ParityConstraint constraint = ParityConstraint.DemographicParity,
        ReductionOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learn);
        ArgumentNullException.ThrowIfNull(decide);
        options ??= new ReductionOptions();
        Guard.Positive(options.Epsilon, nameof(options.Epsilon));
        Guard.Positive(options.LearningRate, nameof(options.LearningRate));
        Guard.AtLeast(options.MaxIterations, 1, nameof(options.MaxIterations));
        if (options.TargetGap is { } target)
        {
            Guard.Positive(target, nameof(options.TargetGap));
        }

        var moments = ParityMoments.Of(labels, groups, constraint);
        return new ReductionSearch<TModel>(moments, learn, decide, options, cancellationToken).Run(constraint, progress);
    }
}
