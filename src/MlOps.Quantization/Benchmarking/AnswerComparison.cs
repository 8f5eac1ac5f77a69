namespace MlOps.Quantization.Benchmarking;

/// <summary>How far a model's answers are from another's on the same rows.</summary>
/// <param name="Agreement">Share of rows (places, if a row has several) with the same class; null if one of the two does not classify.</param>
/// <param name="LargestDifference">Largest |y − ŷ| of all numbers; null if there are none to compare.</param>
/// <param name="SignalToNoise">10·lg(Σy² / Σ(y − ŷ)²) in dB, y the reference's numbers: 20 dB is an error of a tenth; ∞ if they are equal; null if there are none.</param>
/// <param name="RSquared">1 − Σ(y − ŷ)² / Σ(y − ȳ)²; null if there are no numbers; NaN if all y are equal and ŷ differ.</param>
public sealed record AnswerComparison(double? Agreement, double? LargestDifference, double? SignalToNoise, double? RSquared)
{
    /// <summary>Compares.</summary>
    /// <param name="reference">What the original says.</param>
    /// <param name="other">What the other model says about the same rows.</param>
    /// <exception cref="ArgumentException">They are about different numbers of rows, or say different numbers of things about each.</exception>
    public static AnswerComparison Of(ModelAnswers reference, ModelAnswers other)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(other);
        bool numbers = reference.Numbers.Length > 0 && other.Numbers.Length > 0;
        if (reference.Rows != other.Rows || (numbers && reference.Numbers.Length != other.Numbers.Length))
        {
            throw new ArgumentException($"The models do not answer alike: {reference.Rows} rows with {reference.Numbers.Length} numbers, and {other.Rows} rows with {other.Numbers.Length}.", nameof(other));
        }

        double? agreement = reference.Classes is { } ours && other.Classes is { } theirs && ours.Count == theirs.Count ? Same(ours, theirs) : null;
        if (!numbers)
        {
            return new AnswerComparison(agreement, null, null, null);
        }

        double largest = 0, signal = 0, noise = 0;
        for (int i = 0; i < reference.Numbers.Length; i++)
        {
            double y = reference.Numbers[i];
            double difference = y.Equals(other.Numbers[i]) ? 0 : y - other.Numbers[i]; // ∞ and ∞, NaN and NaN are the same answer
            largest = Math.Max(largest, Math.Abs(difference));
            signal += y * y;
            noise += difference * difference;
        }

        return new AnswerComparison(agreement, largest, noise == 0 ? double.PositiveInfinity : 10 * Math.Log10(signal / noise), RSquaredOf(reference.Numbers, other.Numbers));
    }

    internal static double RSquaredOf(ReadOnlySpan<double> truth, ReadOnlySpan<double> said)
    {
        double mean = 0;
        foreach (double y in truth)
        {
            mean += y / truth.Length;
        }

        double residual = 0, total = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            residual += (truth[i] - said[i]) * (truth[i] - said[i]);
            total += (truth[i] - mean) * (truth[i] - mean);
        }

        return residual == 0 ? 1 : total == 0 ? double.NaN : 1 - (residual / total);
    }

    private static double Same(IReadOnlyList<string> ours, IReadOnlyList<string> theirs)
    {
        int same = 0;
        for (int i = 0; i < ours.Count; i++)
        {
            same += ours[i] == theirs[i] ? 1 : 0;
        }

        return (double)same / ours.Count;
    }
}
