// 12.4 · A monitor that slides · 5 points
//
// Write `Alerts(predictions, windowSize, threshold)`: a monitor of a model's predictions that needs
// no labels. The first windowSize predictions are the reference and stay it for good. After them a
// window of windowSize predictions slides on by one at a time: the first window begins right after
// the reference, the next one prediction later, and so on to the end. A window alerts if the
// Kolmogorov–Smirnov test of reference and window gives p < threshold.
//
// Return the index, counted from 0, of the last prediction of each alerting window, in ascending
// order; an empty array if none alerts or there are too few predictions for a window.
//
// - A prediction that is NaN was never made. It is in no window, but it keeps its index: the
//   indices returned are places in the array as it was given.
// - Throw an ArgumentException if windowSize is below 1, or threshold is NaN or outside [0, 1].
//
// `KolmogorovSmirnov.Test(a, b).PValue` of MlOps.Drift gives the p-value.
//
// Worked value: Alerts([0.1, 0.2, 0.3, 0.4, 0.15, 0.25, 0.35, 0.9, 0.8, 0.95, 0.85, 0.9], 4, 0.05)
// is [10, 11]. With windows of 4, p is 2/70 = 0.029 for a window that lies above the whole reference
// (or below it), and 0.23 or more for any other.
//
// Check:  ./mlops check 12.4      Hint:  ./mlops check 12.4 --hint

using MlOps.Drift;

namespace Week12;

/// <summary>A sliding-window monitor of predictions.</summary>
public static class KsMonitor
{
    /// <summary>Returns the index of the last prediction of each window that differs from the first one.</summary>
    public static int[] Alerts(double[] predictions, int windowSize, double threshold)
    {
        // BEGIN YOUR CODE
        throw new NotImplementedException();
        // END YOUR CODE
    }
}
