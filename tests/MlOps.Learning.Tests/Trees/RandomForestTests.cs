using System.Text.Json;
using MlOps.Learning.Trees;

namespace MlOps.Learning.Tests.Trees;

public sealed class RandomForestTests
{
    // Reference: scikit-learn 1.2.1's exact forests of 200 trees, six random states. Ours must lie within 0.005 of their range.
    private const double AucTolerance = 0.005;

    [Fact]
    public void Classifier_BreastCancer_AsGoodAsScikitLearn()
    {
        TreeReferences.DataSet set = TreeReferences.Data("cancer");
        RandomForestClassifierModel model = new RandomForestClassifier(trees: 200, outOfBag: true).Fit(set.TrainX, set.TrainLabels);

        AssertNear(TreeReferences.Results("cancer").GetProperty("forestAuc"), Measures.Auc(model.PredictProbabilities(set.TestX).Column(1), set.TestY), AucTolerance);
        AssertNear(TreeReferences.Results("cancer").GetProperty("forestOutOfBag"), model.OutOfBagScore!.Value, 2.0 / set.Train.Length); // two cases
    }

    [Fact]
    public void Classifier_Wine_AsGoodAsScikitLearn()
    {
        TreeReferences.DataSet set = TreeReferences.Data("wine");
        RandomForestClassifierModel model = new RandomForestClassifier(trees: 200, criterion: SplitCriterion.Entropy).Fit(set.TrainX, set.TrainLabels);
        AssertNear(TreeReferences.Results("wine").GetProperty("forestAccuracy"), Measures.Accuracy(model.Predict(set.TestX), set.TestY), 1.0 / set.Test.Length);
    }

    [Fact]
    public void Regressor_Diabetes_AsGoodAsScikitLearn()
    {
        TreeReferences.DataSet set = TreeReferences.Data("diabetes");
        RandomForestRegressorModel model = new RandomForestRegressor(trees: 200, outOfBag: true).Fit(set.TrainX, set.TrainY);
        AssertNear(TreeReferences.Results("diabetes").GetProperty("forestRmse"), Measures.Rmse(model.Predict(set.TestX), set.TestY), 0.6); // 1 % of the error
        Assert.InRange(model.OutOfBagScore!.Value, 0.3, 0.6);
        double[] seen = [.. model.OutOfBagPredictions!.Where(value => !double.IsNaN(value))];
        Assert.Equal(set.Train.Length, seen.Length);
    }

    [Fact]
    public void Fit_AllFeaturesAllCases_EqualsTheExactTree()
    {
        // Wine has fewer than 255 different values a column, so that bins lose nothing.
        TreeReferences.DataSet set = TreeReferences.Data("wine");
        Tree exact = new DecisionTreeClassifier(minSamplesLeaf: 12, minImpurityDecrease: 0.005).Fit(set.X, set.Labels).Tree;
        Tree binned = new RandomForestClassifier(1, minSamplesLeaf: 12, minImpurityDecrease: 0.005, maxFeatures: 13, bootstrap: false).Fit(set.X, set.Labels).Trees[0];

        Assert.Equal(exact.Features.ToArray(), binned.Features.ToArray());
        Assert.Equal(exact.Cover.ToArray(), binned.Cover.ToArray());
        Assert.Equal(exact.Gains.ToArray().Select(gain => Math.Round(gain, 9)), binned.Gains.ToArray().Select(gain => Math.Round(gain, 9)));
    }

    [Fact]
    public void Fit_AnyNumberOfThreads_GivesTheSameForest()
    {
        (Matrix x, double[] y) = Measures.Made(2000, 6, 5);
        Labels labels = Measures.Halves(y);
        RandomForestClassifierModel one = new RandomForestClassifier(20, outOfBag: true, seed: 3) { MaxDegreeOfParallelism = 1 }.Fit(x, labels);
        RandomForestClassifierModel four = new RandomForestClassifier(20, outOfBag: true, seed: 3) { MaxDegreeOfParallelism = 4 }.Fit(x, labels);
        RandomForestClassifierModel other = new RandomForestClassifier(20, seed: 4).Fit(x, labels);

        Assert.Equal(one.PredictProbabilities(x).Values.ToArray(), four.PredictProbabilities(x).Values.ToArray());
        Assert.Equal(one.OutOfBagProbabilities!.Values.ToArray(), four.OutOfBagProbabilities!.Values.ToArray());
        Assert.Equal(one.FeatureImportances, four.FeatureImportances);
        Assert.NotEqual(one.PredictProbabilities(x).Values.ToArray(), other.PredictProbabilities(x).Values.ToArray());
    }

    [Fact]
    public void Fit_WholeWeightsWithoutBootstrap_EqualsRepeatedRows()
    {
        TreeReferences.DataSet set = TreeReferences.Data("diabetes");
        double[] weights = [.. Enumerable.Range(0, set.Y.Length).Select(i => (double)(1 + (i % 3)))];
        int[] repeated = Measures.Repeated(weights);
        var forest = new RandomForestRegressor(1, maxDepth: 4, bootstrap: false);

        double[] weighted = forest.Fit(set.X, set.Y, weights).Predict(set.X);
        double[] copied = forest.Fit(set.X.Take(repeated), [.. repeated.Select(i => set.Y[i])]).Predict(set.X);
        Assert.Equal(0, Measures.LargestGap(weighted, copied), 1e-8);
    }

    [Fact]
    public void Fit_Importances_AddUpToOneAndFindTheCause()
    {
        for (int seed = 0; seed < 5; seed++)
        {
            (Matrix x, double[] y) = Measures.Made(300, 5, seed);
            RandomForestRegressorModel model = new RandomForestRegressor(10, seed: seed).Fit(x, y);
            Assert.Equal(1, model.FeatureImportances.Sum(), 1e-12);
            Assert.True(model.FeatureImportances[0] > model.FeatureImportances[2]);
        }
    }

    [Fact]
    public void Fit_Progress_EndsAtOne()
    {
        (Matrix x, double[] y) = Measures.Made(100, 2, 1);
        var seen = new List<double>();
        new RandomForestRegressor(7).Fit(x, y, progress: new Told(seen.Add));
        Assert.Equal(Enumerable.Range(1, 7).Select(i => i / 7.0), seen);
    }

    [Fact]
    public void Fit_BadInput_Throws()
    {
        Matrix x = Matrix.FromRows([[1, 2], [3, double.NaN]]);
        Assert.Throws<ArgumentException>(() => new RandomForestClassifier().Fit(x, Labels.Of(["u", "v"])));
        Assert.Throws<ArgumentException>(() => new RandomForestRegressor().Fit(new Matrix(0, 1, []), []));
        Assert.Throws<ArgumentException>(() => new RandomForestClassifier(bootstrap: false, outOfBag: true));
        Assert.Equal("trees", Assert.Throws<ArgumentOutOfRangeException>(() => new RandomForestClassifier(trees: 0)).ParamName);
        Assert.Equal("maxBins", Assert.Throws<ArgumentOutOfRangeException>(() => new RandomForestRegressor(maxBins: 256)).ParamName);
        RandomForestRegressorModel model = new RandomForestRegressor(2).Fit(Matrix.FromRows([[1], [2]]), [1, 2]);
        Assert.Throws<ArgumentException>(() => model.Predict(Matrix.FromRows([[1, 2]])));
        Assert.Throws<ArgumentException>(() => model.Predict(Matrix.FromRows([[double.NaN]])));
        Assert.ThrowsAny<OperationCanceledException>(() => new RandomForestRegressor().Fit(Matrix.FromRows([[1], [2]]), [1, 2], cancellationToken: new CancellationToken(true)));
    }

    private static void AssertNear(JsonElement range, double value, double tolerance) =>
        Assert.InRange(value, range.GetProperty("min").GetDouble() - tolerance, range.GetProperty("max").GetDouble() + tolerance);

    private sealed class Told(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}
