namespace MlOps.Learning.Clustering;

/// <summary>A fitted Gaussian mixture.</summary>
public sealed class GaussianMixtureModel : IClusterer
{
    private readonly MixtureParameters _parameters;

    internal GaussianMixtureModel(MixtureParameters parameters, IReadOnlyList<string> featureNames, CovarianceType covariance, double meanLogLikelihood, int iterations, bool converged)
    {
        _parameters = parameters;
        FeatureNames = featureNames;
        Covariance = covariance;
        MeanLogLikelihood = meanLogLikelihood;
        Iterations = iterations;
        Converged = converged;
        Means = Matrix.FromRows(parameters.Means, featureNames);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <inheritdoc/>
    public int ClusterCount => _parameters.Weights.Length;

    /// <summary>Gets the shape of the components.</summary>
    public CovarianceType Covariance { get; }

    /// <summary>Gets π, the share of each component; they add up to 1.</summary>
    public IReadOnlyList<double> Weights => _parameters.Weights;

    /// <summary>Gets the means: k × d.</summary>
    public Matrix Means { get; }

    /// <summary>Gets the covariance of each component: d × d, or 1 × d variances if diagonal. The regularisation is in it.</summary>
    public IReadOnlyList<Matrix> Covariances =>
        [.. _parameters.Covariances.Select(covariance => new Matrix(covariance.Length / FeatureNames.Count, FeatureNames.Count, [.. covariance], FeatureNames))];

    /// <summary>Gets the mean log-likelihood of the training rows, in nats.</summary>
    public double MeanLogLikelihood { get; }

    /// <summary>Gets the number of iterations of the best start.</summary>
    public int Iterations { get; }

    /// <summary>Gets a value indicating whether the best start came to rest before its last iteration.</summary>
    public bool Converged { get; }

    /// <summary>Gets the number of free parameters: k − 1 weights, the means and the covariances.</summary>
    public int ParameterCount
    {
        get
        {
            int d = FeatureNames.Count;
            return (ClusterCount * (1 + d + (Covariance == CovarianceType.Full ? d * (d + 1) / 2 : d))) - 1;
        }
    }

    internal MixtureParameters Parameters => _parameters;

    /// <summary>Tells the component that most likely made each row; on a tie the first.</summary>
    /// <exception cref="ArgumentException">The number of columns is not the number of features, or a value is not finite.</exception>
    public int[] Predict(Matrix x) => Inputs.ArgMax(PredictProbabilities(x));

    /// <summary>Estimates for every row the probability that each component made it: n × k, rows add up to 1.</summary>
    /// <exception cref="ArgumentException">The number of columns is not the number of features, or a value is not finite.</exception>
    public Matrix PredictProbabilities(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        var shares = new double[x.RowCount * ClusterCount];
        _ = _parameters.Share(x, shares);
        return new Matrix(x.RowCount, ClusterCount, shares, [.. Enumerable.Range(0, ClusterCount).Select(c => FormattableString.Invariant($"component{c}"))]);
    }

    /// <summary>Computes <c>ln p(x)</c> of every row, in nats; low where the training rows were rare.</summary>
    /// <exception cref="ArgumentException">The number of columns is not the number of features, or a value is not finite.</exception>
    public double[] LogLikelihoods(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        var densities = new double[x.RowCount];
        RowChunks.Run(x.RowCount, RowChunks.Count(x.RowCount, 1), (_, from, to) =>
        {
            var off = new double[x.ColumnCount];
            var shares = new double[ClusterCount];
            for (int i = from; i < to; i++)
            {
                densities[i] = _parameters.LogShares(x.Row(i), off, shares);
            }
        });
        return densities;
    }

    /// <summary>The Bayesian information criterion <c>−2 ln L + p · ln n</c> on n rows, p the number of parameters. Lower is better.</summary>
    /// <remarks>Source: G. Schwarz, "Estimating the Dimension of a Model", Ann. Statist. 6 (1978).</remarks>
    public double Bic(Matrix x) => (-2 * LogLikelihoods(x).Sum()) + (ParameterCount * Math.Log(x.RowCount));

    /// <summary>Akaike's information criterion <c>−2 ln L + 2p</c> on n rows, p the number of parameters. Lower is better.</summary>
    /// <remarks>Source: H. Akaike, "A New Look at the Statistical Model Identification", IEEE Trans. Automatic Control 19 (1974).</remarks>
    public double Aic(Matrix x) => (-2 * LogLikelihoods(x).Sum()) + (2 * ParameterCount);
}
