// 2.6 · The threshold that earns most · 3 points
//
// An ad is shown to everybody whose probability of a click is at least the threshold. Somebody who is
// shown it and clicks brings `gain`. Somebody who is shown it and does not click costs `cost`. Who is
// not shown it neither brings nor costs anything. Write two methods.
//
// - `Profit(clicked, probabilities, gain, cost, threshold)` returns the profit at that threshold.
// - `BestThreshold(clicked, probabilities, gain, cost)` returns the threshold with the largest profit.
//   Candidates are the probabilities that occur, and positive infinity: show it to nobody, for a
//   profit of 0. If several are equally profitable, return the largest: it bothers the fewest people.
// - Both throw an ArgumentException if there is nobody, if the lists differ in length, if a
//   probability is NaN or outside [0, 1], or if gain or cost is negative or NaN.
//
// Worked value: with clicked = [true, false, true, false, false, false, true, false],
// probabilities = [0.8, 0.6, 0.5, 0.3, 0.3, 0.2, 0.1, 0.05], gain 1 and cost 0.25, the profit at the
// threshold 0.3 is 2 · 1 − 3 · 0.25 = 1.25, and the best threshold is 0.1 with a profit of 2.
//
// Check:  ./mlops check 2.6      Hint:  ./mlops check 2.6 --hint

namespace Week02;

/// <summary>Whom to show an ad.</summary>
public static class AdProfit
{
    // BEGIN YOUR CODE
    /// <summary>Returns the profit of showing the ad to everybody whose probability is at least the threshold.</summary>
    public static double Profit(bool[] clicked, double[] probabilities, double gain, double cost, double threshold) => throw new NotImplementedException();

    /// <summary>Returns the most profitable threshold.</summary>
    public static double BestThreshold(bool[] clicked, double[] probabilities, double gain, double cost) => throw new NotImplementedException();
    // END YOUR CODE
}
