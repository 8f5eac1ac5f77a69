using MlOps.Data;
using MlOps.Fairness.Internals;

namespace MlOps.Fairness.Individual;

/// <summary>Would the decision be another if only the sensitive value were? Each row is decided again with every other value.</summary>
/// <remarks>
/// Only the named column changes, so a model that never sees it has no flips, <b>and may still discriminate through proxies</b>: what would also be different
/// in a world where the person had been born into the other group (their PIN code, their school) stays as it is. A flip rate of 0 is necessary, not
/// sufficient. The model is called once for the table as it is and once for every value, each time with all rows. Rows whose value is missing are
/// left out and counted.
/// <para>Source: after M. Kusner et al., "Counterfactual Fairness", NeurIPS 2017, without its causal model.</para>
/// </remarks>
/// <param name="Column">The sensitive column.</param>
/// <param name="FlipRate">The share of the people for whom at least one other value changes the decision; 0 is the ideal.</param>
/// <param name="ByChange">One entry for each group and each other value, in the order of the groups.</param>
/// <param name="Flips">The rows and values where the decision changes, by row, then by value.</param>
/// <param name="MissingCount">Rows without a sensitive value.</param>
public sealed record CounterfactualFlips(string Column, Rate FlipRate, IReadOnlyList<FlipCount> ByChange, IReadOnlyList<FlippedRow> Flips, long MissingCount)
{
    /// <summary>Tests a model that decides.</summary>
    /// <param name="decide">Decides about all rows of a table: one truth value a row. It must answer the same for the same rows.</param>
    /// <param name="table">The people, with all columns the model needs.</param>
    /// <param name="column">The sensitive column: text, truth values or a few numbers.</param>
    /// <param name="cancellationToken">Stops between two calls of the model.</param>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="ArgumentException">As for the overload with scores.</exception>
    public static CounterfactualFlips Of(Func<Table, bool[]> decide, Table table, string column, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decide);
        return Of(rows => Array.ConvertAll(decide(rows), decision => decision ? 1.0 : 0.0), table, column, 0.5, cancellationToken);
    }

    /// <summary>Tests a model that scores; the decision is score ≥ threshold.</summary>
    /// <param name="score">Scores all rows of a table: one finite number a row. It must answer the same for the same rows.</param>
    /// <param name="table">The people, with all columns the model needs.</param>
    /// <param name="column">The sensitive column: text, truth values or a few numbers.</param>
    /// <param name="threshold">The score from which on the decision is positive.</param>
    /// <param name="cancellationToken">Stops between two calls of the model.</param>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="ArgumentException">The column has fewer than two values, or cannot make groups; or the model returns another number of scores than rows, or one
    /// that is not finite: the message names the row and the value the column was set to.</exception>
    /// <exception cref="OperationCanceledException">The test was cancelled.</exception>
    public static CounterfactualFlips Of(Func<Table, double[]> score, Table table, string column, double threshold = 0.5, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(table);
        Guard.Finite(threshold);
        var groups = Groups.Of(table, column);
        if (groups.Count < 2)
        {
            throw new ArgumentException($"Column '{column}' has one value, '{groups.Names[0]}': there is nothing to change it to.", nameof(column));
        }

        double[] before = Ask(score, table, column, "left as it is");
        double[][] after = new double[groups.Count][];
        int[] all = new int[table.RowCount];
        for (int to = 0; to < after.Length; to++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Fill(all, groups.Codes.IndexOf(to)); // any row that has the value: so the column keeps its type
            after[to] = Ask(score, table.With(table[column].Take(all)), column, $"set to '{groups.Names[to]}'");
        }

        return Count(groups, before, after, threshold);
    }

    /// <summary>Writes the flip rate and what each change does.</summary>
    public override string ToString() => Grid().ToText();

    /// <summary>Returns how a notebook shows the test: a table of the changes.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Grid().ToMimeBundle();

    private static double[] Ask(Func<Table, double[]> score, Table table, string column, string how)
    {
        double[] scores = score(table) ?? throw new ArgumentException($"The model returned null with '{column}' {how}.", nameof(score));
        if (scores.Length != table.RowCount)
        {
            throw new ArgumentException($"The model returned {scores.Length} scores for {table.RowCount} rows with '{column}' {how}.", nameof(score));
        }

        int bad = Array.FindIndex(scores, value => !double.IsFinite(value));
        return bad < 0
            ? scores
            : throw new ArgumentException(FormattableString.Invariant($"The model returned {scores[bad]} for row {bad} with '{column}' {how}; a score must be a finite number."), nameof(score));
    }

    private static CounterfactualFlips Count(Groups groups, double[] before, double[][] after, double threshold)
    {
        int count = groups.Count;
        var tallies = new (long Rows, long Up, long Down, double Change, double Absolute)[count * count];
        var flips = new List<FlippedRow>();
        long people = 0;
        long flipped = 0;
        for (int i = 0; i < before.Length; i++)
        {
            int from = groups.Codes[i];
            if (from < 0)
            {
                continue;
            }

            people++;
            int known = flips.Count;
            for (int to = 0; to < count; to++)
            {
                if (to == from)
                {
                    continue;
                }

                ref (long Rows, long Up, long Down, double Change, double Absolute) tally = ref tallies[(from * count) + to];
                double change = after[to][i] - before[i];
                bool was = before[i] >= threshold;
                bool becomes = after[to][i] >= threshold;
                tally.Rows++;
                tally.Up += becomes && !was ? 1 : 0;
                tally.Down += was && !becomes ? 1 : 0;
                tally.Change += change;
                tally.Absolute += Math.Abs(change);
                if (was != becomes)
                {
                    flips.Add(new FlippedRow(i, groups.Names[from], groups.Names[to], before[i], after[to][i]));
                }
            }

            flipped += flips.Count > known ? 1 : 0;
        }

        FlipCount[] byChange = [.. Enumerable.Range(0, count * count).Where(cell => cell / count != cell % count).Select(cell => new FlipCount(
            groups.Names[cell / count], groups.Names[cell % count], tallies[cell].Rows, tallies[cell].Up, tallies[cell].Down,
            tallies[cell].Change / tallies[cell].Rows, tallies[cell].Absolute / tallies[cell].Rows))]; // every group of one column has rows
        return new CounterfactualFlips(groups.Columns[0], new Rate(flipped, people), byChange, flips, groups.MissingCount);
    }

    private ReportGrid Grid() => new(
        FlipRate.Numerator == 0
            ? $"No decision depends on '{Column}' directly"
            : $"{ReportGrid.Count(FlipRate.Numerator)} of {ReportGrid.Count(FlipRate.Denominator)} people would be decided upon differently with another '{Column}'",
        $"only '{Column}' changed" + (MissingCount > 0 ? $"; {ReportGrid.Count(MissingCount)} rows without a value left out" : ""),
        ["from", "to", "rows", "flips", "share", "to positive", "to negative", "mean change", "mean |change|"],
        [.. ByChange.Select(change => (string[])
        [
            change.From, change.To, ReportGrid.Count(change.Rows), ReportGrid.Count(change.Rate.Numerator), ReportGrid.Number(change.Rate.Value),
            ReportGrid.Count(change.ToPositive), ReportGrid.Count(change.ToNegative), ReportGrid.Number(change.MeanChange, 4), ReportGrid.Number(change.MeanAbsoluteChange, 4),
        ])],
        ["Through other columns the group may still count: look for proxies too."]);
}
