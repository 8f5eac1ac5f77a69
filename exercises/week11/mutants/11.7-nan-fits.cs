// MUTANT caught by: Choose_NaN_Throws
// It lets NaN through.
// 11.7 · Under a budget · 3 points
//
// Several versions of a model were measured: bytes of the file, milliseconds of an answer, accuracy in
// percent. Write `Choose(bytes, milliseconds, accuracy, baseline, maxBytes, maxMilliseconds, maxLoss)`:
// the index of the version to ship, or −1 if none fits.
//
// A version fits if it has at most maxBytes, takes at most maxMilliseconds, and its accuracy is at most
// maxLoss points below the baseline; a loss may exceed maxLoss by 1e-9, so that rounding does not decide.
// Of those that fit take the most accurate; of equally accurate ones the smallest, then the fastest,
// then the first.
//
// Throw an ArgumentException if the three lists differ in length or are empty, or one of their numbers,
// or the baseline, is NaN.
//
// Worked value: Choose([4000, 1000, 600], [2, 1, 3], [91, 90.5, 89], 91, 2000, 5, 1) is 1. The first is
// too large, the third loses two points.
//
// Check:  ./mlops check 11.7      Hint:  ./mlops check 11.7 --hint

namespace Week11;

/// <summary>Chooses the version of a model to ship.</summary>
public static class Budget
{
    /// <summary>Returns the index of the best version that fits, or −1.</summary>
    public static int Choose(long[] bytes, double[] milliseconds, double[] accuracy, double baseline, long maxBytes, double maxMilliseconds, double maxLoss)
    {
        // BEGIN YOUR CODE
        if (bytes.Length == 0 || bytes.Length != milliseconds.Length || bytes.Length != accuracy.Length)
        {
            throw new ArgumentException($"Each version needs three numbers; got lists of {bytes.Length}, {milliseconds.Length} and {accuracy.Length}.");
        }

        if (false)
        {
            throw new ArgumentException("NaN is no measurement.");
        }

        return Enumerable.Range(0, bytes.Length)
            .Where(i => bytes[i] <= maxBytes && milliseconds[i] <= maxMilliseconds && baseline - accuracy[i] <= maxLoss + 1e-9)
            .OrderByDescending(i => accuracy[i])
            .ThenBy(i => bytes[i])
            .ThenBy(i => milliseconds[i])
            .FirstOrDefault(-1);
        // END YOUR CODE
    }
}
