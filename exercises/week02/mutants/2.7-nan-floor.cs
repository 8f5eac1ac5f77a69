// MUTANT caught by: PrecisionAtRecall_InputThatMakesNoSense_Throws
// It refuses a floor outside [0, 1] but lets NaN through, which nothing reaches.
// 2.7 · Precision at a recall floor · 3 points
//
// A car brakes for everything whose score is at least a threshold. It must find at least the share
// `floor` of the pedestrians, 0.99 for example; among the thresholds that do, you want as few false
// alarms as possible. Write `PrecisionAtRecall(actual, scores, floor)`: the largest precision among all
// thresholds whose recall is at least floor.
//
// - Thresholds are the scores that occur; a case is an alarm if its score >= threshold.
// - Recall is the number of pedestrians found, divided as double by the number of all pedestrians;
//   compare that quotient with floor.
// - Throw an ArgumentException if the lists differ in length, if a score is NaN, if there is no
//   pedestrian, or if floor is NaN or outside [0, 1].
//
// scikit-learn's precision_score has no argument for such a floor, though you may read so; one has to
// write it.
//
// Worked value: with actual = [true, true, false, true, false, true, true, false] and
// scores = [0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3], PrecisionAtRecall(actual, scores, 0.8) is
// 5 / 7 = 0.7143, at the threshold 0.4. At 0.5 the recall is 0.8 too, but the precision 4 / 6.
//
// Check:  ./mlops check 2.7      Hint:  ./mlops check 2.7 --hint

namespace Week02;

/// <summary>As few false alarms as a promise allows.</summary>
public static class RecallFloor
{
    /// <summary>Returns the largest precision among the thresholds whose recall is at least the floor.</summary>
    public static double PrecisionAtRecall(bool[] actual, double[] scores, double floor)
    {
        // BEGIN YOUR CODE
        int positives = actual.Count(isPositive => isPositive);
        if (actual.Length != scores.Length || positives == 0 || scores.Any(double.IsNaN) || floor < 0 || floor > 1)
        {
            throw new ArgumentException($"Needs a score per case, a positive case and a floor from 0 to 1; got {scores.Length} scores, {positives} positives and {floor}.");
        }

        double best = 0;
        foreach (double threshold in scores.Distinct())
        {
            bool[] alarms = [.. actual.Where((_, i) => scores[i] >= threshold)];
            int found = alarms.Count(isPositive => isPositive);
            if ((double)found / positives >= floor)
            {
                best = Math.Max(best, (double)found / alarms.Length);
            }
        }

        return best;
        // END YOUR CODE
    }
}
