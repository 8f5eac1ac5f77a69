using System.Diagnostics;
using MlOps.Learning.Linear;
using MlOps.Learning.Metrics;
using MlOps.Learning.Neural;
using MlOps.Learning.Neighbors;
using MlOps.Learning.Bayes;
using MlOps.Learning.SupportVectors;
using MlOps.Learning.Trees;

namespace MlOps.Learning.Tests.Events;

/// <summary>The oracle is the contract in <see cref="LearningEvents"/>.</summary>
public sealed class LearningEventsTests
{
    private static readonly Matrix s_x = new(8, 2, [0, 1, 1, 0, 2, 1, 3, 0, 4, 1, 5, 0, 6, 1, 7, 0]);
    private static readonly Labels s_classes = new([0, 0, 1, 0, 1, 1, 0, 1], ["no", "yes"]);
    private static readonly double[] s_targets = [0, 1, 2, 3, 4, 5, 6, 8];

    public static TheoryData<string, IClassifierEstimator> Classifiers => new()
    {
        { "LogisticRegression", new LogisticRegression() }, { "Perceptron", new Perceptron() }, { "GaussianNaiveBayes", new GaussianNaiveBayes() },
        { "MultinomialNaiveBayes", new MultinomialNaiveBayes() }, { "KNeighborsClassifier", new KNeighborsClassifier(3) }, { "LinearSvm", new LinearSvm() }, { "RbfSvm", new RbfSvm() },
        { "DecisionTreeClassifier", new DecisionTreeClassifier() }, { "RandomForestClassifier", new RandomForestClassifier(3) },
        { "GradientBoostingClassifier", new GradientBoostingClassifier(3, minSamplesLeaf: 1) }, { "MlpClassifier", new MlpClassifier(new MlpOptions { Epochs = 2 }) },
    };

    public static TheoryData<string, IRegressorEstimator> Regressors => new()
    {
        { "LinearRegression", new LinearRegression() }, { "RidgeRegression", new RidgeRegression() }, { "KNeighborsRegressor", new KNeighborsRegressor(3) },
        { "DecisionTreeRegressor", new DecisionTreeRegressor() }, { "RandomForestRegressor", new RandomForestRegressor(3) },
        { "GradientBoostingRegressor", new GradientBoostingRegressor(rounds: 3, minSamplesLeaf: 1) }, { "MlpRegressor", new MlpRegressor(new MlpOptions { Epochs = 2 }) },
    };

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Fit_Classifier_TellsBeginEndAndAccuracy(string name, IClassifierEstimator estimator)
    {
        IClassifier? model = null;
        List<(string Event, IReadOnlyDictionary<string, object?> Payload)> told = Told(() => model = estimator.Fit(s_x, s_classes));
        IReadOnlyDictionary<string, object?> end = Check(name, told);
        Assert.Equal("accuracy", end["scoreName"]);
        int[] predicted = model!.Predict(s_x);
        int right = Enumerable.Range(0, 8).Count(i => predicted[i] == s_classes.Codes[i]);
        Assert.Equal(right / 8.0, ((Func<double>)end["score"]!)());
    }

    [Theory]
    [MemberData(nameof(Regressors))]
    public void Fit_Regressor_TellsBeginEndAndR2(string name, IRegressorEstimator estimator)
    {
        IRegressor? model = null;
        List<(string Event, IReadOnlyDictionary<string, object?> Payload)> told = Told(() => model = estimator.Fit(s_x, s_targets));
        IReadOnlyDictionary<string, object?> end = Check(name, told);
        Assert.Equal("r2", end["scoreName"]);
        Assert.Equal(RegressionMetrics.RSquared(s_targets, model!.Predict(s_x)), ((Func<double>)end["score"]!)());
    }

    [Fact]
    public void Fit_Forest_TellsItsSettings()
    {
        IReadOnlyDictionary<string, object?> begin = Told(() => new RandomForestClassifier(3, maxDepth: 2, seed: 9).Fit(s_x, s_classes))[0].Payload;
        var settings = ((KeyValuePair<string, object?>[])begin["settings"]!).ToDictionary();
        Assert.Equal((3, 2, 9, SplitCriterion.Gini, null), (settings["trees"], settings["maxDepth"], settings["seed"], settings["criterion"], settings["maxFeatures"]));
    }

    [Fact]
    public void Fit_Network_IsPartOfTheEstimatorAndTellsEpochs()
    {
        List<(string Event, IReadOnlyDictionary<string, object?> Payload)> told = Told(() => new MlpClassifier(new MlpOptions { Epochs = 3, ValidationShare = 0.25 }).Fit(s_x, s_classes));
        Assert.Equal(
            [LearningEvents.FitBegun, LearningEvents.FitBegun, LearningEvents.EpochEnded, LearningEvents.EpochEnded, LearningEvents.EpochEnded, LearningEvents.FitEnded, LearningEvents.FitEnded],
            told.Select(e => e.Event));
        Assert.Equal((0L, told[0].Payload["id"], "Trainer"), (told[0].Payload["parent"], told[1].Payload["parent"], told[1].Payload["estimator"]));
        Assert.Equal([1, 2, 3], told.Where(e => e.Event == LearningEvents.EpochEnded).Select(e => e.Payload["epoch"]));
        Assert.All(told.Where(e => e.Event == LearningEvents.EpochEnded), e =>
        {
            Assert.Equal(told[1].Payload["id"], e.Payload["id"]);
            Assert.Equal(["loss", "accuracy", "val_loss", "val_accuracy", "learning_rate"], ((KeyValuePair<string, double>[])e.Payload["metrics"]!).Select(m => m.Key));
        });
    }

    [Fact]
    public void Fit_Boosting_TellsTheLossOfEveryRound()
    {
        GradientBoostingRegressorModel? model = null;
        List<(string Event, IReadOnlyDictionary<string, object?> Payload)> told = Told(() => model = new GradientBoostingRegressor(rounds: 4, minSamplesLeaf: 1).Fit(s_x, s_targets));
        double[] losses = [.. told.Where(e => e.Event == LearningEvents.EpochEnded).Select(e => ((KeyValuePair<string, double>[])e.Payload["metrics"]!).Single(m => m.Key == "loss").Value)];
        Assert.Equal(model!.TrainingLoss.Skip(1), losses);
    }

    [Fact]
    public void Fit_ThatThrows_EndsWithoutSuccess()
    {
        List<(string Event, IReadOnlyDictionary<string, object?> Payload)> told = Told(() =>
            Assert.Throws<DivergenceException>(() => new Perceptron().Fit(new Matrix(2, 1, [1e308, -1e308]), new Labels([0, 1], ["a", "b"]), [1e308, 1e308])));
        Assert.Equal((LearningEvents.FitEnded, false, null), (told[^1].Event, told[^1].Payload["succeeded"], told[^1].Payload["score"]));
    }

    [Fact]
    public void Fit_OneAfterTheOther_AreNotParts()
    {
        List<(string Event, IReadOnlyDictionary<string, object?> Payload)> told = Told(() =>
        {
            new LinearRegression().Fit(s_x, s_targets);
            new LinearRegression().Fit(s_x, s_targets);
        });
        Assert.All(told.Where(e => e.Event == LearningEvents.FitBegun), e => Assert.Equal(0L, e.Payload["parent"]));
        Assert.Equal(2, told.Select(e => e.Payload["id"]).Distinct().Count());
    }

    private static IReadOnlyDictionary<string, object?> Check(string name, List<(string Event, IReadOnlyDictionary<string, object?> Payload)> told)
    {
        (string first, IReadOnlyDictionary<string, object?> begin) = told[0];
        (string last, IReadOnlyDictionary<string, object?> end) = told[^1];
        Assert.Equal((LearningEvents.FitBegun, LearningEvents.FitEnded), (first, last));
        Assert.Equal((name, 8, 2, 0L), (begin["estimator"], begin["rows"], begin["columns"], begin["parent"]));
        Assert.Equal((begin["id"], true), (end["id"], end["succeeded"]));
        Assert.True((double)end["seconds"]! >= 0);
        return end;
    }

    /// <summary>Collects what this test's own fits tell: other tests fit at the same time, in other flows of control.</summary>
    private static List<(string Event, IReadOnlyDictionary<string, object?> Payload)> Told(Action fit)
    {
        var mine = new AsyncLocal<bool> { Value = true };
        var told = new List<(string, IReadOnlyDictionary<string, object?>)>();
        IDisposable? subscription = null;
        using IDisposable all = DiagnosticListener.AllListeners.Subscribe(new Observer<DiagnosticListener>(listener =>
        {
            if (listener.Name == "MlOps.Learning")
            {
                subscription = listener.Subscribe(new Observer<KeyValuePair<string, object?>>(e =>
                {
                    if (mine.Value)
                    {
                        told.Add((e.Key, (IReadOnlyDictionary<string, object?>)e.Value!));
                    }
                }));
            }
        }));
        fit();
        subscription!.Dispose();
        return told;
    }

    private sealed class Observer<T>(Action<T> next) : IObserver<T>
    {
        public void OnNext(T value) => next(value);

        public void OnError(Exception error) => throw error;

        public void OnCompleted()
        {
        }
    }
}
