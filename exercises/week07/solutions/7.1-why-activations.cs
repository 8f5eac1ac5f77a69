// 7.1 · What are activations for? · 1 point
//
// Somebody builds a network of three dense layers and forgets the activation functions between them.
// What can the network learn? Set `Answer` to its letter, such as "A".
//
// A  The same as with activations, but it takes more epochs.
// B  Any function of its inputs, if the layers are wide enough.
// C  What a single dense layer can learn, and no more.
// D  Nothing, because every gradient is zero without them.
//
// Check:  ./mlops check 7.1      Hint:  ./mlops check 7.1 --hint

namespace Week07;

/// <summary>The answer to exercise 7.1.</summary>
public static class WhyActivations
{
    // BEGIN YOUR CODE
    /// <summary>Gets the letter of your answer.</summary>
    public static string Answer => "C";
    // END YOUR CODE
}
