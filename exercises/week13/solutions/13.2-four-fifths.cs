// 13.2 · The four-fifths rule on paper · 2 points
//
// A model proposes loans. It selects 72 % of the men, 54 % of the women and 48 % of the non-binary
// applicants. Work on paper, as in section 2.
//
// Set `Female` and `NonBinary` to the disparate impact ratio of each group: its selection rate,
// divided by that of the group that is selected most. Then set `RateNeeded` to the lowest selection
// rate of women that passes the four-fifths rule, while the men's stays as it is. All three are
// shares between 0 and 1; ± 0.0005 is near enough.
//
// Worked value: the ratio of the men is 0.72 / 0.72 = 1.
//
// Check:  ./mlops check 13.2      Hint:  ./mlops check 13.2 --hint

namespace Week13;

/// <summary>The answers to exercise 13.2.</summary>
public static class FourFifthsOnPaper
{
    // BEGIN YOUR CODE
    /// <summary>Gets the disparate impact ratio of women.</summary>
    public static double Female => 0.54 / 0.72;

    /// <summary>Gets the disparate impact ratio of non-binary applicants.</summary>
    public static double NonBinary => 0.48 / 0.72;

    /// <summary>Gets the lowest selection rate of women that passes.</summary>
    public static double RateNeeded => 0.8 * 0.72;
    // END YOUR CODE
}
