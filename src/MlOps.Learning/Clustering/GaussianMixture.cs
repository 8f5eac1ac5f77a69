namespace MlOps.Learning.Clustering;

/// <summary>Gaussian mixture: the density of the rows as a weighted sum of normal distributions, fitted by expectation-maximisation.</summary>
/// <remarks>
/// Maximises the mean log-likelihood <c>1/n · Σᵢ ln Σₖ πₖ · N(xᵢ; μₖ, Σₖ)</c> from the groups of a k-means, several times; the best result is kept.
/// The regularisation is added to every variance, so that a component cannot shrink to a point. Numbers as scikit-learn's GaussianMixture from the
/// same start. O(n·k·d²) an iteration with full covariances. Equal seeds give equal bytes for every number of threads.
/// <para>Source: A. Dempster, N. Laird, D. Rubin, "Maximum Likelihood from Incomplete Data via the EM Algorithm", JRSS B 39 (1977).</para>
/// </remarks>
/// <param name="components">k ≥ 1.</param>
/// <param name="covariance">The shape of the components.</param>
/// <param name="restarts">How often to begin anew, ≥ 1.</param>
/// <param name="maxIterations">The most iterations of each start, ≥ 1.</param>
/// <param name="tolerance">Stops when the mean log-likelihood changes by less, ≥ 0 nats.</param>
/// <param name="regularization">Added to every variance, in squared units of the features, ≥ 0.</param>
/// <param name="seed">Of the random starts.</param>
public sealed class GaussianMixture(int components = 1, CovarianceType covariance = CovarianceType.Full, int restarts = 1, int maxIterations = 100, double tolerance = 1e-3, double regularization = 1e-6, int seed = 0)
{
    private readonly int _components = Guard.AtLeast(components, 1);
    private readonly int _restarts = Guard.AtLeast(restarts, 1);
    private readonly int _maxIterations = Guard.AtLeast(maxIterations, 1);
    private readonly double _tolerance = Guard.NonNegative(tolerance);
    private readonly double _regularization = Guard.NonNegative(regularization);

    /// <summary>Fits the mixture.</summary>
    /// <param name="x">n × d features, finite, at least k different rows.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="ArgumentException">A value is not finite, there are fewer than k different rows, or a covariance is singular: constant or collinear columns without regularisation.</exception>
    /// <exception cref="DivergenceException">The likelihood is no longer finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public GaussianMixtureModel Fit(Matrix x, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Unlabelled(x, null);
        Inputs.Finite(x);
        if (x.RowCount < _components)
        {
            throw new ArgumentException($"{_components} components need at least as many rows; x has {x.RowCount}.", nameof(x));
        }

        GaussianMixtureModel? best = null;
        for (int restart = 0; restart < _restarts; restart++)
        {
            GaussianMixtureModel model = FitOnce(x, Seeds.Generator(seed, restart).Next(), cancellationToken);
            best = best is null || model.MeanLogLikelihood > best.MeanLogLikelihood ? model : best;
            progress?.Report((restart + 1.0) / _restarts);
        }

        return best!;
    }

    private GaussianMixtureModel FitOnce(Matrix x, int startSeed, CancellationToken cancellationToken)
    {
        int k = _components;
        KMeansModel start = new KMeans(k, restarts: 1, seed: startSeed).Fit(x, cancellationToken: cancellationToken);
        var shares = new double[x.RowCount * k]; // how much of each row each component owns
        for (int i = 0; i < x.RowCount; i++)
        {
            shares[(i * k) + start.Labels[i]] = 1;
        }

        MixtureParameters parameters = MixtureParameters.Of(x, shares, k, covariance, _regularization);
        double before = double.NegativeInfinity;
        int iteration = 0;
        bool converged = false;
        while (iteration < _maxIterations && !converged)
        {
            cancellationToken.ThrowIfCancellationRequested();
            iteration++;
            double likelihood = parameters.Share(x, shares);
            if (!double.IsFinite(likelihood))
            {
                throw new DivergenceException("Gaussian mixture", iteration, likelihood, "Scale the features, or raise the regularisation.");
            }

            parameters = MixtureParameters.Of(x, shares, k, covariance, _regularization);
            converged = Math.Abs(likelihood - before) < _tolerance;
            before = likelihood;
        }

        return new GaussianMixtureModel(parameters, x.ColumnNames, covariance, parameters.Share(x, shares), iteration, converged);
    }
}
