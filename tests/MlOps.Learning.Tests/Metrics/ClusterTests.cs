using System.Text.Json;
using MlOps.Learning.Metrics;
using static MlOps.Learning.Tests.Metrics.MetricReferences;

namespace MlOps.Learning.Tests.Metrics;

/// <summary>Iris and a k-means clustering of it, against scikit-learn 1.2.1.</summary>
public class ClusterTests
{
    private static readonly JsonElement Reference = Root.GetProperty("clusters");
    private static readonly Matrix X = Reference.Matrix("x");
    private static readonly int[] Clusters = Reference.Codes("clusters");

    [Fact]
    public void Silhouette_Iris_EqualsScikitLearnRowByRow()
    {
        Silhouette silhouette = Silhouette.Of(X, Clusters);

        Close(Reference.Numbers("silhouette"), silhouette.Values, "silhouette");
        Reference.Agree("mean", silhouette.Mean);
        Assert.Equal(0, silhouette.Values[0]); // the cluster of one row
    }

    [Fact]
    public void Silhouette_ManyRows_EqualsTheDefinition()
    {
        // Oracle: brute force; clusters longer than a block, and of a length that is no multiple of the lanes.
        var random = new Random(3);
        double[][] rows = [.. Enumerable.Range(0, 2500).Select(i => new[] { random.NextDouble() + (i % 2), random.NextDouble(), random.NextDouble() })];
        int[] clusters = [.. Enumerable.Range(0, 2500).Select(i => i % 2)];
        Silhouette silhouette = Silhouette.Of(Matrix.FromRows(rows), clusters);
        foreach (int i in new[] { 0, 1, 777, 2499 })
        {
            double own = Enumerable.Range(0, 2500).Where(j => clusters[j] == clusters[i]).Sum(j => Distance(rows[i], rows[j])) / 1249;
            double other = Enumerable.Range(0, 2500).Where(j => clusters[j] != clusters[i]).Sum(j => Distance(rows[i], rows[j])) / 1250;

            Close((other - own) / Math.Max(other, own), silhouette.Values[i]);
        }
    }

    [Fact]
    public void Silhouette_Sample_MeasuresTheSampledRowsAmongThemselves()
    {
        Silhouette sample = Silhouette.OfSample(X, Clusters, 60, seed: 4);
        int[] rows = [.. sample.Rows];

        Assert.Equal(60, rows.Distinct().Count());
        Assert.Equal(Silhouette.Of(X.Take(rows), [.. rows.Select(i => Clusters[i])]).Values, sample.Values);
        Assert.Equal(sample.Values, Silhouette.OfSample(X, Clusters, 60, seed: 4).Values);
        Close(Silhouette.Of(X, Clusters).Mean, Silhouette.OfSample(X, Clusters, X.RowCount).Mean);
    }

    [Fact]
    public void Silhouette_BadInput_SaysWhatIsWrong()
    {
        Matrix three = Matrix.FromRows([[1], [2], [3]]);

        Assert.Contains("there are 1 in 3 rows", Assert.Throws<ArgumentException>(() => Silhouette.Of(three, [5, 5, 5])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Silhouette.Of(three, [1, 2, 3]));
        Assert.Equal("clusters", Assert.Throws<ArgumentException>(() => Silhouette.Of(three, [1, 2])).ParamName);
        Assert.Throws<ArgumentException>(() => Silhouette.Of(Matrix.FromRows([[1], [2], [double.NaN]]), [1, 2, 2]));
        Assert.Equal("sample", Assert.Throws<ArgumentOutOfRangeException>(() => Silhouette.OfSample(three, [1, 1, 2], 4)).ParamName);
        Assert.Throws<OperationCanceledException>(() => Silhouette.Of(three, [1, 1, 2], new CancellationToken(canceled: true)));
        Assert.All(Silhouette.Of(Matrix.FromRows([[1], [1], [1]]), [0, 0, 1]).Values, value => Assert.Equal(0, value)); // all in one point
    }

    [Fact]
    public void AdjustedRand_IrisClusterings_EqualsScikitLearn()
    {
        int[] truth = Reference.Codes("truth");

        Reference.Agree("adjustedRand", AdjustedRand.Compute(truth, Clusters));
        Reference.Agree("adjustedRand", AdjustedRand.Compute(Clusters, truth)); // symmetric
        Reference.Agree("adjustedRandBayes", AdjustedRand.Compute(truth, Reference.Codes("bayes")));
    }

    [Fact]
    public void AdjustedRand_EdgeCases_FollowScikitLearnsDocumentation()
    {
        Assert.Equal(1, AdjustedRand.Compute([0, 0, 1, 1], [7, 7, -2, -2]));
        Assert.Equal(-0.5, AdjustedRand.Compute([0, 0, 1, 1], [0, 1, 0, 1]));
        Assert.Equal(0, AdjustedRand.Compute([0, 0, 0, 0], [0, 1, 2, 3]));
        Assert.Equal("predicted", Assert.Throws<ArgumentException>(() => AdjustedRand.Compute([0, 1], [0])).ParamName);
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (p, q) => (p - q) * (p - q)).Sum());
}
