// 12.7 · Accuracy fell by five points: why? · 3 points
//
// Three lenders, all made up, let a model predict who will default. Within a year each model lost
// five points: 86.25 % of its predictions came true then, 81.25 % now. Each lender gives you the
// applications of four weeks before and after, `a-reference.csv` and `a-current.csv` and so on, in
// exercises/week12/data. Its README explains the columns.
//
// Find out what happened to each. Start with the drift report,
//
//     ./mlops drift exercises/week12/data/a-reference.csv exercises/week12/data/a-current.csv
//
// then go down the list of section 18 in a notebook: ranges day by day, the same season of last year,
// default rates and accuracy by group. Set `A`, `B` and `C` to the letter of what cost the accuracy,
// such as "P". A letter may fit more than one lender, or none.
//
// Worked value: in a-reference.csv `predicted` equals `defaulted` in 690 of 800 rows, 86.25 %.
//
// P  A broken pipeline: a column reaches the model in another form than in training.
// S  The season: this happens in the same weeks of every year.
// X  Covariate shift: other people apply, each kind as risky as before.
// K  Concept shift: the same kinds of people apply, and some kinds are riskier than before.
//
// Check:  ./mlops check 12.7      Hint:  ./mlops check 12.7 --hint

namespace Week12;

/// <summary>The answers to exercise 12.7: what cost each model its five points.</summary>
public static class FivePoints
{
    // BEGIN YOUR CODE
    /// <summary>Gets the letter of what happened to lender A.</summary>
    public static string A => "?";

    /// <summary>Gets the letter of what happened to lender B.</summary>
    public static string B => "?";

    /// <summary>Gets the letter of what happened to lender C.</summary>
    public static string C => "?";
    // END YOUR CODE
}
