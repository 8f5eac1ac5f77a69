// MUTANT caught by: Values_OnlyCMatters_GetsItAll
// It subtracts the worth with the feature from that without it.
// 13.6 · Shapley values of three players · 3 points
//
// Three features, A, B and C, share a prediction among them. `worth` holds what the model says when it
// knows only some of them: worth[0] for none, worth[1] for A, worth[2] for B, worth[3] for A and B,
// worth[4] for C, worth[5] for A and C, worth[6] for B and C, worth[7] for all three. In the index A
// counts 1, B counts 2 and C counts 4.
//
// Write `Values(worth)`: the Shapley values of A, B and C, in this order. A feature's value is the mean,
// over the 3! = 6 orders in which the features can join, of what it adds when it joins.
//
// Throw an ArgumentException if there are not eight worths, or one is NaN or infinite.
//
// Worked value: Values([0.60, 0.70, 0.55, 0.75, 0.40, 0.45, 0.30, 0.35]) is 0.0917, −0.0583 and
// −0.2833, rounded. Together that is 0.35 − 0.60 = −0.25.
//
// Check:  ./mlops check 13.6      Hint:  ./mlops check 13.6 --hint

using System.Numerics;

namespace Week13;

/// <summary>Shares a prediction among three features.</summary>
public static class ThreePlayers
{
    /// <summary>Returns the Shapley values of A, B and C.</summary>
    public static double[] Values(double[] worth)
    {
        // BEGIN YOUR CODE
        if (worth.Length != 8 || !worth.All(double.IsFinite))
        {
            throw new ArgumentException("Eight finite worths are needed, one for every set of three features.");
        }

        var values = new double[3];
        for (int i = 0; i < values.Length; i++)
        {
            int own = 1 << i;
            for (int others = 0; others < worth.Length; others++)
            {
                if ((others & own) == 0)
                {
                    // 0 or 2 before it: 2 of 6 orders. 1 before it: each of the two sets in 1 of 6 orders.
                    double weight = BitOperations.PopCount((uint)others) == 1 ? 1.0 / 6 : 1.0 / 3;
                    values[i] += weight * (worth[others] - worth[others | own]);
                }
            }
        }

        return values;
        // END YOUR CODE
    }
}
