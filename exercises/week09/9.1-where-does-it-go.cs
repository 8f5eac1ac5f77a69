// 9.1 · Where does it go? · 2 points
//
// You track a training run of a credit model. Six places can keep what there is to keep. Where does
// each of these four belong, so that it can be found and compared later? Set each to a letter, such
// as "T".
//
// - `LearningRate`: 0.01, chosen before the run
// - `ValidationLoss`: measured after each of 50 epochs
// - `ConfusionPlot`: a picture that the run drew
// - `ServesCustomers`: that since Monday this model answers the customers
//
// Worked example: "ask Ravi about this one" is a tag, T.
//
// P  a parameter of the run
// M  a metric of the run
// T  a tag of the run
// A  an artifact of the run
// I  an input of the run: a data set with a digest
// R  the registry
//
// Check:  ./mlops check 9.1      Hint:  ./mlops check 9.1 --hint

namespace Week09;

/// <summary>The answers to exercise 9.1.</summary>
public static class WhereDoesItGo
{
    // BEGIN YOUR CODE
    /// <summary>Gets where the learning rate belongs.</summary>
    public static string LearningRate => "?";

    /// <summary>Gets where the validation loss belongs.</summary>
    public static string ValidationLoss => "?";

    /// <summary>Gets where the plot belongs.</summary>
    public static string ConfusionPlot => "?";

    /// <summary>Gets where it belongs that the model serves customers.</summary>
    public static string ServesCustomers => "?";
    // END YOUR CODE
}
