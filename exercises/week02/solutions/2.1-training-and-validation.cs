// 2.1 · Four models, two errors · 1 point
//
// Four models were trained on the same 5,000 cases and judged on 1,000 others. People who do the same
// task with care err in 6 % of the cases.
//
//     model   error in training   error in validation
//       P           19 %                 20 %
//       Q            1 %                 15 %
//       R            7 %                  9 %
//       S           12 %                  4 %
//
// Set `Overfits` to the letter of the model that overfits, such as "S", and `Underfits` to the letter
// of the model that underfits.
//
// P  19 % in training, 20 % in validation
// Q  1 % in training, 15 % in validation
// R  7 % in training, 9 % in validation
// S  12 % in training, 4 % in validation
//
// Check:  ./mlops check 2.1      Hint:  ./mlops check 2.1 --hint

namespace Week02;

/// <summary>The answers to exercise 2.1.</summary>
public static class TwoErrors
{
    // BEGIN YOUR CODE
    /// <summary>Gets the letter of the model that overfits.</summary>
    public static string Overfits => "Q";

    /// <summary>Gets the letter of the model that underfits.</summary>
    public static string Underfits => "P";
    // END YOUR CODE
}
