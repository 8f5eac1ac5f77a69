using System.Globalization;

namespace MlOps.Fairness.Mitigation;

/// <summary>A mix of classifiers: for every decision one of them is drawn by lot.</summary>
/// <typeparam name="TModel">The learner's models.</typeparam>
/// <param name="Constraint">What was made equal.</param>
/// <param name="Members">The classifiers with a weight above 0, in the order they were found.</param>
/// <param name="Error">The expected share of wrong decisions on the training rows.</param>
/// <param name="Violation">The largest expected distance of a group's rate from that of all rows, on the training rows.</param>
/// <param name="UnconstrainedError">The error of the first classifier, trained on the labels as they are: the difference is the price.</param>
/// <param name="UnconstrainedViolation">The violation of that classifier.</param>
/// <param name="Gap">The duality gap in units of error: how much better a mix might still be, if the learner is exact.</param>
/// <param name="TargetGap">The gap at which the search ends.</param>
/// <param name="Iterations">The iterations done.</param>
/// <param name="Trained">How often the learner was called.</param>
public sealed record RandomisedClassifier<TModel>(
    ParityConstraint Constraint,
    IReadOnlyList<ReductionMember<TModel>> Members,
    double Error,
    double Violation,
    double UnconstrainedError,
    double UnconstrainedViolation,
    double Gap,
    double TargetGap,
    int Iterations,
    int Trained)
{
    /// <summary>Gets whether the gap was reached; if not, allow more iterations.</summary>
    public bool HasConverged => Gap < TargetGap;

    /// <summary>The chance of a positive decision for each row.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="decide">What a model decides on those rows.</param>
    /// <exception cref="InvalidOperationException">A model decides on another number of rows.</exception>
    public double[] Probabilities(int rows, Func<TModel, bool[]> decide)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentNullException.ThrowIfNull(decide);
        var chances = new double[rows];
        foreach (ReductionMember<TModel> member in Members)
        {
            bool[] decisions = Decisions(member, rows, decide);
            for (int i = 0; i < rows; i++)
            {
                chances[i] += decisions[i] ? member.Weight : 0;
            }
        }

        for (int i = 0; i < rows; i++)
        {
            chances[i] = Math.Min(chances[i], 1); // weights sum to 1 but for rounding
        }

        return chances;
    }

    /// <summary>Decides each row by a classifier drawn for it.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="decide">What a model decides on those rows.</param>
    /// <param name="seed">Fixes the lots: row i has the same lot under the same seed, however many rows follow.</param>
    /// <exception cref="InvalidOperationException">A model decides on another number of rows.</exception>
    public bool[] Decide(int rows, Func<TModel, bool[]> decide, int seed = 0) => Lots.Draw(Probabilities(rows, decide), seed);

    /// <summary>Returns how a notebook shows the result.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => ShownText.Of(ToString());

    /// <summary>Writes what was reached and what it costs.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Mix of {Members.Count} classifiers for {Constraint}: error {Error:0.####} ({UnconstrainedError:0.####} without), violation {Violation:0.####} ({UnconstrainedViolation:0.####} without); gap {Gap:0.#####} {(HasConverged ? "reached" : "not yet below")} {TargetGap:0.#####} after {Iterations} iterations, {Trained} trained");

    private static bool[] Decisions(ReductionMember<TModel> member, int rows, Func<TModel, bool[]> decide)
    {
        if (member.Constant is { } constant)
        {
            var all = new bool[rows];
            Array.Fill(all, constant);
            return all;
        }

        bool[] decisions = decide(member.Model!);
        return decisions.Length == rows
            ? decisions
            : throw new InvalidOperationException($"{rows} rows need as many decisions; a model gave {decisions.Length}.");
    }
}
