// MUTANT caught by: Threshold_DaysWithTheSameValue_AlarmTogether
// It drops equal days before it counts, so ties weigh too little.
// 12.6 · A threshold for a budget of false alarms · 3 points
//
// You measured a statistic, a PSI for example, once a day while nothing moved. It was above 0 all the
// same: that is chance. You alarm when the statistic is above a threshold, so on such a day every
// alarm is a false one. Your colleagues put up with one in twenty days, a budget of 0.05. How low can
// the threshold be?
//
// Write `Threshold(quiet, budget)`: the smallest number t for which the share of quiet values > t is
// at most budget. The share is the number of such values, divided as double by the number of all
// values; compare that quotient with the budget.
//
// - Equal values alarm together or not at all.
// - Throw an ArgumentException if quiet is empty or holds NaN, or if the budget is NaN, negative, or
//   1 or more: with a budget of 1 every number would do.
//
// Worked value: Threshold([0.02, 0.08, 0.03, 0.05, 0.04, 0.03, 0.06, 0.02, 0.11, 0.04], 0.2) is 0.06.
// Two of ten days lie above 0.06, a share of 0.2; any smaller t lets the 0.06 alarm as a third.
//
// Check:  ./mlops check 12.6      Hint:  ./mlops check 12.6 --hint

namespace Week12;

/// <summary>Sets an alarm threshold by the false alarms it costs.</summary>
public static class FalseAlarmBudget
{
    /// <summary>Returns the smallest threshold that keeps the budget of false alarms on the quiet days.</summary>
    public static double Threshold(double[] quiet, double budget)
    {
        // BEGIN YOUR CODE
        if (quiet.Length == 0 || quiet.Any(double.IsNaN) || budget is not (>= 0 and < 1))
        {
            throw new ArgumentException($"Needs values without NaN and a budget from 0 to below 1; got {quiet.Length} values and {budget}.");
        }

        double[] falling = [.. quiet.Distinct().OrderDescending()];
        int alarms = Enumerable.Range(1, falling.Length).Count(count => (double)count / falling.Length <= budget);
        return falling[alarms]; // the largest value that may not alarm; with ties fewer alarm than might
        // END YOUR CODE
    }
}
