namespace MlOps.Explain.Effects;

/// <summary>How good predictions are: one number, higher is better.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Compute">Gives the number from the model's n predictions.</param>
public sealed record PermutationScore(string Name, Func<IReadOnlyList<double>, double> Compute)
{
    /// <summary>The coefficient of determination <c>1 − Σ(y − f)² / Σ(y − ȳ)²</c>.</summary>
    /// <param name="truth">y, n numbers that are not all equal.</param>
    /// <exception cref="ArgumentException">All numbers are equal, or there is none.</exception>
    public static PermutationScore RSquared(IReadOnlyList<double> truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        double mean = truth.Count == 0 ? 0 : truth.Average();
        double total = truth.Sum(y => (y - mean) * (y - mean));
        return total > 0
            ? new("R²", predictions => 1 - (Squares(truth, predictions) / total))
            : throw new ArgumentException("R² needs true values that differ.", nameof(truth));
    }

    /// <summary>The root of the mean squared error, negative so that higher is better. Unit: that of y.</summary>
    /// <param name="truth">y, n ≥ 1 numbers.</param>
    public static PermutationScore NegativeRootMeanSquaredError(IReadOnlyList<double> truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        return new("−RMSE", predictions => -Math.Sqrt(Squares(truth, predictions) / truth.Count));
    }

    /// <summary>The share of rows on the right side of a threshold.</summary>
    /// <param name="truth">Whether each row is positive.</param>
    /// <param name="threshold">A prediction of at least this is positive.</param>
    public static PermutationScore Accuracy(IReadOnlyList<bool> truth, double threshold = 0.5)
    {
        ArgumentNullException.ThrowIfNull(truth);
        return new("accuracy", predictions => (double)Enumerable.Range(0, SameCount(truth.Count, predictions)).Count(i => truth[i] == (predictions[i] >= threshold)) / truth.Count);
    }

    /// <summary>The area under the ROC curve: how often a positive row is scored above a negative one, ties half.</summary>
    /// <param name="truth">Whether each row is positive; both kinds are needed.</param>
    /// <exception cref="ArgumentException">All rows are of one kind.</exception>
    public static PermutationScore RocAuc(IReadOnlyList<bool> truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        bool[] positive = [.. truth];
        return positive.Contains(true) && positive.Contains(false)
            ? new("AUC", predictions => Learning.Metrics.RocAuc.Compute(positive, predictions.ToArray()))
            : throw new ArgumentException("The AUC needs rows of both kinds.", nameof(truth));
    }

    private static double Squares(IReadOnlyList<double> truth, IReadOnlyList<double> predictions)
    {
        double sum = 0;
        for (int i = 0; i < SameCount(truth.Count, predictions); i++)
        {
            double error = truth[i] - predictions[i];
            sum += error * error;
        }

        return sum;
    }

    private static int SameCount(int truth, IReadOnlyList<double> predictions) => truth == predictions.Count
        ? truth
        : throw new ArgumentException($"The score knows the truth of {truth} rows; the model predicted {predictions.Count}.", nameof(predictions));
}
