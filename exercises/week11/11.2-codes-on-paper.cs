// 11.2 · A code on paper · 4 points
//
// The weights of a layer lie between −0.35 and 0.42. Store them as unsigned 8-bit codes, 0 to 255, as in
// section 4: −0.35 becomes code 0 and 0.42 becomes code 255. Work on paper.
//
// Set `Scale` to the width of one step (± 0.000002 is near enough), `ZeroPoint` to the code that stands
// for 0, `Code` to the code of the weight 0.15, and `Error` to what comes back from that code minus
// 0.15 (± 0.00001).
//
// Worked value: between −1 and 1 the scale is 2 / 255 = 0.007843.
//
// Check:  ./mlops check 11.2      Hint:  ./mlops check 11.2 --hint

namespace Week11;

/// <summary>The answers to exercise 11.2.</summary>
public static class CodesOnPaper
{
    // BEGIN YOUR CODE
    /// <summary>Gets the width of one step.</summary>
    public static double Scale => double.NaN;

    /// <summary>Gets the code that stands for 0.</summary>
    public static double ZeroPoint => double.NaN;

    /// <summary>Gets the code of 0.15.</summary>
    public static double Code => double.NaN;

    /// <summary>Gets what comes back less 0.15.</summary>
    public static double Error => double.NaN;
    // END YOUR CODE
}
