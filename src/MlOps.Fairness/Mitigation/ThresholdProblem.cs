namespace MlOps.Fairness.Mitigation;

/// <summary>The curves of all groups, the rate to be equal and the objective, which is linear in the counts.</summary>
internal sealed class ThresholdProblem
{
    private readonly double[] _positiveWeight;
    private readonly double[] _negativeWeight;

    private ThresholdProblem(ThresholdCurve[] curves, ParityConstraint constraint, ThresholdObjective objective)
    {
        Curves = curves;
        Constraint = constraint;
        Objective = objective;
        Positives = curves.Sum(curve => (long)curve.Positives);
        Negatives = curves.Sum(curve => (long)curve.Negatives);
        double n = Positives + Negatives;
        (double Positive, double Negative)[] weights = [.. curves.Select(curve => (objective, constraint) switch
        {
            (ThresholdObjective.Accuracy, _) => (1 / n, 1 / n),
            (_, ParityConstraint.EqualizedOdds) => (0.5 / Positives, 0.5 / Negatives),
            _ => (0.5 * curve.Total / n / curve.Positives, 0.5 * curve.Total / n / curve.Negatives),
        })];
        _positiveWeight = [.. weights.Select(weight => weight.Positive)];
        _negativeWeight = [.. weights.Select(weight => weight.Negative)];
    }

    internal ThresholdCurve[] Curves { get; }

    internal ParityConstraint Constraint { get; }

    internal ThresholdObjective Objective { get; }

    internal long Positives { get; }

    internal long Negatives { get; }

    internal static ThresholdProblem Of(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores, Groups groups, ParityConstraint constraint, ThresholdObjective objective)
    {
        MitigationRows.Same(labels.Length, groups, "a label", nameof(labels));
        MitigationRows.Same(scores.Length, labels.Length, "a score", "a label", nameof(scores));
        MitigationRows.Finite(scores, 1, "scores", nameof(scores));
        if (constraint == ParityConstraint.ErrorRate || !Enum.IsDefined(constraint))
        {
            throw new ArgumentOutOfRangeException(nameof(constraint), constraint, "Thresholds make the selection rate, the true-positive rate, the false-positive rate or both of these equal.");
        }

        if (!Enum.IsDefined(objective))
        {
            throw new ArgumentOutOfRangeException(nameof(objective), objective, "Unknown objective.");
        }

        ThresholdCurve[] curves = ThresholdCurve.Of(labels, scores, groups);
        if (curves.Length == 0)
        {
            throw new ArgumentException("No row has a group; there is nothing to make equal.", nameof(groups));
        }

        bool needsBoth = constraint != ParityConstraint.DemographicParity || objective != ThresholdObjective.Accuracy;
        ThresholdCurve? oneLabel = needsBoth ? Array.Find(curves, curve => curve.Positives == 0 || curve.Negatives == 0) : null;
        return oneLabel is null
            ? new ThresholdProblem(curves, constraint, objective)
            : throw new ArgumentException($"Group '{oneLabel.Group}' has {oneLabel.Positives} positive and {oneLabel.Negatives} negative labels; its rates need both. Only demographic parity with accuracy does without.", nameof(groups));
    }

    /// <summary>The rate to be equal, where the curve takes so many; under equalised odds the false-positive rate.</summary>
    internal double Rate(int curve, int threshold) => Rate(Curves[curve], Curves[curve].TruePositives[threshold], Curves[curve].FalsePositives[threshold]);

    internal double TruePositiveRate(int curve, int threshold) => (double)Curves[curve].TruePositives[threshold] / Curves[curve].Positives;

    /// <summary>One group's part of the objective.</summary>
    internal double Gain(int curve, double truePositives, double falsePositives) =>
        (_positiveWeight[curve] * truePositives) + (_negativeWeight[curve] * (Curves[curve].Negatives - falsePositives));

    internal double Gain(int curve, int threshold) => Gain(curve, Curves[curve].TruePositives[threshold], Curves[curve].FalsePositives[threshold]);

    /// <summary>The metric of one group by itself: what Fairlearn draws its hulls of.</summary>
    internal double GroupMetric(int curve, int threshold)
    {
        ThresholdCurve c = Curves[curve];
        double truePositives = c.TruePositives[threshold];
        double trueNegatives = c.Negatives - c.FalsePositives[threshold];
        return Objective == ThresholdObjective.Accuracy
            ? (truePositives + trueNegatives) / c.Total
            : (0.5 * truePositives / c.Positives) + (0.5 * trueNegatives / c.Negatives);
    }

    /// <summary>The result of rules that were found, with the rates they make.</summary>
    internal GroupThresholds Result(ThresholdRule[] rules)
    {
        var byGroup = new GroupThreshold[Curves.Length];
        double value = 0;
        for (int g = 0; g < byGroup.Length; g++)
        {
            ThresholdCurve curve = Curves[g];
            ThresholdRule rule = rules[g];
            double truePositives = Mixed(rule, curve.TruePositives, curve.Positives);
            double falsePositives = Mixed(rule, curve.FalsePositives, curve.Negatives);
            value += Gain(g, truePositives, falsePositives);
            byGroup[g] = new GroupThreshold(
                curve.Group,
                curve.Total,
                rule.FirstShare,
                curve.Thresholds[rule.First],
                1 - rule.FirstShare,
                curve.Thresholds[rule.Second],
                rule.IgnoreShare,
                rule.Constant,
                ExpectedRates.Of(truePositives, falsePositives, curve.Positives, curve.Negatives));
        }

        (double threshold, double common) = CommonThreshold();
        return new GroupThresholds(Constraint, Objective, byGroup, value, Difference(byGroup), threshold, common);
    }

    private static double Mixed(ThresholdRule rule, int[] counts, int all) =>
        (rule.IgnoreShare * rule.Constant * all) + ((1 - rule.IgnoreShare) * ((rule.FirstShare * counts[rule.First]) + ((1 - rule.FirstShare) * counts[rule.Second])));

    private static double Spread(IEnumerable<double> rates) => rates.Max() - rates.Min();

    private double Difference(GroupThreshold[] byGroup) => Constraint switch
    {
        ParityConstraint.DemographicParity => Spread(byGroup.Select(group => group.Expected.SelectionRate)),
        ParityConstraint.TruePositiveRate => Spread(byGroup.Select(group => group.Expected.TruePositiveRate!.Value)),
        ParityConstraint.FalsePositiveRate => Spread(byGroup.Select(group => group.Expected.FalsePositiveRate!.Value)),
        _ => Math.Max(Spread(byGroup.Select(group => group.Expected.TruePositiveRate!.Value)), Spread(byGroup.Select(group => group.Expected.FalsePositiveRate!.Value))),
    };

    private double Rate(ThresholdCurve curve, int truePositives, int falsePositives) => Constraint switch
    {
        ParityConstraint.DemographicParity => (double)(truePositives + falsePositives) / curve.Total,
        ParityConstraint.TruePositiveRate => (double)truePositives / curve.Positives,
        _ => (double)falsePositives / curve.Negatives,
    };

    /// <summary>The best single threshold, all groups merged by score; the highest of equally good ones.</summary>
    private (double Threshold, double Value) CommonThreshold()
    {
        var next = new PriorityQueue<int, double>(Curves.Length);
        var place = new int[Curves.Length];
        double best = 0;
        for (int g = 0; g < Curves.Length; g++)
        {
            best += Gain(g, 0);
            next.Enqueue(g, -Curves[g].Scores[0]);
        }

        double threshold = double.PositiveInfinity;
        double value = best;
        while (next.TryPeek(out int g, out double negated))
        {
            value += Gain(g, place[g] + 1) - Gain(g, place[g]);
            place[g]++;
            if (place[g] < Curves[g].Scores.Length)
            {
                next.DequeueEnqueue(g, -Curves[g].Scores[place[g]]);
            }
            else
            {
                next.Dequeue();
            }

            double lower = next.TryPeek(out _, out double following) ? -following : double.NegativeInfinity;
            if (lower < -negated && value > best + Noise)
            {
                (best, threshold) = (value, double.IsNegativeInfinity(lower) ? lower : ThresholdCurve.Between(-negated, lower));
            }
        }

        return (threshold, Curves.Select((curve, g) => Gain(g, TakenAbove(curve, threshold))).Sum()); // afresh: the walk has added up rounding errors
    }

    private static int TakenAbove(ThresholdCurve curve, double threshold)
    {
        int first = Array.FindIndex(curve.Scores, score => score <= threshold);
        return first < 0 ? curve.Scores.Length : first;
    }

    /// <summary>Sums of a million parts differ by less than this through rounding; a threshold must be better by more.</summary>
    private const double Noise = 1e-12;
}
