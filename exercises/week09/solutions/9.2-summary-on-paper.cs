// 9.2 · Summaries and counts on paper · 3 points
//
// A run logged its accuracy, crashed, was resumed and logged some steps again. In the order of logging:
//
//     step        0      1      2      3      2      3      3
//     time     1000   2000   3000   4000   6000   7000   7000
//     value    0.60   0.72   0.75   0.74   0.77   0.76   0.73
//
// Set `Summary` to the value that a table of runs shows for it.
//
// Then count. An experiment has 40 runs. 24 of them have the parameter `depth`, and in 9 of those it is
// 6. 30 runs logged `acc`; 3 of those values are NaN, 12 are above 0.8, and none is 0.8.
//
// Set `NotSix` to the number of runs that `params.depth != '6'` finds, and `AtMost` to the number that
// `metrics.acc <= 0.8` finds.
//
// Worked value: `params.depth = '6'` finds 9.
//
// Check:  ./mlops check 9.2      Hint:  ./mlops check 9.2 --hint

namespace Week09;

/// <summary>The answers to exercise 9.2.</summary>
public static class SummaryOnPaper
{
    // BEGIN YOUR CODE
    /// <summary>Gets the summary of the accuracy.</summary>
    public static double Summary => 0.76;

    /// <summary>Gets how many runs <c>params.depth != '6'</c> finds.</summary>
    public static double NotSix => 15;

    /// <summary>Gets how many runs <c>metrics.acc &lt;= 0.8</c> finds.</summary>
    public static double AtMost => 15;
    // END YOUR CODE
}
