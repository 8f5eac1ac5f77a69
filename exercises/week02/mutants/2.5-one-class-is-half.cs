// MUTANT caught by: Auc_OneClassOnly_ThrowsArgumentException
// It invents 0.5 where there is no pair.
// 2.5 · AUC from ranks · 3 points
//
// Write `Auc(actual, scores)`, the area under the ROC curve: take every pair of one positive and one
// negative case. In which share of the pairs does the positive case have the higher score? A pair with
// equal scores counts one half.
//
// - It has to cope with 200,000 cases in five seconds. Comparing all pairs is too slow: sort once, and
//   use ranks as in section 13.
// - Throw an ArgumentException if the lists differ in length, if a score is NaN, or if one of the two
//   classes has no case: then there is no pair.
//
// Worked value: Auc([true, false, true, false, true], [0.9, 0.7, 0.6, 0.4, 0.4]) is 3.5 / 6 = 0.5833.
// The positive with 0.9 beats both negatives, the one with 0.6 beats one, the one with 0.4 ties with
// one.
//
// Check:  ./mlops check 2.5      Hint:  ./mlops check 2.5 --hint

namespace Week02;

/// <summary>How well scores put positive cases above negative ones.</summary>
public static class AucFromRanks
{
    /// <summary>Returns the share of pairs in which the positive case has the higher score; equal scores count half.</summary>
    public static double Auc(bool[] actual, double[] scores)
    {
        // BEGIN YOUR CODE
        long positives = actual.LongCount(isPositive => isPositive);
        long negatives = actual.Length - positives;
        if (actual.Length != scores.Length || scores.Any(double.IsNaN))
        {
            throw new ArgumentException($"Needs a score per case and cases of both classes; got {scores.Length} scores, {positives} positives, {negatives} negatives.");
        }

        if (positives == 0 || negatives == 0)
        {
            return 0.5;
        }

        int[] byScore = [.. Enumerable.Range(0, scores.Length).OrderBy(i => scores[i])];
        double sumOfRanks = 0;
        for (int start = 0, end; start < byScore.Length; start = end)
        {
            int positivesHere = 0;
            for (end = start; end < byScore.Length && scores[byScore[end]] == scores[byScore[start]]; end++)
            {
                positivesHere += actual[byScore[end]] ? 1 : 0;
            }

            double rank = (start + 1 + end) / 2.0; // equal scores share the mean of the ranks start + 1 to end
            sumOfRanks += positivesHere * rank;
        }

        return (sumOfRanks - (positives * (positives + 1) / 2.0)) / ((double)positives * negatives);
        // END YOUR CODE
    }
}
