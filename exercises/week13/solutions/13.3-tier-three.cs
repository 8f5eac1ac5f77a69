// 13.3 · Only a city tier · 2 points
//
// A bank, made up, lets a model approve loans. It approves 65 % of the applicants from tier-1 cities
// and 38 % of those from tier-3 cities. The model has never seen a caste. In a survey, living in a
// tier-3 city correlates with belonging to a scheduled caste or tribe, r = 0.72.
//
// Set `Rule` to the letter of what the four-fifths rule says, and `Next` to the letter of what should
// follow, such as "A".
//
// Worked value: the ratio is 0.38 / 0.65 = 0.585.
//
// A  It passes: the ratio is 0.8 or more.
// B  It fails: the ratio is below 0.8.
// C  It does not apply: a city tier is no protected group.
// D  Nothing: the model does not know the caste, so it cannot discriminate by it.
// E  Drop the column for the city tier from the model. That settles it.
// F  Measure the decisions by caste with consent and care, look for what else gives it away, and ask
//    whether the tier says anything about repayment that income does not.
// G  Add the caste to the model, so that it can correct for it by itself.
//
// Check:  ./mlops check 13.3      Hint:  ./mlops check 13.3 --hint

namespace Week13;

/// <summary>The answers to exercise 13.3.</summary>
public static class TierThree
{
    // BEGIN YOUR CODE
    /// <summary>Gets the letter of what the rule says.</summary>
    public static string Rule => "B";

    /// <summary>Gets the letter of what should follow.</summary>
    public static string Next => "F";
    // END YOUR CODE
}
