namespace MlOps.Learning.Metrics;

/// <summary>Right and wrong decisions about one class, the positive one, against all others.</summary>
/// <param name="Positive">The name of the positive class. Exchange the classes and precision, recall and F1 are other numbers.</param>
/// <param name="TruePositives">Cases of the class that were found; with weights, the sum of theirs. So the other three.</param>
/// <param name="FalsePositives">Cases of other classes that were taken for it.</param>
/// <param name="FalseNegatives">Cases of the class that were missed.</param>
/// <param name="TrueNegatives">Cases of other classes that were left alone.</param>
/// <remarks>All rates lie in [0, 1]. <b>A rate whose denominator is 0 is NaN</b>, undefined: the precision of a class that was never
/// predicted, the recall of a class that never occurs. scikit-learn returns 0 there, with a warning.</remarks>
public sealed record BinaryConfusion(string Positive, double TruePositives, double FalsePositives, double FalseNegatives, double TrueNegatives)
{
    /// <summary>Gets the number (or weight) of all cases.</summary>
    public double Total => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>Gets the number (or weight) of cases of the positive class: <c>TP + FN</c>, also called support.</summary>
    public double Positives => TruePositives + FalseNegatives;

    /// <summary>Gets the number (or weight) of cases of the other classes: <c>FP + TN</c>.</summary>
    public double Negatives => FalsePositives + TrueNegatives;

    /// <summary>Gets how common the positive class is: <c>(TP + FN) / n</c>.</summary>
    public double Prevalence => Positives / Total;

    /// <summary>Gets the share of right decisions: <c>(TP + TN) / n</c>.</summary>
    public double Accuracy => (TruePositives + TrueNegatives) / Total;

    /// <summary>Gets the share of alarms that are right: <c>TP / (TP + FP)</c>; NaN if there is no alarm.</summary>
    public double Precision => TruePositives / (TruePositives + FalsePositives);

    /// <summary>Gets the share of the class that is found, also sensitivity or true positive rate: <c>TP / (TP + FN)</c>; NaN if the class does not occur.</summary>
    public double Recall => TruePositives / Positives;

    /// <summary>Gets the share of the others that is left alone: <c>TN / (TN + FP)</c>; NaN if there are no others.</summary>
    public double Specificity => TrueNegatives / Negatives;

    /// <summary>Gets the share of the others that raises an alarm: <c>FP / (FP + TN)</c>; NaN if there are no others.</summary>
    public double FalsePositiveRate => FalsePositives / Negatives;

    /// <summary>Gets the share of non-alarms that are right: <c>TN / (TN + FN)</c>; NaN if all are alarms.</summary>
    public double NegativePredictiveValue => TrueNegatives / (TrueNegatives + FalseNegatives);

    /// <summary>Gets the mean of recall and specificity: 0.5 for guessing, whatever the prevalence; NaN if one side does not occur.</summary>
    public double BalancedAccuracy => (Recall + Specificity) / 2;

    /// <summary>Gets the harmonic mean of precision and recall: <c>2 TP / (2 TP + FP + FN)</c>; NaN if the class neither occurs nor is predicted.</summary>
    public double F1 => FBeta(1);

    /// <summary>Gets Matthews' correlation of truth and decision, in [−1, 1]; 0 is chance.</summary>
    /// <remarks><c>(TP·TN − FP·FN) / √((TP+FP)(TP+FN)(TN+FP)(TN+FN))</c>; 0 if a factor is 0, as in scikit-learn: one constant
    /// side tells nothing about the other. Source: B. W. Matthews, Biochim. Biophys. Acta 405 (1975) 442–451.</remarks>
    public double Mcc
    {
        get
        {
            double predicted = Math.Sqrt(TruePositives + FalsePositives) * Math.Sqrt(TrueNegatives + FalseNegatives); // roots first: no overflow, no underflow
            double actual = Math.Sqrt(Positives) * Math.Sqrt(Negatives);
            return predicted * actual == 0 ? 0 : ((TruePositives / predicted) * (TrueNegatives / actual)) - ((FalsePositives / predicted) * (FalseNegatives / actual));
        }
    }

    /// <summary>Weighs recall β times as much as precision: <c>(1 + β²) TP / ((1 + β²) TP + β² FN + FP)</c>.</summary>
    /// <param name="beta">β &gt; 0: 2 where a miss is worse than a false alarm, 0.5 where it is the other way round.</param>
    /// <returns>A number in [0, 1]; NaN if the class neither occurs nor is predicted.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="beta"/> is not a finite number &gt; 0.</exception>
    /// <remarks>Source: C. J. van Rijsbergen, Information Retrieval (1979), chapter 7.</remarks>
    public double FBeta(double beta)
    {
        double squared = Guard.Positive(beta) * beta;
        double found = (1 + squared) * TruePositives;
        return found / (found + (squared * FalseNegatives) + FalsePositives);
    }
}
