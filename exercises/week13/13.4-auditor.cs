// 13.4 · A fairness auditor · 5 points
//
// Write the class `FairnessAuditor`. Its constructor gets one prediction, one label and one group a
// row; true is the good outcome, such as a loan. Then it answers four questions.
//
// - `DisparateImpactRatio`: the lowest selection rate of a group, divided by the highest. A group's
//   selection rate is the share of its rows that are predicted true.
// - `EqualOpportunityDifference`: the highest true positive rate of a group less the lowest. The
//   rate is the share of the group's rows with label true that are predicted true.
// - `PredictiveParityDifference`: the highest positive predictive value of a group less the lowest.
//   The value is the share of the group's rows predicted true that have label true.
// - `AlikeTreatedAlike(features, similarity)`: how far similar people get the same prediction. It
//   looks at all pairs of different rows whose feature rows have a cosine similarity of at least
//   `similarity`, and returns the share of those pairs with equal predictions. The cosine similarity
//   of a and b is Σ aᵢbᵢ / (√Σ aᵢ² · √Σ bᵢ²).
//
// A rate that divides by 0 is undefined, and its group is left out of that comparison. With fewer than
// two groups left, or a highest selection rate of 0, the answer is null. So is it if no pair is
// similar enough. A row of zeros has no direction and is similar to nobody.
//
// Throw an ArgumentException if the three arrays differ in length or are empty, or if features has
// another number of rows or rows of different lengths.
//
// Worked value: predictions true, false, true, true; labels true, true, true, false; groups f, f, m,
// m. The selection rates are 0.5 and 1, so the ratio is 0.5. The true positive rates are 1/2 and 1/1,
// a difference of 0.5. The predictive values are 1/1 and 1/2, a difference of 0.5.
//
// Check:  ./mlops check 13.4      Hint:  ./mlops check 13.4 --hint

namespace Week13;

/// <summary>Audits a decision that was made about people in groups.</summary>
public sealed class FairnessAuditor
{
    // BEGIN YOUR CODE
    /// <summary>Takes what was predicted and what was true, and everybody's group.</summary>
    public FairnessAuditor(bool[] predictions, bool[] labels, string[] groups)
    {
        throw new NotImplementedException();
    }

    /// <summary>Gets the lowest selection rate through the highest.</summary>
    public double? DisparateImpactRatio => throw new NotImplementedException();

    /// <summary>Gets the highest true positive rate less the lowest.</summary>
    public double? EqualOpportunityDifference => throw new NotImplementedException();

    /// <summary>Gets the highest positive predictive value less the lowest.</summary>
    public double? PredictiveParityDifference => throw new NotImplementedException();

    /// <summary>The share of similar pairs with equal predictions.</summary>
    public double? AlikeTreatedAlike(double[][] features, double similarity) => throw new NotImplementedException();
    // END YOUR CODE
}
