using System.Text.Json;
using MlOps.Learning.Trees;

namespace MlOps.Learning.Tests.Trees;

public sealed class GradientBoostingTests
{
    // scikit-learn 1.2.1's HistGradientBoosting with the same settings. Wine and diabetes have at most 255 different values a column: the bins
    // are the same, and the predictions differ by the single-precision gradients there alone. Breast cancer has more; its quantiles differ.
    [Fact]
    public void Classifier_BreastCancer_AsGoodAsScikitLearn()
    {
        TreeReferences.DataSet set = TreeReferences.Data("cancer");
        JsonElement expected = TreeReferences.Results("cancer");
        double[] p = new GradientBoostingClassifier().Fit(set.TrainX, set.TrainLabels).PredictProbabilities(set.TestX).Column(1);

        Assert.InRange(Measures.Auc(p, set.TestY), expected.GetProperty("boostingAuc").GetDouble() - 0.005, 1);
        Assert.InRange(Measures.Correlation(p, expected.GetProperty("boostingProbabilities").Numbers()), 0.99, 1);
    }

    [Fact]
    public void Classifier_MissingValues_AsGoodAsScikitLearn()
    {
        TreeReferences.DataSet set = TreeReferences.Data("cancer");
        JsonElement expected = TreeReferences.Results("cancer");
        Matrix holes = Holes(set.X);
        double[] p = new GradientBoostingClassifier().Fit(holes.Take(set.Train), set.TrainLabels).PredictProbabilities(holes.Take(set.Test)).Column(1);

        Assert.InRange(Measures.Auc(p, set.TestY), expected.GetProperty("missingAuc").GetDouble() - 0.005, 1);
        Assert.InRange(Measures.Correlation(p, expected.GetProperty("missingProbabilities").Numbers()), 0.99, 1);
    }

    [Fact]
    public void Classifier_ThreeClasses_PredictsAsScikitLearn()
    {
        TreeReferences.DataSet set = TreeReferences.Data("wine");
        JsonElement expected = TreeReferences.Results("wine");
        GradientBoostingClassifierModel model = new GradientBoostingClassifier().Fit(set.TrainX, set.TrainLabels);
        Matrix p = model.PredictProbabilities(set.TestX);

        Assert.Equal(300, model.Trees.Count);
        Assert.InRange(Measures.Accuracy(model.Predict(set.TestX), set.TestY), expected.GetProperty("boostingAccuracy").GetDouble() - (1.0 / set.Test.Length), 1);
        double[] theirs = [.. expected.GetProperty("boostingProbabilities").EnumerateArray().SelectMany(row => row.Numbers())];
        Assert.InRange(Measures.Correlation(p.Values.ToArray(), theirs), 0.99999, 1);
        Assert.All(Enumerable.Range(0, p.RowCount), i => Assert.Equal(1, p.Row(i).ToArray().Sum(), 1e-12));
    }

    [Fact]
    public void Regressor_Diabetes_PredictsAsScikitLearn()
    {
        TreeReferences.DataSet set = TreeReferences.Data("diabetes");
        JsonElement expected = TreeReferences.Results("diabetes");
        double[] squared = new GradientBoostingRegressor().Fit(set.TrainX, set.TrainY).Predict(set.TestX);
        double[] ridge = new GradientBoostingRegressor(rounds: 50, maxDepth: 4, maxLeaves: 8, l2: 5, learningRate: 0.2).Fit(set.TrainX, set.TrainY).Predict(set.TestX);
        double[] median = new GradientBoostingRegressor(RegressionLoss.AbsoluteError).Fit(set.TrainX, set.TrainY).Predict(set.TestX);
        double[] poisson = new GradientBoostingRegressor(RegressionLoss.Poisson).Fit(set.TrainX, set.TrainY).Predict(set.TestX);

        Assert.InRange(Measures.Rmse(squared, set.TestY) / Measures.Rmse(expected.GetProperty("boostingPredictions").Numbers(), set.TestY), 0.95, 1.02);
        Assert.InRange(Measures.Rmse(ridge, set.TestY) / Measures.Rmse(expected.GetProperty("ridgePredictions").Numbers(), set.TestY), 0.95, 1.02);
        Assert.InRange(Measures.Rmse(poisson, set.TestY) / Measures.Rmse(expected.GetProperty("poissonPredictions").Numbers(), set.TestY), 0.95, 1.02);
        Assert.InRange(Measures.Mae(median, set.TestY) / expected.GetProperty("medianMae").GetDouble(), 0.95, 1.03);
        Assert.InRange(Measures.Correlation(squared, expected.GetProperty("boostingPredictions").Numbers()), 0.99999, 1);
    }

    [Fact]
    public void Fit_OneRoundOneSplit_IsNewtonsStepByHand()
    {
        // Squared error, mean 2.5; the split at 2.5 leaves residual sums −2 and 2: leaves ∓1·η, gain 4/2 + 4/2 − 0 (of half squares: G²/H).
        var boosting = new GradientBoostingRegressor(rounds: 1, learningRate: 0.5, maxLeaves: 2, minSamplesLeaf: 1);
        GradientBoostingRegressorModel model = boosting.Fit(Matrix.FromRows([[1], [2], [3], [4]]), [1, 2, 3, 4]);

        Assert.Equal(2.5, model.BaseValue);
        Assert.Equal([0, -0.5, 0.5], model.Trees[0].Values.ToArray());
        Assert.Equal(2.5f, model.Trees[0].Thresholds[0]);
        Assert.Equal(4, model.Trees[0].Gains[0], 1e-9);
        Assert.Equal([2, 2, 3, 3], model.Predict(Matrix.FromRows([[1], [2], [3], [4]])));
        Assert.Equal([0.625, 0.25], model.TrainingLoss); // halves of the mean of 1.5², 0.5², 0.5², 1.5², then of 1, 0, 0, 1
    }

    [Fact]
    public void Fit_MissingValueTellsTheClass_GoesItsOwnWay()
    {
        // Only where x is missing is y 1: the split parts all finite values from the missing ones.
        double[] values = [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? double.NaN : i)];
        var x = new Matrix(60, 1, values);
        Labels y = Labels.Of(values.Select(double.IsNaN));
        GradientBoostingClassifierModel model = new GradientBoostingClassifier(rounds: 50, minSamplesLeaf: 5).Fit(x, y);

        Assert.Equal(y.Codes.ToArray(), model.Predict(x));
        Assert.False(model.Trees[0].MissingGoesLeft[0]);

        // And where missing values resemble small ones, they go left with them.
        Labels small = Labels.Of(values.Select(value => double.IsNaN(value) || value < 30));
        GradientBoostingClassifierModel left = new GradientBoostingClassifier(rounds: 50, minSamplesLeaf: 5).Fit(x, small);
        Assert.True(left.Trees[0].MissingGoesLeft[0]);
        Assert.Equal(small.Codes.ToArray(), left.Predict(x));
    }

    [Fact]
    public void Predict_MissingOnlyLater_FollowsTheLargerSide()
    {
        Matrix x = new(60, 1, [.. Enumerable.Range(0, 60).Select(i => (double)i)]);
        Labels y = Labels.Of(Enumerable.Range(0, 60).Select(i => i >= 40));
        GradientBoostingClassifierModel model = new GradientBoostingClassifier(rounds: 1, maxLeaves: 2, minSamplesLeaf: 5).Fit(x, y);
        Assert.Equal(model.Predict(Matrix.FromRows([[0]])), model.Predict(Matrix.FromRows([[double.NaN]])));
    }

    [Fact]
    public void Fit_WholeWeights_EqualsRepeatedRows()
    {
        TreeReferences.DataSet set = TreeReferences.Data("wine");
        Labels y = Labels.Of(set.Y.Select(value => value > 0));
        double[] weights = [.. Enumerable.Range(0, set.Y.Length).Select(i => (double)(i * 5 % 4))];
        int[] repeated = Measures.Repeated(weights);
        var boosting = new GradientBoostingClassifier(rounds: 10, minSamplesLeaf: 1, maxLeaves: 4);

        GradientBoostingClassifierModel weighted = boosting.Fit(set.X, y, weights);
        GradientBoostingClassifierModel copied = boosting.Fit(set.X.Take(repeated), y.Take(repeated));
        Assert.Equal(0, Measures.LargestGap(weighted.PredictProbabilities(set.X).Column(1), copied.PredictProbabilities(set.X).Column(1)), 1e-6);
        Assert.Equal(copied.Trees[0].Cover.ToArray(), weighted.Trees[0].Cover.ToArray());
    }

    [Fact]
    public void Fit_AnyNumberOfThreads_GivesTheSameModel()
    {
        (Matrix x, double[] y) = Measures.Made(6000, 9, 2);
        foreach (double share in (double[])[1, 0.7])
        {
            double[] One(int threads, int seed) => new GradientBoostingRegressor(rounds: 10, subsample: share, columnSample: share, earlyStopping: new(0.2), seed: seed)
            {
                MaxDegreeOfParallelism = threads,
            }.Fit(x, y).Predict(x);
            Assert.Equal(One(1, 7), One(2, 7));
            Assert.Equal(One(1, 7), One(5, 7));
            Assert.NotEqual(One(1, 7), One(1, 8)); // other cases are kept aside
        }
    }

    [Fact]
    public void Fit_EarlyStopping_KeepsTheBestRound()
    {
        TreeReferences.DataSet set = TreeReferences.Data("diabetes");
        GradientBoostingRegressorModel model = new GradientBoostingRegressor(rounds: 500, earlyStopping: new EarlyStoppingRule(0.2, patience: 5)).Fit(set.X, set.Y);

        Assert.InRange(model.Trees.Count, 1, 200);
        Assert.Equal(model.Trees.Count + 5, model.ValidationLoss.Count - 1);
        Assert.Equal(model.ValidationLoss.Min(), model.ValidationLoss[model.Trees.Count], 1e-7);
        Assert.Equal(model.TrainingLoss.Count, model.ValidationLoss.Count);
    }

    [Fact]
    public void Fit_TrainingLoss_IsTheLossOfThePredictions()
    {
        TreeReferences.DataSet set = TreeReferences.Data("cancer");
        GradientBoostingClassifierModel model = new GradientBoostingClassifier(rounds: 20).Fit(set.X, set.Labels);
        double[] p = model.PredictProbabilities(set.X).Column(1);
        double loss = -p.Zip(set.Y, (q, y) => y == 1 ? Math.Log(q) : Math.Log(1 - q)).Average();

        Assert.Equal(loss, model.TrainingLoss[^1], 1e-9);
        Assert.Equal(21, model.TrainingLoss.Count);
        Assert.All(model.TrainingLoss.Zip(model.TrainingLoss.Skip(1)), pair => Assert.True(pair.Second < pair.First));
    }

    [Fact]
    public void Fit_Subsample_UpdatesAllCases()
    {
        // The training loss counts every case, also those a round did not see: it must match the model's predictions.
        TreeReferences.DataSet set = TreeReferences.Data("diabetes");
        GradientBoostingRegressorModel model = new GradientBoostingRegressor(rounds: 30, subsample: 0.5, columnSample: 0.5).Fit(Holes(set.X), set.Y);
        double loss = model.Predict(Holes(set.X)).Zip(set.Y, (f, y) => (f - y) * (f - y) / 2).Average();
        Assert.Equal(loss, model.TrainingLoss[^1], 1e-6);
    }

    [Fact]
    public void Fit_Limits_AreKept()
    {
        (Matrix x, double[] y) = Measures.Made(3000, 4, 9);
        foreach (Tree tree in new GradientBoostingRegressor(rounds: 5, maxLeaves: 12, maxDepth: 4, minSamplesLeaf: 30).Fit(x, y).Trees)
        {
            Assert.InRange(tree.LeafCount, 2, 12);
            Assert.InRange(tree.Depth, 1, 4);
            Assert.True(tree.Cover.ToArray().Min() >= 30);
        }
    }

    [Fact]
    public void Fit_Quantile_CoversItsShare()
    {
        (Matrix x, double[] y) = Measures.Made(3000, 3, 11);
        foreach (double q in (double[])[0.1, 0.5, 0.9])
        {
            double[] predicted = new GradientBoostingRegressor(RegressionLoss.Quantile, q).Fit(x, y).Predict(x);
            Assert.InRange(predicted.Zip(y, (f, t) => t <= f ? 1.0 : 0).Average(), q - 0.05, q + 0.05);
        }
    }

    [Fact]
    public void Fit_LargeTargets_LoseNothing()
    {
        (Matrix x, double[] y) = Measures.Made(500, 3, 12);
        double[] far = [.. y.Select(value => 1e6 + value)];
        double[] near = new GradientBoostingRegressor(rounds: 20).Fit(x, y).Predict(x);
        double[] moved = new GradientBoostingRegressor(rounds: 20).Fit(x, far).Predict(x);
        Assert.Equal(0, Measures.LargestGap(near, [.. moved.Select(value => value - 1e6)]), 1e-4);
    }

    [Fact]
    public void Fit_Importances_AddUpToOne() =>
        Assert.Equal(1, new GradientBoostingClassifier(rounds: 5).Fit(TreeReferences.Data("cancer").X, TreeReferences.Data("cancer").Labels).FeatureImportances.Sum(), 1e-12);

    [Fact]
    public void Fit_NothingVaries_PredictsTheBase()
    {
        Matrix x = new(50, 1, Enumerable.Repeat(3.0, 50).ToArray());
        double[] y = [.. Enumerable.Range(0, 50).Select(i => (double)(i % 2))];
        GradientBoostingRegressorModel model = new GradientBoostingRegressor(rounds: 3).Fit(x, y);
        Assert.All(model.Predict(x), value => Assert.Equal(0.5, value, 1e-6));
        Assert.Equal([0.0], model.FeatureImportances);
    }

    [Fact]
    public void Fit_ClassWithoutCases_GetsNextToNothing()
    {
        (Matrix x, double[] y) = Measures.Made(200, 2, 3);
        var labels = new Labels([.. y.Select(value => value > 0.5 ? 2 : 0)], ["a", "b", "c"]);
        Matrix p = new GradientBoostingClassifier(rounds: 10).Fit(x, labels).PredictProbabilities(x);
        Assert.All(p.Column(1), value => Assert.InRange(value, 0, 1e-6));
    }

    [Fact]
    public void Fit_BadInput_Throws()
    {
        Matrix x = Matrix.FromRows([[1], [double.PositiveInfinity]]);
        Assert.Contains("column 'x0'", Assert.Throws<ArgumentException>(() => new GradientBoostingRegressor().Fit(x, [1, 2])).Message, StringComparison.Ordinal);
        Matrix good = Matrix.FromRows([[1], [2]]);
        Assert.Throws<ArgumentException>(() => new GradientBoostingClassifier().Fit(good, Labels.Of(["u", "u"])));
        Assert.Throws<ArgumentException>(() => new GradientBoostingRegressor().Fit(new Matrix(0, 1, []), []));
        Assert.Throws<ArgumentException>(() => new GradientBoostingRegressor(RegressionLoss.Poisson).Fit(good, [1, -1]));
        Assert.Throws<ArgumentException>(() => new GradientBoostingRegressor(RegressionLoss.Poisson).Fit(good, [0, 0]));
        Assert.Throws<ArgumentException>(() => new GradientBoostingRegressor(earlyStopping: new EarlyStoppingRule(0.1)).Fit(good, [1, 2]));
        Assert.Throws<ArgumentException>(() => new GradientBoostingRegressor().Fit(good, [1, 2]).Predict(Matrix.FromRows([[1, 2]])));
        Assert.Throws<ArgumentException>(() => new GradientBoostingRegressor().Fit(good, [1, 2]).Predict(x));
        Assert.ThrowsAny<OperationCanceledException>(() => new GradientBoostingRegressor().Fit(good, [1, 2], cancellationToken: new CancellationToken(true)));
    }

    [Fact]
    public void Fit_LearningRateTooLarge_SaysWhereItDiverged()
    {
        (Matrix x, double[] y) = Measures.Made(200, 2, 3);
        DivergenceException e = Assert.Throws<DivergenceException>(() => new GradientBoostingRegressor(learningRate: 1e30, rounds: 50).Fit(x, y));
        Assert.True(e.Step >= 1);
        Assert.False(double.IsFinite(e.Loss));
    }

    [Fact]
    public void Constructor_OutsideTheRange_NamesTheParameter()
    {
        Assert.Equal("rounds", Assert.Throws<ArgumentOutOfRangeException>(() => new GradientBoostingClassifier(rounds: 0)).ParamName);
        Assert.Equal("learningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new GradientBoostingClassifier(learningRate: 0)).ParamName);
        Assert.Equal("maxLeaves", Assert.Throws<ArgumentOutOfRangeException>(() => new GradientBoostingClassifier(maxLeaves: 1)).ParamName);
        Assert.Equal("l2", Assert.Throws<ArgumentOutOfRangeException>(() => new GradientBoostingClassifier(l2: -1)).ParamName);
        Assert.Equal("maxBins", Assert.Throws<ArgumentOutOfRangeException>(() => new GradientBoostingClassifier(maxBins: 256)).ParamName);
        Assert.Equal("quantile", Assert.Throws<ArgumentOutOfRangeException>(() => new GradientBoostingRegressor(quantile: 1)).ParamName);
        Assert.Equal("validationShare", Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStoppingRule(validationShare: 1)).ParamName);
        Assert.Equal("subsample", Assert.Throws<ArgumentOutOfRangeException>(() => new GradientBoostingClassifier(subsample: 0)).ParamName);
        Assert.Equal("columnSample", Assert.Throws<ArgumentOutOfRangeException>(() => new GradientBoostingClassifier(columnSample: 1.5)).ParamName);
    }

    /// <summary>Every fifth value missing, as References/trees.py does.</summary>
    private static Matrix Holes(Matrix x)
    {
        double[] values = x.Values.ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ((i / x.ColumnCount * 7) + (i % x.ColumnCount * 3)) % 5 == 0 ? double.NaN : values[i];
        }

        return new Matrix(x.RowCount, x.ColumnCount, values, x.ColumnNames);
    }
}
