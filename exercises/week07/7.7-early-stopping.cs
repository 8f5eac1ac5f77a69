// 7.7 · When to stop · 2 points
//
// Write the class `EarlyStopping`. After every epoch `Update(loss)` gets the validation loss and
// returns true if training should end.
//
// - Epochs are counted from 1. An epoch is the new best if its loss is below the loss of the best one
//   so far by more than minDelta; the first loss that is a number is always a best. `BestEpoch` tells
//   which epoch it was, 0 before there is one.
// - Update returns true as soon as `patience` epochs in a row were no new best.
// - A loss that is NaN is no best. It counts as an epoch that brought nothing.
//
// Worked value: with patience 2 and minDelta 0.01 the losses 0.50, 0.40, 0.395, 0.397 give false,
// false, false, true, and BestEpoch is 2: 0.395 is better than 0.40, but by less than 0.01.
//
// Check:  ./mlops check 7.7      Hint:  ./mlops check 7.7 --hint

namespace Week07;

/// <summary>Ends a training run when the validation loss no longer falls.</summary>
public sealed class EarlyStopping(int patience, double minDelta)
{
    // BEGIN YOUR CODE
    /// <summary>Gets the epoch with the best loss, counted from 1; 0 before there is one.</summary>
    public int BestEpoch => throw new NotImplementedException();

    /// <summary>Takes in the validation loss of the next epoch and returns whether to stop.</summary>
    public bool Update(double loss) => throw new NotImplementedException();
    // END YOUR CODE
}
