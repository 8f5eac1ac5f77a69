namespace MlOps.Drift.Estimation;

/// <summary>Isotonic regression: the rising step curve with the least weighted squared distance to the targets.</summary>
/// <remarks>
/// Minimises <c>Σ wᵢ (yᵢ − f(xᵢ))²</c> over all f that never fall (pool adjacent violators). Rows of one score count as one, with their
/// weighted mean. Between the ends of two steps the curve is a straight line; below the smallest and above the largest score it stays level.
/// Equals scikit-learn's <c>IsotonicRegression(out_of_bounds="clip")</c>, scores closer than 1e-15 taken for equal included. O(n log n); O(n)
/// for labels. Any shape fits, so that a small reference is followed too closely: prefer it from a thousand rows on.
/// <para>Sources: R. E. Barlow, D. J. Bartholomew, J. M. Bremner, H. D. Brunk, "Statistical Inference under Order Restrictions" (1972), 1.2;
/// B. Zadrozny, C. Elkan, "Transforming Classifier Scores into Accurate Multiclass Probability Estimates", KDD 2002.</para>
/// </remarks>
public sealed class IsotonicCalibration : ScoreCalibration
{
    private readonly double[] _scores;
    private readonly double[] _values;

    private IsotonicCalibration(double[] scores, double[] values) => (_scores, _values) = (scores, values);

    /// <inheritdoc/>
    public override CalibrationMethod Method => CalibrationMethod.Isotonic;

    /// <summary>Gets the scores at the ends of the steps, ascending.</summary>
    public ReadOnlySpan<double> Thresholds => _scores;

    /// <summary>Gets the curve at these scores, never falling.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Fits the share of true rows to scores.</summary>
    /// <param name="scores">At least one finite score.</param>
    /// <param name="labels">Whether each row turned out true.</param>
    /// <exception cref="ArgumentException">No row, unequal lengths, or a score that is not finite.</exception>
    public static IsotonicCalibration Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        Check(scores, labels.Length, nameof(labels));
        return Fit(LabelledScores.Of(scores, labels));
    }

    /// <summary>Fits any targets to scores.</summary>
    /// <param name="scores">At least one finite score.</param>
    /// <param name="targets">A finite target for each.</param>
    /// <param name="weights">A weight ≥ 0 for each; none means 1 each. Rows of weight 0 count for nothing.</param>
    /// <exception cref="ArgumentException">No row, unequal lengths, a number that is not finite, or no weight above 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative.</exception>
    public static IsotonicCalibration Fit(ReadOnlySpan<double> scores, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights = default)
    {
        Check(scores, targets.Length, nameof(targets));
        EstimationInputs.Finite(targets, nameof(targets));
        if (!weights.IsEmpty)
        {
            EstimationInputs.SameLength(scores.Length, weights.Length, "scores", nameof(weights));
        }

        double[] keys = scores.ToArray();
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, order);
        double[] distinct = new double[keys.Length];
        double[] sums = new double[keys.Length];
        double[] mass = new double[keys.Length];
        int used = -1;
        for (int i = 0; i < keys.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : Guard.NonNegative(weights[order[i]], nameof(weights));
            if (weight == 0)
            {
                continue;
            }

            if (used < 0 || keys[i] - distinct[used] >= LabelledScores.Resolution)
            {
                distinct[++used] = keys[i];
            }

            sums[used] += weight * targets[order[i]];
            mass[used] += weight;
        }

        return used >= 0
            ? Pool(distinct[..(used + 1)], sums, mass)
            : throw new ArgumentException($"weights needs a weight above 0; all {weights.Length} are 0.", nameof(weights));
    }

    /// <inheritdoc/>
    public override double Calibrate(double score)
    {
        Guard.Finite(score);
        int above = Array.BinarySearch(_scores, score);
        return above >= 0 ? _values[above] : Between(~above, score);
    }

    internal static IsotonicCalibration Fit(LabelledScores reference) => Pool(reference.Scores, reference.Positives, reference.Counts);

    internal override void CalibrateAscending(ReadOnlySpan<double> scores, Span<double> into)
    {
        int above = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            while (above < _scores.Length && _scores[above] < scores[i])
            {
                above++;
            }

            into[i] = Between(above, scores[i]);
        }
    }

    /// <summary>The curve left of knot <paramref name="above"/>, the first that is not below the score.</summary>
    private double Between(int above, double score)
    {
        if (above == 0 || above == _scores.Length)
        {
            return _values[above == 0 ? 0 : ^1];
        }

        (double low, double high) = (_values[above - 1], _values[above]);
        if (low == high)
        {
            return low;
        }

        double share = (score - _scores[above - 1]) / (_scores[above] - _scores[above - 1]);
        return low + (share * (high - low));
    }

    /// <summary>Pools neighbours until no step falls; keeps the two ends of every step.</summary>
    private static IsotonicCalibration Pool(double[] scores, double[] sums, double[] mass)
    {
        double[] blockSum = GC.AllocateUninitializedArray<double>(scores.Length);
        double[] blockMass = GC.AllocateUninitializedArray<double>(scores.Length);
        int[] blockStart = GC.AllocateUninitializedArray<int>(scores.Length);
        int top = -1;
        for (int i = 0; i < scores.Length; i++)
        {
            (double sum, double weight, int start) = (sums[i], mass[i], i);
            while (top >= 0 && blockSum[top] * weight >= sum * blockMass[top]) // means compared without a division
            {
                sum += blockSum[top];
                weight += blockMass[top];
                start = blockStart[top];
                top--;
            }

            top++;
            (blockSum[top], blockMass[top], blockStart[top]) = (sum, weight, start);
        }

        var knots = new List<double>(2 * (top + 1));
        var values = new List<double>(2 * (top + 1));
        for (int block = 0; block <= top; block++)
        {
            int first = blockStart[block];
            int last = block == top ? scores.Length - 1 : blockStart[block + 1] - 1;
            double value = blockSum[block] / blockMass[block];
            knots.Add(scores[first]);
            values.Add(value);
            if (last > first)
            {
                knots.Add(scores[last]);
                values.Add(value);
            }
        }

        return new IsotonicCalibration([.. knots], [.. values]);
    }

    private static void Check(ReadOnlySpan<double> scores, int others, string name)
    {
        EstimationInputs.NotEmpty(scores.Length, nameof(scores));
        EstimationInputs.SameLength(scores.Length, others, "scores", name);
        EstimationInputs.Finite(scores, nameof(scores));
    }
}
