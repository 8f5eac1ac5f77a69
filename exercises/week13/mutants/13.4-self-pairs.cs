// MUTANT caught by: AlikeTreatedAlike_OnlyDifferentRows_AreCompared
// It pairs every row with itself, and everybody is treated like themselves.
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
    private readonly bool[] _predictions;
    private readonly bool[] _labels;
    private readonly string[] _groups;

    /// <summary>Takes what was predicted and what was true, and everybody's group.</summary>
    public FairnessAuditor(bool[] predictions, bool[] labels, string[] groups)
    {
        if (predictions.Length == 0 || predictions.Length != labels.Length || predictions.Length != groups.Length)
        {
            throw new ArgumentException($"Each row needs a prediction, a label and a group; got {predictions.Length}, {labels.Length} and {groups.Length}.");
        }

        _predictions = predictions;
        _labels = labels;
        _groups = groups;
    }

    /// <summary>Gets the lowest selection rate through the highest.</summary>
    public double? DisparateImpactRatio
    {
        get
        {
            double[] rates = Rates(_ => true, row => _predictions[row]);
            return rates.Length < 2 || rates.Max() == 0 ? null : rates.Min() / rates.Max();
        }
    }

    /// <summary>Gets the highest true positive rate less the lowest.</summary>
    public double? EqualOpportunityDifference => Gap(Rates(row => _labels[row], row => _predictions[row]));

    /// <summary>Gets the highest positive predictive value less the lowest.</summary>
    public double? PredictiveParityDifference => Gap(Rates(row => _predictions[row], row => _labels[row]));

    /// <summary>The share of similar pairs with equal predictions.</summary>
    public double? AlikeTreatedAlike(double[][] features, double similarity)
    {
        if (features.Length != _predictions.Length || features.Any(row => row.Length != features[0].Length))
        {
            throw new ArgumentException("Features need one row a prediction, all of one length.");
        }

        double[] lengths = features.Select(row => Math.Sqrt(row.Sum(value => value * value))).ToArray();
        int pairs = 0;
        int alike = 0;
        for (int i = 0; i < features.Length; i++)
        {
            for (int j = i; j < features.Length; j++)
            {
                double product = features[i].Zip(features[j], (a, b) => a * b).Sum();
                if (lengths[i] > 0 && lengths[j] > 0 && product / (lengths[i] * lengths[j]) >= similarity)
                {
                    pairs++;
                    alike += _predictions[i] == _predictions[j] ? 1 : 0;
                }
            }
        }

        return pairs == 0 ? null : (double)alike / pairs;
    }

    private static double? Gap(double[] rates) => rates.Length < 2 ? null : rates.Max() - rates.Min();

    /// <summary>For each group with such rows: of the rows that fulfil the first condition, the share that fulfils the second.</summary>
    private double[] Rates(Func<int, bool> among, Func<int, bool> counted) =>
        Enumerable.Range(0, _groups.Length)
            .Where(among)
            .GroupBy(row => _groups[row])
            .Select(rows => (double)rows.Count(counted) / rows.Count())
            .ToArray();
    // END YOUR CODE
}
