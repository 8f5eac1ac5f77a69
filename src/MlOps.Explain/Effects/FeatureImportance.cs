namespace MlOps.Explain.Effects;

/// <summary>How much worse a model gets without one feature, or group of features.</summary>
/// <param name="Name">The feature or group.</param>
/// <param name="Mean">The mean drop of the score; 0: the model does not need it; below 0: chance.</param>
/// <param name="StandardDeviation">Of the drops (n, as scikit-learn's <c>importances_std</c>).</param>
/// <param name="Low">The lower end of the interval of the mean (Student, over the repeats): how far chance in the shuffles goes, not in the rows.</param>
/// <param name="High">The upper end.</param>
/// <param name="Drops">The drop of each repeat.</param>
public sealed record FeatureImportance(string Name, double Mean, double StandardDeviation, double Low, double High, IReadOnlyList<double> Drops);
