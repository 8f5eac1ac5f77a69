// 2.3 · Six losses on paper · 3 points
//
// Compute six losses with pencil and calculator, with the formulas of section 3 and the natural
// logarithm. ± 0.0005 is near enough.
//
// A delivery takes y = 12 days; the model said f = 9.5 days.
//
// - `Squared`: the squared loss
// - `Absolute`: the absolute loss
// - `Huber`: the Huber loss with δ = 1
//
// A customer stays, y = 0; the model said that she leaves with probability p = 0.3.
//
// - `CrossEntropy`: the cross-entropy
// - `Focal`: the focal loss with γ = 2
//
// A support vector machine gives a case of the class y = −1 the score f = 0.4.
//
// - `Hinge`: the hinge loss
//
// Worked value: had the model said 11.5 days, the Huber loss would be ½ · 0.5² = 0.125.
//
// Check:  ./mlops check 2.3      Hint:  ./mlops check 2.3 --hint

namespace Week02;

/// <summary>The answers to exercise 2.3.</summary>
public static class LossesOnPaper
{
    // BEGIN YOUR CODE
    /// <summary>Gets the squared loss of the delivery, in days squared.</summary>
    public static double Squared => double.NaN;

    /// <summary>Gets the absolute loss of the delivery, in days.</summary>
    public static double Absolute => double.NaN;

    /// <summary>Gets the Huber loss of the delivery with δ = 1.</summary>
    public static double Huber => double.NaN;

    /// <summary>Gets the cross-entropy of the customer, in nats.</summary>
    public static double CrossEntropy => double.NaN;

    /// <summary>Gets the focal loss of the customer with γ = 2.</summary>
    public static double Focal => double.NaN;

    /// <summary>Gets the hinge loss of the last case.</summary>
    public static double Hinge => double.NaN;
    // END YOUR CODE
}
