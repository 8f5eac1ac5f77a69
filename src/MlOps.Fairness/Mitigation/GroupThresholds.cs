using System.Globalization;
using System.Text;

namespace MlOps.Fairness.Mitigation;

/// <summary>One decision threshold a group, chosen so that a rate is equal: a repair after training, for any model that gives scores.</summary>
/// <remarks>
/// <see cref="Fit"/> draws lots between two thresholds and reaches equality exactly, on average over the rows it saw. <see cref="FitDeterministic"/>
/// gives each group one threshold, so that equal scores in a group are decided alike, and allows a tolerance instead.
/// <para>
/// Both need the sensitive column when they decide, and treat people with the same score differently by their group. In many places the law
/// forbids that: ask before you use it.
/// </para>
/// <para>Source: M. Hardt, E. Price, N. Srebro, "Equality of Opportunity in Supervised Learning", NIPS 2016, section 4; grid, hull and ties as Fairlearn's
/// ThresholdOptimizer.</para>
/// </remarks>
/// <param name="Constraint">The rate made equal.</param>
/// <param name="Objective">What was made large.</param>
/// <param name="ByGroup">One entry a group with rows, in the order of the groups.</param>
/// <param name="Value">The objective reached, on average.</param>
/// <param name="Difference">Largest less smallest of the constrained rate between groups; of both rates the worse under equalised odds.</param>
/// <param name="CommonThreshold">The one threshold for all with the best objective and no constraint. It also decides rows without a group.</param>
/// <param name="CommonValue">The objective of that threshold.</param>
public sealed record GroupThresholds(
    ParityConstraint Constraint,
    ThresholdObjective Objective,
    IReadOnlyList<GroupThreshold> ByGroup,
    double Value,
    double Difference,
    double CommonThreshold,
    double CommonValue)
{
    /// <summary>Gets what parity costs: the objective of the common threshold less that of these. Negative if more than one threshold helps.</summary>
    public double Cost => CommonValue - Value;

    /// <summary>Gets whether any group is decided by lot.</summary>
    public bool IsRandomised => ByGroup.Any(group => group.IsRandomised);

    /// <summary>Finds thresholds that make a rate equal, drawing lots between two of them where needed.</summary>
    /// <remarks>
    /// For each group the upper hull of (rate, objective) over all its thresholds is what lots can reach. The rate is then chosen on the grid
    /// 0, 1/gridSize, …, 1 where the objective of all groups together is largest; the smallest rate wins a tie. Under equalised odds it is the false-positive
    /// rate, and the true-positive rate is the least of the groups' hulls there: better groups ignore the score for some of their rows. Thresholds lie midway between distinct scores, or at ±∞.
    /// O(n) for the sort, and for the grid G · gridSize.
    /// </remarks>
    /// <param name="labels">One label a row; true is the positive class.</param>
    /// <param name="scores">One finite score a row, larger for positive; as many. Held-out rows: on training rows a model looks better than it is.</param>
    /// <param name="groups">Who belongs to which group, as many rows. Rows without a group take no part.</param>
    /// <param name="constraint">The rate to be equal; not <see cref="ParityConstraint.ErrorRate"/>.</param>
    /// <param name="objective">What to make large.</param>
    /// <param name="gridSize">Steps of the grid, ≥ 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, a score is not finite, no row has a group, or a group has one label only where a rate
    /// needs both: always, but for demographic parity with accuracy. The message names the group.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The constraint is none for thresholds, or the grid has no step.</exception>
    public static GroupThresholds Fit(
        ReadOnlySpan<bool> labels,
        ReadOnlySpan<double> scores,
        Groups groups,
        ParityConstraint constraint = ParityConstraint.DemographicParity,
        ThresholdObjective objective = ThresholdObjective.Accuracy,
        int gridSize = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(gridSize, 1);
        ThresholdProblem problem = ThresholdProblem.Of(labels, scores, groups, constraint, objective);
        return problem.Result(RandomisedThresholds.Search(problem, gridSize));
    }

    /// <summary>Finds one threshold a group, the best whose rates differ by no more than a tolerance. Nobody's decision is drawn by lot.</summary>
    /// <remarks>
    /// For one rate the result is the best there is: every window of the tolerance's width is tried. For equalised odds the windows begin on the grid
    /// 0, 1/gridSize, …, 1 in both rates: the tolerance is kept, but a slightly better pair may be missed. The first of equally good windows is taken.
    /// Compare <see cref="Value"/> with that of <see cref="Fit"/> to see what doing without lots costs. A tolerance of 0 often leaves only
    /// "nobody" and "everybody".
    /// </remarks>
    /// <param name="labels">One label a row; true is the positive class.</param>
    /// <param name="scores">One finite score a row, larger for positive; as many.</param>
    /// <param name="groups">Who belongs to which group, as many rows.</param>
    /// <param name="constraint">The rate to be equal; not <see cref="ParityConstraint.ErrorRate"/>.</param>
    /// <param name="tolerance">How far the rates may be apart, in [0, 1].</param>
    /// <param name="objective">What to make large.</param>
    /// <param name="gridSize">Steps of the grid for equalised odds, ≥ 1.</param>
    /// <exception cref="ArgumentException">As <see cref="Fit"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The constraint is none for thresholds, the tolerance is no share, or the grid has no step.</exception>
    public static GroupThresholds FitDeterministic(
        ReadOnlySpan<bool> labels,
        ReadOnlySpan<double> scores,
        Groups groups,
        ParityConstraint constraint = ParityConstraint.DemographicParity,
        double tolerance = 0.01,
        ThresholdObjective objective = ThresholdObjective.Accuracy,
        int gridSize = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(gridSize, 1);
        Guard.Share(tolerance);
        ThresholdProblem problem = ThresholdProblem.Of(labels, scores, groups, constraint, objective);
        return problem.Result(SingleThresholds.Search(problem, tolerance, gridSize));
    }

    /// <summary>The chance of a positive decision for each row.</summary>
    /// <param name="scores">One score a row, by the same model.</param>
    /// <param name="groups">Who belongs to which group, as many rows; groups are found by name. A row without a group is decided by <see cref="CommonThreshold"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ, a score is not finite, or a row's group had no rows when the thresholds were fitted.</exception>
    public double[] Probabilities(ReadOnlySpan<double> scores, Groups groups)
    {
        MitigationRows.Same(scores.Length, groups, "a score", nameof(scores));
        MitigationRows.Finite(scores, 1, "scores", nameof(scores));
        int[] matched = MitigationRows.Match([.. ByGroup.Select(group => group.Group)], groups);
        GroupThreshold[] byGroup = [.. ByGroup];
        var probabilities = new double[scores.Length];
        for (int i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = matched[i] < 0 ? (scores[i] > CommonThreshold ? 1 : 0) : byGroup[matched[i]].Probability(scores[i]);
        }

        return probabilities;
    }

    /// <summary>Decides each row, drawing lots where the group is decided by lot.</summary>
    /// <param name="scores">One score a row, by the same model.</param>
    /// <param name="groups">Who belongs to which group, as many rows.</param>
    /// <param name="seed">Fixes the lots: row i has the same lot under the same seed, however many rows follow.</param>
    /// <exception cref="ArgumentException">As <see cref="Probabilities"/>.</exception>
    public bool[] Decide(ReadOnlySpan<double> scores, Groups groups, int seed = 0) => Lots.Draw(Probabilities(scores, groups), seed);

    /// <summary>Returns how a notebook shows the result.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => ShownText.Of(ToString());

    /// <summary>Writes the thresholds, the rates they make and what they cost.</summary>
    public override string ToString()
    {
        string name = Objective == ThresholdObjective.Accuracy ? "accuracy" : "balanced accuracy";
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{(IsRandomised ? "Thresholds by lot" : "One threshold a group")} for {Constraint}: {name} {Value:0.####}, {CommonValue:0.####} with one threshold for all; rates {Difference:0.####} apart");
        foreach (GroupThreshold group in ByGroup)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {group.Group}: {Rule(group)}; selects {group.Expected.SelectionRate:0.###}, TPR {group.Expected.TruePositiveRate:0.###}, FPR {group.Expected.FalsePositiveRate:0.###}, accuracy {group.Expected.Accuracy:0.###}");
        }

        return text.ToString().TrimEnd();
    }

    private static string Rule(GroupThreshold group)
    {
        string rule = !(group.FirstShare is > 0 and < 1) || group.First == group.Second
            ? FormattableString.Invariant($"score > {(group.FirstShare > 0 ? group.First : group.Second):0.####}")
            : FormattableString.Invariant($"score > {group.First:0.####} for {group.FirstShare:P1}, > {group.Second:0.####} for the rest");
        return group.IgnoreShare > 0 ? rule + FormattableString.Invariant($", but for {group.IgnoreShare:P1} a lot with chance {group.Constant:0.###}") : rule;
    }
}
