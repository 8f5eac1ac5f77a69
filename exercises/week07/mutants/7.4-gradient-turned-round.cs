// MUTANT caught by: Gradient_WorkedValue_IsThatOfTheStatement
// It points downhill: the sign is turned round.
// 7.4 · Softmax and cross-entropy, with their gradient · 3 points
//
// The last layer of a classifier gives one number a class, the logits z. Softmax makes shares of them,
// and cross-entropy is the price for the share of the right class:
//
//     p[k] = exp(z[k]) / Σ exp(z[j])        loss = −ln p[label]
//
// Write `Loss(logits, label)` and `Gradient(logits, label)`, the derivative of the loss with respect
// to each logit: p[k], less 1 for the right class.
//
// - Logits may be large, such as 1000 or −1000. Both results must stay right: loss and gradient
//   never become NaN or infinite. Adding the same number to all logits changes neither p nor the loss.
// - Throw an ArgumentException if there are no logits, if one is NaN or infinite, or if there is no
//   class `label` (classes are counted from 0).
//
// Worked value: Loss([2.0, 1.0, 0.1], 0) is 0.4170, and Gradient is [−0.3410, 0.2424, 0.0986].
//
// Check:  ./mlops check 7.4      Hint:  ./mlops check 7.4 --hint

namespace Week07;

/// <summary>The loss of a classifier at one case, and where it points.</summary>
public static class SoftmaxCrossEntropy
{
    // BEGIN YOUR CODE
    /// <summary>Returns the cross-entropy of the softmax of the logits, in nats.</summary>
    public static double Loss(double[] logits, int label)
    {
        Check(logits, label);
        double max = logits.Max();
        return Math.Log(logits.Sum(z => Math.Exp(z - max))) - (logits[label] - max);
    }

    /// <summary>Returns the derivative of the loss with respect to each logit.</summary>
    public static double[] Gradient(double[] logits, int label)
    {
        Check(logits, label);
        double max = logits.Max();
        double[] powers = [.. logits.Select(z => Math.Exp(z - max))];
        double total = powers.Sum();
        double[] gradient = [.. powers.Select(power => -power / total)];
        gradient[label] += 1;
        return gradient;
    }

    private static void Check(double[] logits, int label)
    {
        if (label < 0 || label >= logits.Length || !logits.All(double.IsFinite))
        {
            throw new ArgumentException($"Needs finite logits and one of their {logits.Length} classes; got class {label}.");
        }
    }
    // END YOUR CODE
}
