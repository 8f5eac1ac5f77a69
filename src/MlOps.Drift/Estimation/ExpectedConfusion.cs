using System.Globalization;
using MlOps.Drift.Reporting;

namespace MlOps.Drift.Estimation;

/// <summary>How many rows of each kind a set of decisions holds: expected numbers, or counts where the labels are known.</summary>
/// <param name="TruePositives">Decided positive, and true.</param>
/// <param name="FalsePositives">Decided positive, but false.</param>
/// <param name="FalseNegatives">Decided negative, but true.</param>
/// <param name="TrueNegatives">Decided negative, and false.</param>
public sealed record ExpectedConfusion(double TruePositives, double FalsePositives, double FalseNegatives, double TrueNegatives)
{
    /// <summary>Gets the number of rows.</summary>
    public double Total => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>Returns the expected value of the decisions when each kind is worth something.</summary>
    /// <param name="truePositive">Worth of one, in any unit; costs are negative.</param>
    /// <param name="falsePositive">Worth of one.</param>
    /// <param name="falseNegative">Worth of one.</param>
    /// <param name="trueNegative">Worth of one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A worth is not finite.</exception>
    public double Worth(double truePositive, double falsePositive, double falseNegative, double trueNegative) =>
        (TruePositives * Guard.Finite(truePositive)) + (FalsePositives * Guard.Finite(falsePositive))
        + (FalseNegatives * Guard.Finite(falseNegative)) + (TrueNegatives * Guard.Finite(trueNegative));

    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <summary>Returns the four numbers in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"TP {TruePositives:0.0}, FP {FalsePositives:0.0}, FN {FalseNegatives:0.0}, TN {TrueNegatives:0.0}");

    internal double Of(PerformanceMetric metric) => metric switch
    {
        PerformanceMetric.Accuracy => (TruePositives + TrueNegatives) / Total,
        PerformanceMetric.Precision => TruePositives / (TruePositives + FalsePositives),
        PerformanceMetric.Recall => TruePositives / (TruePositives + FalseNegatives),
        PerformanceMetric.Specificity => TrueNegatives / (TrueNegatives + FalsePositives),
        PerformanceMetric.F1 => 2 * TruePositives / ((2 * TruePositives) + FalsePositives + FalseNegatives),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "Not a metric of decisions."),
    };
}
