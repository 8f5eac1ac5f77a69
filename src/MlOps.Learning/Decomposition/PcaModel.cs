namespace MlOps.Learning.Decomposition;

/// <summary>Fitted principal components: turns features into scores along them, and back.</summary>
public sealed class PcaModel : ITransformer
{
    private readonly double[] _means;
    private readonly double[] _variances;
    private readonly double[] _scales;
    private readonly double _total;

    internal PcaModel(IReadOnlyList<string> featureNames, double[] means, Matrix components, double[] variances, double total, bool whitened)
    {
        FeatureNames = featureNames;
        _means = means;
        Components = components;
        _variances = variances;
        _total = total;
        IsWhitened = whitened;
        _scales = Array.ConvertAll(variances, variance => whitened ? Math.Sqrt(variance) : 1);
        OutputNames = [.. Enumerable.Range(1, variances.Length).Select(c => FormattableString.Invariant($"pc{c}"))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>Gets the mean of each feature, which is taken off first.</summary>
    public IReadOnlyList<double> Means => _means;

    /// <summary>Gets the components: k × d, rows of unit length at right angles to each other.</summary>
    public Matrix Components { get; }

    /// <summary>Gets the variance of the scores of each component before whitening, divisor n − 1; falling.</summary>
    public IReadOnlyList<double> ExplainedVariance => _variances;

    /// <summary>Gets the share of the total variance that each component explains, in [0, 1]; all of them together 1 if none was left out.</summary>
    public IReadOnlyList<double> ExplainedVarianceRatio => Array.ConvertAll(_variances, variance => variance / _total);

    /// <summary>Gets a value indicating whether scores are divided by their standard deviation.</summary>
    public bool IsWhitened { get; }

    /// <summary>What each score is divided by: 1, or its standard deviation.</summary>
    internal IReadOnlyList<double> Scales => _scales;

    /// <inheritdoc/>
    public Matrix Transform(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        int k = Components.RowCount;
        var scores = new double[x.RowCount * k];
        RowChunks.Run(x.RowCount, RowChunks.Count(x.RowCount, 1), (_, from, to) =>
        {
            var centered = new double[x.ColumnCount];
            for (int i = from; i < to; i++)
            {
                Pca.Center(x.Row(i), _means, centered);
                for (int c = 0; c < k; c++)
                {
                    ReadOnlySpan<double> direction = Components.Row(c);
                    double sum = 0;
                    for (int j = 0; j < direction.Length; j++)
                    {
                        sum += direction[j] * centered[j];
                    }

                    scores[(i * k) + c] = sum / _scales[c];
                }
            }
        });
        return new Matrix(x.RowCount, k, scores, OutputNames);
    }

    /// <summary>Turns scores back into features: exact if no component was left out, else the nearest point that the components reach.</summary>
    /// <param name="scores">n × k, as <see cref="Transform"/> made them.</param>
    /// <exception cref="ArgumentException">The number of columns is not the number of components.</exception>
    public Matrix InverseTransform(Matrix scores)
    {
        Inputs.Width(scores, OutputNames);
        int d = _means.Length;
        var values = new double[scores.RowCount * d];
        for (int i = 0; i < scores.RowCount; i++)
        {
            Span<double> row = values.AsSpan(i * d, d);
            _means.CopyTo(row);
            for (int c = 0; c < _scales.Length; c++)
            {
                double score = scores[i, c] * _scales[c];
                ReadOnlySpan<double> direction = Components.Row(c);
                for (int j = 0; j < row.Length; j++)
                {
                    row[j] += score * direction[j];
                }
            }
        }

        return new Matrix(scores.RowCount, d, values, FeatureNames);
    }
}
