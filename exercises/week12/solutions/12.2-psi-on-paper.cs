// 12.2 · A PSI on paper · 2 points
//
// A column was cut into five bins. These are the shares of each bin:
//
//     bin           1      2      3      4      5
//     training    20 %   30 %   25 %   15 %   10 %
//     production  18 %   28 %   22 %   18 %   14 %
//
// Compute the population stability index with pencil and calculator, as in section 3: shares
// between 0 and 1, natural logarithm. Set `Psi` to it; ± 0.0005 is near enough. Then set `Verdict`
// to the letter of the usual reading, such as "A".
//
// Worked value: bin 1 adds (0.18 − 0.20) · ln(0.18 / 0.20) = 0.0021.
//
// A  stable: below 0.1
// B  moderate: from 0.1 up to 0.25
// C  significant: above 0.25
//
// Check:  ./mlops check 12.2      Hint:  ./mlops check 12.2 --hint

namespace Week12;

/// <summary>The answers to exercise 12.2.</summary>
public static class PsiOnPaper
{
    // BEGIN YOUR CODE
    /// <summary>Gets the PSI of the five bins.</summary>
    public static double Psi => 0.0263;

    /// <summary>Gets the letter of its usual reading.</summary>
    public static string Verdict => "A";
    // END YOUR CODE
}
