// 12.5 · Page–Hinkley, one value at a time · 3 points
//
// Write the class `PageHinkley`, a detector that watches the errors of a model one at a time and
// alarms when their mean has risen. Section 12 has the formula. It starts with no values, mean 0
// and evidence 0. `Update(value)` does this, in this order:
//
// 1. If the value before raised an alarm, start afresh: no values, mean 0, evidence 0.
// 2. Count the value, and move the mean: it is the mean of all values since the start, this one
//    included.
// 3. evidence = max(0, evidence + value − mean − delta), with the mean of step 2.
// 4. Return true, an alarm, if at least minSamples values were counted and evidence > threshold.
//
// `Evidence` gives the evidence after the last value, also right after an alarm. A value that is NaN
// or infinite throws an ArgumentException and changes nothing.
//
// Worked value: with delta 0.5, threshold 2 and minSamples 3, the values 0, 0, 4 give false, false,
// true. After the 4 the mean is 4/3 and the evidence 0 + 4 − 4/3 − 0.5 = 2.1667.
//
// Check:  ./mlops check 12.5      Hint:  ./mlops check 12.5 --hint

namespace Week12;

/// <summary>Signals that the mean of a stream of values has risen.</summary>
public sealed class PageHinkley(double delta, double threshold, int minSamples)
{
    // BEGIN YOUR CODE
    /// <summary>Gets the evidence for a rise after the last value; 0 before the first.</summary>
    public double Evidence => throw new NotImplementedException();

    /// <summary>Takes in one value and returns whether it raises an alarm.</summary>
    public bool Update(double value) => throw new NotImplementedException();
    // END YOUR CODE
}
