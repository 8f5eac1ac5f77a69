// 13.1 · What the DPDPA does not give · 1 point
//
// Four sentences about India's Digital Personal Data Protection Act, 2023. Three are true. Which one
// is not? Set `Answer` to its letter, such as "A".
//
// A  A person may have personal data corrected, completed, updated and erased.
// B  The highest penalty in its schedule is 250 crore rupees.
// C  A person may ask for an explanation of every decision that an algorithm made.
// D  The data of a child may be processed only with the verifiable consent of a parent.
//
// Check:  ./mlops check 13.1      Hint:  ./mlops check 13.1 --hint

namespace Week13;

/// <summary>The answer to exercise 13.1.</summary>
public static class NotInTheAct
{
    // BEGIN YOUR CODE
    /// <summary>Gets the letter of the sentence that is not true.</summary>
    public static string Answer => "?";
    // END YOUR CODE
}
