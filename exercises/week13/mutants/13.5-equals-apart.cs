// MUTANT caught by: Threshold_EqualScores_ComeTogether
// It steps just below a score, and with that lets its equals wait.
// 13.5 · A threshold for the other group · 3 points
//
// A model gives scores; who scores at least the threshold is selected. One group, the favoured one,
// keeps that threshold. For the other group the law wants a selection rate of at least four fifths of
// the favoured group's. How far must its own threshold come down?
//
// Write `Threshold(others, favoured, threshold)`: the highest threshold, not above the given one, at
// which the share of `others` that is selected is at least four fifths of the share of `favoured`
// that the given threshold selects.
//
// - If the given threshold already does it, return it. If not, the answer is one of the scores.
// - Equal scores are selected together or not at all.
// - Four fifths exactly is enough: compare whole numbers, 5 · k · nFavoured ≥ 4 · kFavoured · n, for
//   k of n others selected. In doubles 0.8 · 0.75 is a little more than 3/5.
// - Throw an ArgumentException if a list is empty or holds NaN, or if the threshold is NaN.
//
// Worked value: Threshold([0.7, 0.5, 0.4, 0.2, 0.1], [0.9, 0.8, 0.6, 0.3], 0.55) is 0.4. Three of
// four favoured are selected, so three of five others are needed.
//
// Check:  ./mlops check 13.5      Hint:  ./mlops check 13.5 --hint

namespace Week13;

/// <summary>Repairs a decision after training.</summary>
public static class ThresholdRepair
{
    /// <summary>Returns the highest threshold for the others that passes the four-fifths rule.</summary>
    public static double Threshold(double[] others, double[] favoured, double threshold)
    {
        // BEGIN YOUR CODE
        if (others.Length == 0 || favoured.Length == 0 || others.Any(double.IsNaN) || favoured.Any(double.IsNaN) || double.IsNaN(threshold))
        {
            throw new ArgumentException("Both groups need scores, and no score is NaN.");
        }

        long wanted = 4L * favoured.Count(score => score >= threshold) * others.Length;
        double[] candidates = others.Where(score => score < threshold).Distinct().OrderByDescending(score => score).Prepend(threshold).ToArray();
        double[] ranked = others.OrderByDescending(score => score).ToArray();
        int needed = (int)Math.Ceiling(wanted / (5.0 * favoured.Length));
        if (needed > 0 && others.Count(score => score >= threshold) < needed && ranked.Count(score => score >= ranked[needed - 1]) > needed)
        {
            return Math.BitIncrement(ranked[needed - 1]);
        }


        // The lowest score selects everybody, so one of them fits.
        return candidates.First(candidate => 5L * others.Count(score => score >= candidate) * favoured.Length >= wanted);
        // END YOUR CODE
    }
}
