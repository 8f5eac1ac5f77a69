using System.Globalization;
using System.Net;
using System.Text;
using MlOps.Learning;
using MlOps.Learning.Trees;

namespace MlOps.Explain.Effects;

/// <summary>A small tree that says nearly what a model says, in rules that a person can read.</summary>
/// <remarks>Read <see cref="Fidelity"/> first: rules that do not follow the model explain themselves, not it.</remarks>
/// <param name="Output">What the model's number is.</param>
/// <param name="Rules">One a leaf, from the root's first answer to its last; the shares add up to 1.</param>
/// <param name="Fidelity">R² of the tree against the model's numbers on rows that it did not learn from, at most 1: the share of their variation that it follows;
/// null where the model says one number for all of these rows.</param>
/// <param name="TrainingFidelity">The same on the rows that it learned from; far above <paramref name="Fidelity"/>, the tree has learned chance. Null likewise.</param>
/// <param name="HeldOutRows">The rows behind <paramref name="Fidelity"/>.</param>
public sealed record SurrogateTree(string Output, IReadOnlyList<SurrogateRule> Rules, double? Fidelity, double? TrainingFidelity, int HeldOutRows)
{
    private const int FewestRows = 10;

    /// <summary>Learns the tree from the model's own numbers (not from true outcomes).</summary>
    /// <remarks>A text or a truth value is asked for value by value, a number by thresholds, where a missing one counts as the mean, and by whether it is missing. Equal seeds give equal trees.</remarks>
    /// <param name="model">The model.</param>
    /// <param name="x">Rows that look like those the model meets, at least 10.</param>
    /// <param name="depth">Decisions on the longest way, in [1, 8]: beyond three or four nobody reads the rules.</param>
    /// <param name="minSamplesLeaf">Fewest rows behind a rule, ≥ 1; a hundredth of the rows when null.</param>
    /// <param name="heldOut">Share of the rows kept aside to measure the fidelity, in (0, 0.5].</param>
    /// <param name="seed">Of the draw of these rows.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ArgumentException">There are fewer than 10 rows, the width is not the model's, or a number is infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <exception cref="InvalidOperationException">The model gives NaN or an infinite number.</exception>
    public static SurrogateTree Of(
        ExplainedModel model, Matrix x, int depth = 3, int? minSamplesLeaf = null, double heldOut = 0.3, int seed = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, 8);
        Guard.Positive(heldOut);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(heldOut, 0.5);
        Guard.AtLeast(minSamplesLeaf ?? 1, 1, nameof(minSamplesLeaf));
        if (x.RowCount < FewestRows)
        {
            throw new ArgumentException($"A surrogate tree needs {FewestRows} rows at least, to learn from some and be measured on others; got {x.RowCount}.", nameof(x));
        }

        double[] predicted = model.Predict(x);
        int[] order = [.. Enumerable.Range(0, x.RowCount)];
        new Random(seed).Shuffle(order);
        int aside = Math.Max(2, (int)(heldOut * x.RowCount));
        var columns = new SurrogateColumns(model, x);
        Matrix all = columns.Of(x);
        Matrix learn = all.Take(order.AsSpan(aside));
        double[] targets = [.. order[aside..].Select(i => predicted[i])];
        DecisionTreeRegressorModel tree = new DecisionTreeRegressor(depth, minSamplesLeaf: minSamplesLeaf ?? Math.Max(1, x.RowCount / 100)).Fit(learn, targets, cancellationToken: cancellationToken);

        var rules = new List<SurrogateRule>();
        Walk(tree.Tree, 0, columns, [], [], rules);
        double? fidelity = Follows(tree.Predict(all.Take(order.AsSpan(0, aside))), [.. order[..aside].Select(i => predicted[i])]);
        return new SurrogateTree(model.Output, rules, fidelity, Follows(tree.Predict(learn), targets), aside);
    }

    /// <summary>Returns fidelity and rules, a line a rule.</summary>
    public override string ToString() => $"{Headline()}\n{string.Join('\n', Rules)}\n";

    /// <summary>Returns how a notebook shows it: a table of the rules.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle()
    {
        var html = new StringBuilder($"<p>{WebUtility.HtmlEncode(Headline())}</p><table><thead><tr><th>rows where</th><th>{WebUtility.HtmlEncode(Output)}</th><th>share</th></tr></thead><tbody>");
        foreach (SurrogateRule rule in Rules)
        {
            string where = rule.Conditions.Count == 0 ? "always" : string.Join(" and ", rule.Conditions);
            html.Append(CultureInfo.InvariantCulture, $"<tr><td style=\"text-align:left\">{WebUtility.HtmlEncode(where)}</td><td>{rule.Prediction:0.####}</td><td>{rule.Share:P0}</td></tr>");
        }

        return new Dictionary<string, string> { ["text/html"] = html.Append("</tbody></table>").ToString(), ["text/plain"] = ToString() };
    }

    private string Headline() => Fidelity is { } fidelity
        ? FormattableString.Invariant($"{Rules.Count} rules follow {Math.Max(0, fidelity):P0} of the variation of the {Output} on {HeldOutRows} rows they did not see")
        : $"the {Output} is one number on all {HeldOutRows} rows kept aside: there is nothing to follow";

    /// <summary>1 − Σ (model − tree)² / Σ (model − its mean)².</summary>
    private static double? Follows(double[] tree, double[] model)
    {
        double mean = model.Average();
        double missed = 0;
        double total = 0;
        for (int i = 0; i < model.Length; i++)
        {
            missed += (model[i] - tree[i]) * (model[i] - tree[i]);
            total += (model[i] - mean) * (model[i] - mean);
        }

        return Array.TrueForAll(model, value => value == model[0]) ? null : 1 - (missed / total);
    }

    private static void Walk(Tree tree, int node, SurrogateColumns columns, SortedDictionary<int, (double Low, double High)> bounds, SortedDictionary<int, string> texts, List<SurrogateRule> rules)
    {
        if (tree.Features[node] == Tree.Leaf)
        {
            rules.Add(new SurrogateRule(columns.Conditions(bounds, texts), tree.ValueOf(node)[0], tree.Cover[node] / tree.Cover[0]));
            return;
        }

        foreach (bool atMost in (ReadOnlySpan<bool>)[true, false])
        {
            var within = new SortedDictionary<int, (double Low, double High)>(bounds);
            var said = new SortedDictionary<int, string>(texts);
            columns.Add(within, said, tree.Features[node], tree.Thresholds[node], atMost);
            Walk(tree, atMost ? tree.Left[node] : tree.Right[node], columns, within, said, rules);
        }
    }
}
