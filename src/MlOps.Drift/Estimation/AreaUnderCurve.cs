namespace MlOps.Drift.Estimation;

/// <summary>The area under a ROC curve with its standard error.</summary>
/// <param name="Area">The chance that a true row scores higher than a false one, ties half, in [0, 1]; NaN if a class is missing.</param>
/// <param name="StandardError">DeLong's; NaN if a class has fewer than 2 rows.</param>
/// <remarks>
/// <c>Var = S₁₀ / N⁺ + S₀₁ / N⁻</c>, S₁₀ the sample variance over the true rows of the share of false rows they beat, S₀₁ likewise over the
/// false rows. O(n) after sorting.
/// <para>Sources: E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Biometrics 44 (1988) 837–845; X. Sun, W. Xu, IEEE Signal Processing
/// Letters 21 (2014) 1389–1393 (the fast form).</para>
/// </remarks>
public sealed record AreaUnderCurve(double Area, double StandardError)
{
    /// <summary>Measures the area.</summary>
    /// <param name="scores">Finite scores, higher where a true row is likelier.</param>
    /// <param name="labels">Whether each row turned out true.</param>
    /// <exception cref="ArgumentException">Unequal lengths, or a score that is not finite.</exception>
    public static AreaUnderCurve Measure(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        EstimationInputs.SameLength(scores.Length, labels.Length, "scores", nameof(labels));
        EstimationInputs.Finite(scores, nameof(scores));
        double[] sorted = LabelledScores.SortedByClass(scores, labels, out int positives);
        ReadOnlySpan<double> yes = sorted.AsSpan(0, positives);
        ReadOnlySpan<double> no = sorted.AsSpan(positives);
        (double won, double spreadYes) = Placements(yes, no);
        (_, double spreadNo) = Placements(no, yes);
        double variance = (spreadYes / (yes.Length - 1.0) / yes.Length) + (spreadNo / (no.Length - 1.0) / no.Length);
        return new AreaUnderCurve(won, yes.Length < 2 || no.Length < 2 ? double.NaN : Math.Sqrt(variance));
    }

    /// <summary>The mean share of <paramref name="others"/> that a row beats, and the sum of squares around it.</summary>
    private static (double Mean, double Squares) Placements(ReadOnlySpan<double> rows, ReadOnlySpan<double> others)
    {
        long total = 0; // in half wins, so that it is exact
        double squares = 0;
        double mean = double.NaN;
        for (int pass = 0; pass < 2; pass++)
        {
            int below = 0, notAbove = 0;
            foreach (double score in rows)
            {
                while (below < others.Length && others[below] < score)
                {
                    below++;
                }

                notAbove = Math.Max(notAbove, below);
                while (notAbove < others.Length && others[notAbove] == score)
                {
                    notAbove++;
                }

                if (pass == 0)
                {
                    total += below + notAbove;
                }
                else
                {
                    double distance = ((below + notAbove) / (2.0 * others.Length)) - mean;
                    squares += distance * distance;
                }
            }

            mean = total / (2.0 * rows.Length * others.Length);
        }

        return (mean, squares);
    }
}
