// 7.2 · Counting on paper · 3 points
//
// 1,200 leaf pictures train a network for 15 epochs, in batches of 64. The last batch of an epoch is
// smaller, and it is used like the others. Set `Iterations` to the iterations of one epoch and
// `Updates` to how often the weights have changed at the end.
//
// Then count what one update changes: set `Parameters` to the number of weights and biases of a
// network of dense layers that takes pictures of 28 × 28 pixels through 512 and again 512 neurons to
// 10 classes.
//
// Worked value: 1,000 pictures in batches of 100 make 10 iterations, and a dense layer from 3 inputs
// to 2 neurons has 3 · 2 + 2 = 8 parameters.
//
// Check:  ./mlops check 7.2      Hint:  ./mlops check 7.2 --hint

namespace Week07;

/// <summary>The answers to exercise 7.2.</summary>
public static class CountingOnPaper
{
    // BEGIN YOUR CODE
    /// <summary>Gets the iterations of one epoch.</summary>
    public static double Iterations => 19;

    /// <summary>Gets the updates of the whole training run.</summary>
    public static double Updates => 285;

    /// <summary>Gets the weights and biases of the network.</summary>
    public static double Parameters => 669_706;
    // END YOUR CODE
}
