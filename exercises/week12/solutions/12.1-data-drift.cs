// 12.1 · What is data drift? · 1 point
//
// A model is in service and its monitoring reports **data drift**, in the narrow sense: covariate
// shift. Which sentence says what has happened? Set `Answer` to its letter, such as "A".
//
// A  The same kind of input leads to a defaulted loan more often than it did in training.
// B  The model was moved to another server and gives other answers there.
// C  Inputs arrive in another mix than in training; what each kind of input leads to is as before.
// D  The weights of the model change a little with every request it answers.
//
// Check:  ./mlops check 12.1      Hint:  ./mlops check 12.1 --hint

namespace Week12;

/// <summary>The answer to exercise 12.1.</summary>
public static class WhatIsDataDrift
{
    // BEGIN YOUR CODE
    /// <summary>Gets the letter of your answer.</summary>
    public static string Answer => "C";
    // END YOUR CODE
}
