// MUTANT caught by: Find_AucOfExactlyTheLimit_IsFound
// It asks for more than 0.75, so a run with exactly 0.75 is lost.
// 9.3 · A filter that finds them all · 3 points
//
// Write a filter, as `tracker.Runs(…)` takes it, that finds exactly the runs for which all of this holds:
//
// - the run has finished: its status is FINISHED
// - its metric `auc` is 0.75 or more
// - its parameter `family` is `boosting` or `forest`
// - its parameter `depth` is not 12; runs that have no depth at all are welcome
// - its metric `loss` is a number: it was logged, and it is not NaN. A loss is never negative.
//
// Set `Filter` to it. OR, NOT, IN, IS NULL and parentheses may be used. The tests run it on prepared runs.
//
// Worked value: "metrics.auc >= 0.75" finds the runs of the second condition.
//
// Check:  ./mlops check 9.3      Hint:  ./mlops check 9.3 --hint

namespace Week09;

/// <summary>The answer to exercise 9.3.</summary>
public static class RunFilter
{
    // BEGIN YOUR CODE
    /// <summary>Gets the filter.</summary>
    public static string Filter => "attributes.status = 'FINISHED' AND metrics.auc > 0.75 AND params.family IN ('boosting', 'forest') AND NOT params.depth = '12' AND metrics.loss >= 0";
    // END YOUR CODE
}
