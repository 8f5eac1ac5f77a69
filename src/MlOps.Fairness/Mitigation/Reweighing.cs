using System.Globalization;
using System.Text;

namespace MlOps.Fairness.Mitigation;

/// <summary>Row weights under which label and group are independent: for any learner that takes weights.</summary>
/// <remarks>
/// <c>w(g, y) = n_g · n_y / (n · n_gy)</c>: how many rows the cell would have if label and group were independent, through how many it has. The
/// weights sum to n, and every group's weighted share of positives is that of all rows. Changes no row and needs the sensitive column in training
/// only. Rows without a group are not counted and weigh 1.
/// <para>Source: F. Kamiran, T. Calders, "Data preprocessing techniques for classification without discrimination", Knowl. Inf. Syst. 33 (2012) 1–33, section 5.2.</para>
/// </remarks>
/// <param name="Cells">Two a group that has rows, in the order of the groups, the positive label first.</param>
/// <param name="BaseRate">The share of positives among all rows with a group: every group's weighted share afterwards.</param>
/// <param name="DifferenceBefore">Largest less smallest share of positives of a group before weighting, in [0, 1]; 0 means that nothing was to do.</param>
/// <param name="EffectiveShare">(Σ w)² / (n · Σ w²) in (0, 1]: what the weights leave of the sample's size. That is the price in variance.</param>
public sealed record Reweighing(IReadOnlyList<ReweighingCell> Cells, double BaseRate, double DifferenceBefore, double EffectiveShare)
{
    /// <summary>Learns the weights.</summary>
    /// <param name="labels">One label a row; true is the positive class.</param>
    /// <param name="groups">Who belongs to which group, as many rows. Groups nobody belongs to are left out.</param>
    /// <exception cref="ArgumentException">The lengths differ, no row has a group, or a group has rows but none with a label that others have: no
    /// weight can repair that, and AIF360's would be infinite. The message names the group and the label.</exception>
    public static Reweighing Fit(ReadOnlySpan<bool> labels, Groups groups)
    {
        MitigationRows.Same(labels.Length, groups, "a label", nameof(labels));
        long[] counts = new long[groups.Count * 2]; // [2g + 1] the positives of g
        ReadOnlySpan<int> codes = groups.Codes;
        for (int i = 0; i < labels.Length; i++)
        {
            if (codes[i] >= 0)
            {
                counts[(codes[i] * 2) + (labels[i] ? 1 : 0)]++;
            }
        }

        long positives = 0;
        long negatives = 0;
        for (int g = 0; g < groups.Count; g++)
        {
            negatives += counts[2 * g];
            positives += counts[(2 * g) + 1];
        }

        if (positives + negatives == 0)
        {
            throw new ArgumentException("No row has a group; there is nothing to weigh.", nameof(groups));
        }

        return Of(groups, counts, positives, negatives);
    }

    /// <summary>The weights of rows.</summary>
    /// <param name="labels">One label a row.</param>
    /// <param name="groups">Who belongs to which group, as many rows; groups are found by name.</param>
    /// <returns>One weight a row; 1 for a row without a group.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a row's group or label did not occur when the weights were learned.</exception>
    public double[] Weights(ReadOnlySpan<bool> labels, Groups groups)
    {
        MitigationRows.Same(labels.Length, groups, "a label", nameof(labels));
        int[] matched = MitigationRows.Match([.. Cells.Where(cell => cell.Label).Select(cell => cell.Group)], groups);
        double?[] weight = [.. Cells.Select(cell => cell.Weight)];
        var weights = new double[labels.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = matched[i] < 0 ? 1 : weight[(matched[i] * 2) + (labels[i] ? 0 : 1)]
                ?? throw new ArgumentException($"Row {i} is labelled {(labels[i] ? "positive" : "negative")}, but no row was when the weights were learned.", nameof(labels));
        }

        return weights;
    }

    /// <summary>Returns how a notebook shows the result.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => ShownText.Of(ToString());

    /// <summary>Writes what was done and what it costs.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Reweighing: shares of positives {DifferenceBefore:0.####} apart before, 0 after; the sample counts as {EffectiveShare:P1} of its size");
        foreach (ReweighingCell cell in Cells)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {cell.Group} {(cell.Label ? "positive" : "negative")}: {cell.Count} rows, weight {cell.Weight?.ToString("0.####", CultureInfo.InvariantCulture) ?? "not needed"}");
        }

        return text.ToString().TrimEnd();
    }

    private static Reweighing Of(Groups groups, long[] counts, long positives, long negatives)
    {
        double n = positives + negatives;
        var cells = new List<ReweighingCell>();
        double sumOfSquares = 0;
        double least = 1;
        double most = 0;
        for (int g = 0; g < groups.Count; g++)
        {
            double size = counts[2 * g] + counts[(2 * g) + 1];
            if (size == 0)
            {
                continue;
            }

            least = Math.Min(least, counts[(2 * g) + 1] / size);
            most = Math.Max(most, counts[(2 * g) + 1] / size);
            foreach (bool label in (ReadOnlySpan<bool>)[true, false])
            {
                long cell = counts[(2 * g) + (label ? 1 : 0)];
                long all = label ? positives : negatives;
                if (cell == 0 && all > 0)
                {
                    throw new ArgumentException($"Group '{groups.Names[g]}' has {size} rows and none with a {(label ? "positive" : "negative")} label: no weight can give it any. Join it with another group, or leave it out.", nameof(groups));
                }

                double? weight = all == 0 ? null : size * all / (n * cell);
                sumOfSquares += cell * (weight * weight ?? 0);
                cells.Add(new ReweighingCell(groups.Names[g], label, cell, weight));
            }
        }

        return new Reweighing(cells, positives / n, most - least, n / sumOfSquares); // the weights sum to n
    }
}
