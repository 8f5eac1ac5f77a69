using System.Globalization;

namespace MlOps.Fairness.Mitigation;

/// <summary>Decides the doubtful cases near the threshold in favour of the disadvantaged groups, and against the others.</summary>
/// <remarks>
/// A score with <c>|score − threshold| ≤ Margin</c> lies in the critical band: there rows of the favoured groups are decided positive, all others
/// negative. Outside it, and everywhere for rows without a group, <c>score &gt; threshold</c> decides. The margin is chosen on validation rows: of all margins whose
/// difference between favoured and other rows is at most the tolerance, the one with the best accuracy; of equals the smallest. A margin of −1 stands for
/// no band at all. If no margin meets the tolerance, the one with the smallest difference is taken and <see cref="MeetsTolerance"/> is false. Nothing is drawn by lot. It needs the sensitive column
/// when it decides, and people with the same score are treated differently by their group: ask what the law says.
/// <para>Source: F. Kamiran, A. Karim, X. Zhang, "Decision Theory for Discrimination-Aware Classification", ICDM 2012, section IV.A (there the critical region of
/// max(p, 1 − p) below a bound, which is this band around 0.5).</para>
/// </remarks>
/// <param name="Constraint">What was to be equal.</param>
/// <param name="Favoured">The groups favoured in the band.</param>
/// <param name="Threshold">The threshold, in the unit of the scores.</param>
/// <param name="Margin">Half the width of the band, in the unit of the scores; −1 for no band.</param>
/// <param name="Accuracy">The share of right decisions on the validation rows.</param>
/// <param name="Difference">Rate of the favoured rows less rate of the others; of the two of equalised odds the one further from 0.</param>
/// <param name="AccuracyBefore">The accuracy without a band.</param>
/// <param name="DifferenceBefore">The difference without a band.</param>
/// <param name="Changed">The validation rows whose decision the band turned.</param>
/// <param name="MeetsTolerance">Whether |Difference| is within the tolerance.</param>
public sealed record RejectOption(
    ParityConstraint Constraint,
    IReadOnlyList<string> Favoured,
    double Threshold,
    double Margin,
    double Accuracy,
    double Difference,
    double AccuracyBefore,
    double DifferenceBefore,
    int Changed,
    bool MeetsTolerance)
{
    /// <summary>The margin that stands for no band.</summary>
    private const double NoBand = -1;

    /// <summary>Chooses the band on validation rows.</summary>
    /// <param name="labels">One label a row.</param>
    /// <param name="scores">One finite score a row; as many.</param>
    /// <param name="groups">Who belongs to which group, as many rows. Rows without a group are left out.</param>
    /// <param name="favoured">The groups to favour in the band: those that are worse off now.</param>
    /// <param name="constraint">What is to be equal between favoured and other rows; not <see cref="ParityConstraint.ErrorRate"/>.</param>
    /// <param name="tolerance">How far apart the rates may be, in [0, 1].</param>
    /// <param name="threshold">Above it a score is positive.</param>
    /// <exception cref="ArgumentException">The lengths differ, a score is not finite, a favoured group does not exist, either side has no row, or it has no
    /// row with the label a rate needs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The constraint is none of these, the tolerance is no share, or the threshold is not finite.</exception>
    public static RejectOption Fit(
        ReadOnlySpan<bool> labels,
        ReadOnlySpan<double> scores,
        Groups groups,
        IReadOnlyList<string> favoured,
        ParityConstraint constraint = ParityConstraint.DemographicParity,
        double tolerance = 0.05,
        double threshold = 0.5)
    {
        MitigationRows.Same(labels.Length, groups, "a label", nameof(labels));
        MitigationRows.Same(scores.Length, labels.Length, "a score", "a label", nameof(scores));
        MitigationRows.Finite(scores, 1, "scores", nameof(scores));
        ArgumentNullException.ThrowIfNull(favoured);
        Guard.Share(tolerance);
        Guard.Finite(threshold);
        if (constraint == ParityConstraint.ErrorRate || !Enum.IsDefined(constraint))
        {
            throw new ArgumentOutOfRangeException(nameof(constraint), constraint, "A band makes the selection rate, the true-positive rate, the false-positive rate or both of these equal.");
        }

        bool[] isFavoured = IsFavoured(groups, favoured);
        var band = new CriticalBand(labels, scores, groups, isFavoured, constraint, threshold);
        return Choose(band, favoured, constraint, tolerance, threshold);
    }

    /// <summary>Decides rows.</summary>
    /// <param name="scores">One finite score a row.</param>
    /// <param name="groups">Who belongs to which group, as many rows. A row without a group is decided by the threshold alone.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is not finite.</exception>
    public bool[] Decide(ReadOnlySpan<double> scores, Groups groups)
    {
        MitigationRows.Same(scores.Length, groups, "a score", nameof(scores));
        MitigationRows.Finite(scores, 1, "scores", nameof(scores));
        bool[] isFavoured = [.. groups.Names.Select(name => Favoured.Contains(name))];
        ReadOnlySpan<int> codes = groups.Codes;
        var decisions = new bool[scores.Length];
        for (int i = 0; i < decisions.Length; i++)
        {
            decisions[i] = codes[i] >= 0 && Math.Abs(scores[i] - Threshold) <= Margin ? isFavoured[codes[i]] : scores[i] > Threshold;
        }

        return decisions;
    }

    /// <summary>Returns how a notebook shows the result.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => ShownText.Of(ToString());

    /// <summary>Writes the band and what it costs.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Reject option for {string.Join(", ", Favoured)}: {(Margin < 0 ? "no band" : FormattableString.Invariant($"scores within {Margin:0.####} of {Threshold:0.####}"))}, {Changed} decisions turned; accuracy {Accuracy:0.####} ({AccuracyBefore:0.####} before), difference {Difference:0.####} ({DifferenceBefore:0.####} before){(MeetsTolerance ? "" : "; no band meets the tolerance")}");

    private static bool[] IsFavoured(Groups groups, IReadOnlyList<string> favoured)
    {
        string? unknown = favoured.FirstOrDefault(name => !groups.Names.Contains(name));
        return unknown is null
            ? [.. groups.Names.Select(name => favoured.Contains(name))]
            : throw new ArgumentException($"There is no group '{unknown}'; there are: {string.Join(", ", groups.Names)}.", nameof(favoured));
    }

    private static RejectOption Choose(CriticalBand band, IReadOnlyList<string> favoured, ParityConstraint constraint, double tolerance, double threshold)
    {
        (double before, double accuracyBefore) = (band.Difference, band.Accuracy);
        (double margin, double difference, double accuracy, int changed) best = (NoBand, before, accuracyBefore, 0);
        bool meets = Math.Abs(before) <= tolerance;
        while (band.Widen())
        {
            bool does = Math.Abs(band.Difference) <= tolerance;
            bool better = (does, meets) switch
            {
                (true, false) => true,
                (false, true) => false,
                (true, true) => band.Accuracy > best.accuracy,
                _ => Math.Abs(band.Difference) < Math.Abs(best.difference),
            };
            if (better)
            {
                best = (band.Margin, band.Difference, band.Accuracy, band.Changed);
                meets = does;
            }
        }

        return new RejectOption(constraint, [.. favoured], threshold, best.margin, best.accuracy, best.difference, accuracyBefore, before, best.changed, meets);
    }
}
