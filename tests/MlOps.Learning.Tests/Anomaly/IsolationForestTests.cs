using MlOps.Learning.Anomaly;
using MlOps.Learning.Tests.Trees;
using MlOps.Learning.Trees;

namespace MlOps.Learning.Tests.Anomaly;

public sealed class IsolationForestTests
{
    [Fact]
    public void Score_BreastCancer_AgreesWithScikitLearn()
    {
        // Mean of -score_samples of four forests of 500 trees, scikit-learn 1.2.1; what is left is chance.
        TreeReferences.DataSet set = TreeReferences.Data("cancer");
        double[] expected = TreeReferences.Results("cancer").GetProperty("isolation").Numbers();
        double[] scores = new IsolationForest(trees: 1000).Fit(set.X).Score(set.X);

        Assert.InRange(Measures.Correlation(scores, expected), 0.995, 1);
        Assert.InRange(Measures.LargestGap(scores, expected), 0, 0.03);
        Assert.Equal(expected.Average(), scores.Average(), 0.003);
    }

    [Fact]
    public void Score_Outlier_IsTheStrangest()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            (Matrix x, _) = Measures.Made(300, 3, seed);
            double[] values = x.Values.ToArray();
            values[30] = 8; // row 10
            double[] scores = new IsolationForest(seed: seed).Fit(new Matrix(300, 3, values)).Score(new Matrix(300, 3, values));
            Assert.Equal(scores.Max(), scores[10]);
            Assert.All(scores, score => Assert.InRange(score, double.Epsilon, 1));
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(256, 10.244770920119917)] // 2 (ln 255 + γ) − 2 · 255 / 256
    public void MeanPathLength_Count_EqualsTheFormula(int count, double expected) => Assert.Equal(expected, IsolationForestModel.MeanPathLength(count), 1e-12);

    [Fact]
    public void Fit_TwoCases_PathsAreOneLong()
    {
        IsolationForestModel model = new IsolationForest(trees: 5).Fit(Matrix.FromRows([[0], [1]]));
        Assert.Equal([0.5, 0.5], model.Score(Matrix.FromRows([[0], [1]]))); // 2^(−1/1)
    }

    [Fact]
    public void Fit_AnyNumberOfThreads_GivesTheSameForest()
    {
        (Matrix x, _) = Measures.Made(1000, 4, 1);
        double[] one = new IsolationForest(seed: 5) { MaxDegreeOfParallelism = 1 }.Fit(x).Score(x);
        Assert.Equal(one, new IsolationForest(seed: 5) { MaxDegreeOfParallelism = 3 }.Fit(x).Score(x));
        Assert.NotEqual(one, new IsolationForest(seed: 6).Fit(x).Score(x));
    }

    [Fact]
    public void Fit_Trees_HoldTheSampleAndTheDepthLimit()
    {
        (Matrix x, _) = Measures.Made(1000, 4, 2);
        Assert.All(new IsolationForest(10, sampleSize: 100).Fit(x).Trees, tree =>
        {
            Assert.Equal(100, tree.Cover[0]);
            Assert.InRange(tree.Depth, 2, 7); // ⌈log₂ 100⌉
            double leaves = 0;
            for (int i = 0; i < tree.NodeCount; i++)
            {
                leaves += tree.Features[i] == Tree.Leaf ? tree.Cover[i] : 0;
                Assert.True(tree.Cover[i] >= 1);
            }

            Assert.Equal(100, leaves);
        });
    }

    [Fact]
    public void Fit_BadInput_Throws()
    {
        Assert.Contains("two rows", Assert.Throws<ArgumentException>(() => new IsolationForest().Fit(new Matrix(1, 1, [1]))).Message, StringComparison.Ordinal);
        Assert.Contains("varies", Assert.Throws<ArgumentException>(() => new IsolationForest().Fit(new Matrix(2, 1, [1, 1]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new IsolationForest().Fit(new Matrix(2, 1, [1, double.NaN])));
        Assert.Throws<ArgumentException>(() => new IsolationForest().Fit(new Matrix(2, 1, [1, 2])).Score(new Matrix(1, 2, [1, 2])));
        Assert.Equal("sampleSize", Assert.Throws<ArgumentOutOfRangeException>(() => new IsolationForest(sampleSize: 1)).ParamName);
        Assert.Equal("trees", Assert.Throws<ArgumentOutOfRangeException>(() => new IsolationForest(trees: 0)).ParamName);
    }
}
