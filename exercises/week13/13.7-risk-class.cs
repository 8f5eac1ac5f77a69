// 13.7 · Which risk class? · 2 points
//
// Four systems, all made up, are to be used in the European Union. Which class of the AI Act,
// Regulation (EU) 2024/1689, does each belong to? Set each to a letter, such as "L".
//
// - `Credit`: it scores people who ask for a consumer loan.
// - `Smile`: it reads the feelings of call-centre staff from their voices, to plan their bonuses.
// - `Tutor`: it chats with the customers of a bookshop, who might take it for a person.
// - `Spam`: it moves unwanted mail of a company into a folder.
//
// Worked value: a system that screens applications for a job is high risk, H: Annex III, point 4(a).
//
// P  prohibited: Article 5
// H  high risk: Article 6 and Annex III
// L  limited risk: duties of transparency, Article 50
// M  minimal risk: no duties beyond the general ones
//
// Check:  ./mlops check 13.7      Hint:  ./mlops check 13.7 --hint

namespace Week13;

/// <summary>The answers to exercise 13.7.</summary>
public static class RiskClass
{
    // BEGIN YOUR CODE
    /// <summary>Gets the class of the credit scoring.</summary>
    public static string Credit => "?";

    /// <summary>Gets the class of the reading of feelings.</summary>
    public static string Smile => "?";

    /// <summary>Gets the class of the chat.</summary>
    public static string Tutor => "?";

    /// <summary>Gets the class of the mail filter.</summary>
    public static string Spam => "?";
    // END YOUR CODE
}
