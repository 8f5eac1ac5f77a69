// MUTANT caught by: Gain_ThreeClasses_CountEachOfThem
// It throws all classes but the first into one.
// 2.4 · The question that tells most · 4 points
//
// A decision tree asks questions of the form "is the value at most t?" and begins with the one that
// tells most about the label. Write two methods.
//
// `Gain(values, labels, threshold)` returns the information gain of that question in bits:
//
//     H(all) − n_left / n · H(left) − n_right / n · H(right)      H = −Σ p · log2(p) over the classes
//
// - Left are the cases with value <= threshold, right the others. A side without cases adds 0.
// - There may be any number of classes.
//
// `BestThreshold(values, labels)` returns the threshold with the largest gain. Candidates are the
// midpoints between neighbouring different values, (a + b) / 2. If two are equally good, return the
// smaller one. Throw an ArgumentException if there is no candidate.
//
// Both throw an ArgumentException if there are no cases, if the lists differ in length, or if a value
// is NaN.
//
// Worked value: with values = [2, 3, 4, 5, 6, 8, 9] and
// labels = ["late", "late", "fine", "late", "fine", "fine", "fine"], Gain(values, labels, 3.5) is
// 0.4696 and BestThreshold(values, labels) is 5.5.
//
// Check:  ./mlops check 2.4      Hint:  ./mlops check 2.4 --hint

namespace Week02;

/// <summary>How much a question about a number tells about a class.</summary>
public static class InformationGain
{
    // BEGIN YOUR CODE
    /// <summary>Returns what the question "is the value at most the threshold?" tells about the label, in bits.</summary>
    public static double Gain(double[] values, string[] labels, double threshold)
    {
        if (values.Length == 0 || values.Length != labels.Length || values.Any(double.IsNaN))
        {
            throw new ArgumentException($"Needs one label per value, and values that are numbers; got {values.Length} and {labels.Length}.");
        }

        string[] left = [.. labels.Where((_, i) => values[i] <= threshold)];
        string[] right = [.. labels.Where((_, i) => values[i] > threshold)];
        double n = labels.Length;
        return Entropy(labels) - (left.Length / n * Entropy(left)) - (right.Length / n * Entropy(right));
    }

    /// <summary>Returns the threshold with the largest gain.</summary>
    public static double BestThreshold(double[] values, string[] labels)
    {
        double[] distinct = [.. values.Distinct().Order()];
        if (distinct.Length < 2)
        {
            throw new ArgumentException("No threshold separates equal values.");
        }

        (double best, double most) = (double.NaN, double.NegativeInfinity);
        foreach ((double low, double high) in distinct.Zip(distinct.Skip(1)))
        {
            double middle = (low + high) / 2;
            double gain = Gain(values, labels, middle);
            if (gain > most)
            {
                (best, most) = (middle, gain);
            }
        }

        return best;
    }

    private static double Entropy(string[] labels) =>
        labels.GroupBy(label => label == labels[0]).Select(group => (double)group.Count() / labels.Length).Sum(p => -p * Math.Log2(p));
    // END YOUR CODE
}
