namespace MlOps.Learning.Tests.Preprocessing;

/// <summary>Predicts the shares of the weights that the classes have, whatever the features, to see what a pipeline hands on.</summary>
internal sealed class WeightiestClass : IClassifierEstimator
{
    public IClassifier Fit(Matrix x, Labels y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var shares = new double[y.Classes.Count];
        for (int i = 0; i < y.Count; i++)
        {
            shares[y.Codes[i]] += weights?[i] ?? 1;
        }

        progress?.Report(1);
        return new Model(x.ColumnNames, y.Classes, Array.ConvertAll(shares, share => share / shares.Sum()));
    }

    private sealed class Model(IReadOnlyList<string> names, IReadOnlyList<string> classes, double[] shares) : IProbabilisticClassifier
    {
        public IReadOnlyList<string> FeatureNames => names;

        public IReadOnlyList<string> Classes => classes;

        public Matrix PredictProbabilities(Matrix x) => Matrix.FromRows([.. Enumerable.Repeat(shares, x.RowCount)]);

        public int[] Predict(Matrix x) => [.. Enumerable.Repeat(Array.IndexOf(shares, shares.Max()), x.RowCount)];
    }
}
