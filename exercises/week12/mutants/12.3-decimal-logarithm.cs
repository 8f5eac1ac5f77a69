// MUTANT caught by: Psi_WorkedExample_IsThatOfTheStatement
// It takes the decimal logarithm instead of the natural one.
// 12.3 · The population stability index · 3 points
//
// Write `Psi(training, production)`: the population stability index of two lists of shares over the
// same bins, p in training and q in production.
//
//     PSI = Σ (q − p) · ln(q / p)
//
// - A bin that is empty on one side only: its share 0 counts as 0.0001. All other shares stay as
//   they are.
// - A bin that is empty on both sides adds 0.
// - Throw an ArgumentException if the lists differ in length, if a share is negative or NaN, or if
//   a list adds up to less than 0.99 or more than 1.01. What lies between is rounding.
//
// Worked value: Psi([0.15, 0.30, 0.25, 0.20, 0.10], [0.22, 0.28, 0.20, 0.18, 0.12]) is 0.0451.
//
// Check:  ./mlops check 12.3      Hint:  ./mlops check 12.3 --hint

namespace Week12;

/// <summary>The population stability index of given shares.</summary>
public static class PsiFromShares
{
    /// <summary>Returns the PSI of two lists of shares over the same bins, in nats.</summary>
    public static double Psi(double[] training, double[] production)
    {
        // BEGIN YOUR CODE
        const double EmptyBin = 0.0001;

        if (training.Length != production.Length)
        {
            throw new ArgumentException($"Both lists need the same bins; got {training.Length} and {production.Length}.");
        }

        if (!AreShares(training) || !AreShares(production))
        {
            throw new ArgumentException("Shares are 0 or more and add up to 1.");
        }

        double psi = 0;
        for (int bin = 0; bin < training.Length; bin++)
        {
            if (training[bin] == production[bin])
            {
                continue; // adds 0, also where both are 0 and the logarithm does not exist
            }

            double p = training[bin] == 0 ? EmptyBin : training[bin];
            double q = production[bin] == 0 ? EmptyBin : production[bin];
            psi += (q - p) * Math.Log10(q / p);
        }

        return psi;

        // NaN fails the first comparison.
        static bool AreShares(double[] shares) => shares.All(share => share >= 0) && Math.Abs(shares.Sum() - 1) <= 0.01;
        // END YOUR CODE
    }
}
