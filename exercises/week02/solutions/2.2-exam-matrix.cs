// 2.2 · A matrix from an exam · 3 points
//
// A classifier has looked at 14,550 people. The rows say what they have, the columns what it said:
//
//                      said Disease   said Normal     total
//     has Disease           270            280          550
//     has Normal          2,000         12,000       14,000
//     total               2,270         12,280       14,550
//
// The positive class is Disease. Set, each to four decimals and computed from the counts:
//
// - `OverallAccuracy`: the share of right predictions;
// - `DiseasePrecision`: how many of those it called sick are sick;
// - `DiseaseRecall`, the sensitivity: how many of the sick it found;
// - `NormalRecall`, the specificity: how many of the healthy it left in peace;
// - `DiseaseF1`: the harmonic mean of precision and recall, for Disease;
// - `AlwaysNormalAccuracy`: the accuracy of a program that says Normal to everybody.
//
// Then set `Verdict` to the letter of the best answer to this: should a hospital rely on the
// classifier to find the disease?
//
// Worked value: the share of sick people, the prevalence, is 550 / 14,550 = 0.0378.
//
// A  Yes: more than four of five predictions are right.
// B  Yes: most healthy people are left in peace.
// C  No: it misses half of the sick, and most of its alarms are false.
// D  No: its precision is below its recall, and a good classifier has them equal.
//
// Check:  ./mlops check 2.2      Hint:  ./mlops check 2.2 --hint

namespace Week02;

/// <summary>The answers to exercise 2.2.</summary>
public static class ExamMatrix
{
    // BEGIN YOUR CODE
    /// <summary>Gets the share of right predictions.</summary>
    public static double OverallAccuracy => 0.8433;

    /// <summary>Gets the precision for the class Disease.</summary>
    public static double DiseasePrecision => 0.1189;

    /// <summary>Gets the recall of the class Disease, the sensitivity.</summary>
    public static double DiseaseRecall => 0.4909;

    /// <summary>Gets the recall of the class Normal, the specificity.</summary>
    public static double NormalRecall => 0.8571;

    /// <summary>Gets the F1 score for the class Disease.</summary>
    public static double DiseaseF1 => 0.1915;

    /// <summary>Gets the accuracy of a program that says Normal to everybody.</summary>
    public static double AlwaysNormalAccuracy => 0.9622;

    /// <summary>Gets the letter of the verdict.</summary>
    public static string Verdict => "C";
    // END YOUR CODE
}
