// 11.3 · The loss of a student · 2 points
//
// A teacher scores a picture 3.0, 1.0 and −1.0 for its three classes. A student scores it 2.5, 0.8 and
// −0.5. The right class is the first. The temperature is T = 4, and α = 0.7.
//
// Set `Soft` to the Kullback–Leibler divergence of the two softened distributions, KL(teacher ‖ student),
// before any factor (± 0.0001), `Hard` to the cross-entropy of the student with the label at temperature 1
// (± 0.001), and `Loss` to α · T² · Soft + (1 − α) · Hard (± 0.001). Natural logarithms.
//
// Worked value: the teacher's softened distribution is 0.5065, 0.3072, 0.1863.
//
// Check:  ./mlops check 11.3      Hint:  ./mlops check 11.3 --hint

namespace Week11;

/// <summary>The answers to exercise 11.3.</summary>
public static class StudentLoss
{
    // BEGIN YOUR CODE
    /// <summary>Gets KL(teacher ‖ student) at temperature 4.</summary>
    public static double Soft => 0.00442;

    /// <summary>Gets the cross-entropy of the student with the label.</summary>
    public static double Hard => 0.2090;

    /// <summary>Gets the loss.</summary>
    public static double Loss => 0.1122;
    // END YOUR CODE
}
