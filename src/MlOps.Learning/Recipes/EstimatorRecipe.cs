using MlOps.Data;
using MlOps.Learning.Bayes;
using MlOps.Learning.Linear;
using MlOps.Learning.Neighbors;
using MlOps.Learning.Neural;
using MlOps.Learning.Preprocessing;
using MlOps.Learning.SupportVectors;
using MlOps.Learning.Trees;

namespace MlOps.Learning.Recipes;

/// <summary>A kind of model by its short name, with settings that suit tables nobody has looked at, and the preparation its features need.</summary>
/// <remarks>Columns of numbers are standardised where distances or penalties count; trees and naive Bayes take them as they are; boosting takes missing ones too.</remarks>
public sealed class EstimatorRecipe
{
    private const int Rounds = 100;
    private const int Trees = 100;
    private const int Neighbors = 5;
    private const double LearningRate = 0.1;
    private const double Penalty = 1;

    private static readonly Step[] s_asTheyAre = [];
    private static readonly Step[] s_filled = [Impute.Median()];
    private static readonly Step[] s_scaled = [Impute.Median(), new StandardScale()];

    private readonly Func<int, IClassifierEstimator>? _classifier;
    private readonly Func<int, IRegressorEstimator>? _regressor;
    private readonly Step[] _numberSteps;

    private EstimatorRecipe(string name, string title, Step[] numberSteps, Func<int, IClassifierEstimator>? classifier, Func<int, IRegressorEstimator>? regressor, params (string Name, double Value)[] settings)
    {
        (Name, Title, _numberSteps, _classifier, _regressor) = (name, title, numberSteps, classifier, regressor);
        Settings = settings.ToDictionary(setting => setting.Name, setting => setting.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Gets all recipes; the first is the one to begin with.</summary>
    public static IReadOnlyList<EstimatorRecipe> All { get; } =
    [
        new("boosting", "gradient boosting", s_asTheyAre, seed => new GradientBoostingClassifier(Rounds, LearningRate, seed: seed), seed => new GradientBoostingRegressor(rounds: Rounds, learningRate: LearningRate, seed: seed), ("rounds", Rounds), ("learningRate", LearningRate)),
        new("forest", "random forest", s_filled, seed => new RandomForestClassifier(Trees, seed: seed), seed => new RandomForestRegressor(Trees, seed: seed), ("trees", Trees)),
        new("tree", "decision tree", s_filled, seed => new DecisionTreeClassifier(seed: seed), seed => new DecisionTreeRegressor(seed: seed)),
        new("logistic", "logistic regression", s_scaled, _ => new LogisticRegression(Penalty), null, ("l2", Penalty)),
        new("linear", "linear regression", s_scaled, null, _ => new LinearRegression()),
        new("ridge", "ridge regression", s_scaled, null, _ => new RidgeRegression(Penalty), ("l2", Penalty)),
        new("mlp", "multi-layer perceptron", s_scaled, seed => new MlpClassifier(new MlpOptions { Seed = seed }), seed => new MlpRegressor(new MlpOptions { Seed = seed }), ("hidden", new MlpOptions().Hidden[0]), ("epochs", new MlpOptions().Epochs)),
        new("knn", "nearest neighbours", s_scaled, _ => new KNeighborsClassifier(Neighbors), _ => new KNeighborsRegressor(Neighbors), ("k", Neighbors)),
        new("naive-bayes", "naive Bayes with normal features", s_filled, _ => new GaussianNaiveBayes(), null),
        new("svm", "support vector machine with an RBF kernel", s_scaled, _ => new RbfSvm(Penalty), null, ("c", Penalty)),
        new("linear-svm", "linear support vector machine", s_scaled, seed => new LinearSvm(Penalty, seed: seed), null, ("c", Penalty)),
        new("perceptron", "perceptron", s_scaled, seed => new Perceptron(seed: seed), null),
    ];

    /// <summary>Gets its short name, such as <c>boosting</c>.</summary>
    public string Name { get; }

    /// <summary>Gets its name in words.</summary>
    public string Title { get; }

    /// <summary>Gets the hyper-parameters that it sets, besides the seed.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Gets a value indicating whether it tells classes apart.</summary>
    public bool Classifies => _classifier is not null;

    /// <summary>Gets a value indicating whether it predicts numbers.</summary>
    public bool Regresses => _regressor is not null;

    /// <summary>Finds a recipe.</summary>
    /// <exception cref="ArgumentException">None has this name; the message lists them.</exception>
    public static EstimatorRecipe Of(string name) =>
        All.FirstOrDefault(recipe => recipe.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no model '{name}' for tables. There are: {string.Join(", ", All.Select(recipe => recipe.Name))}.", nameof(name));

    /// <summary>Makes the estimator for classes.</summary>
    /// <exception cref="ArgumentException">It predicts numbers only; the message lists those that do not.</exception>
    public IClassifierEstimator Classifier(int seed) => _classifier?.Invoke(seed) ?? throw Unfit("classes", recipe => recipe.Classifies);

    /// <summary>Makes the estimator for numbers.</summary>
    /// <exception cref="ArgumentException">It tells classes apart only; the message lists those that predict numbers.</exception>
    public IRegressorEstimator Regressor(int seed) => _regressor?.Invoke(seed) ?? throw Unfit("numbers", recipe => recipe.Regresses);

    /// <summary>Chooses what is done to the columns of a training table, as <see cref="Preprocessing.Pipeline.Auto"/> does, in the form that this model needs.</summary>
    /// <inheritdoc cref="Preprocessing.Pipeline.Auto" path="/exception"/>
    public Pipeline Pipeline(Table train, string label) => Preprocessing.Pipeline.Auto(
        train,
        label,
        numberSteps: _numberSteps,
        textSteps: Name == "linear" ? [Impute.Constant("missing"), new OneHot(dropFirst: true)] : null); // without a penalty, columns must not add up to 1

    private ArgumentException Unfit(string what, Func<EstimatorRecipe, bool> fits) =>
        new($"The model '{Name}' does not predict {what}. Those that do: {string.Join(", ", All.Where(fits).Select(recipe => recipe.Name))}.");
}
