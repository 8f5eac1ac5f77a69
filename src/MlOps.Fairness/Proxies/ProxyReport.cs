using MlOps.Data;

namespace MlOps.Fairness.Proxies;

/// <summary>Which columns give a sensitive column away: each feature alone, and all of them together.</summary>
/// <remarks>
/// Leaving a column out of a model does not help when others stand in for it. Numbers are cut into quantile bins (closed on the right, edges by
/// linear interpolation; equal values stay together), missing values are a level of their own, times count as numbers. Three kinds of evidence
/// stand side by side: how much a feature tells (mutual information), how strongly it goes with the groups (Cramér's V, for numbers the correlation
/// ratio), and how well a small model guesses the group on rows it has not seen (AUC). The level needs both: a χ² test below
/// <see cref="ProxyOptions.Alpha"/>, and an AUC that matters.
/// <para>The small model is a ridge logistic regression on levels and standardised numbers, each group against the rest, in
/// <see cref="ProxyOptions.Folds"/> folds that keep the mix of the groups. It knows no interactions: a proxy made of two columns together (each
/// alone innocent) is not found. Rows whose sensitive value is missing are left out.</para>
/// Immutable. Equal input gives an equal report, whatever the number of threads.
/// </remarks>
public sealed partial record ProxyReport
{
    private ProxyReport(string sensitive, IReadOnlyList<string> groups, IReadOnlyList<long> counts) =>
        (Sensitive, Groups, GroupCounts) = (sensitive, groups, counts);

    /// <summary>Gets the sensitive column A.</summary>
    public string Sensitive { get; }

    /// <summary>Gets its groups.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>Gets the rows of every group.</summary>
    public IReadOnlyList<long> GroupCounts { get; }

    /// <summary>Gets the rows with a group, on which everything was measured.</summary>
    public long RowCount => GroupCounts.Sum();

    /// <summary>Gets the rows left out because the sensitive value is missing.</summary>
    public required long MissingCount { get; init; }

    /// <summary>Gets the rows the small models were made of and tested on.</summary>
    public required int ModelRows { get; init; }

    /// <summary>Gets H(A) in nats: what there is to know about A.</summary>
    public required double Entropy { get; init; }

    /// <summary>Gets the label column that <see cref="ProxyFeature.ConditionalMutualInformation"/> is given; null if none was named.</summary>
    public required string? Label { get; init; }

    /// <summary>Gets the features, the best proxy first: by AUC, then normalised mutual information, then name; those without an AUC last.</summary>
    public required IReadOnlyList<ProxyFeature> Features { get; init; }

    /// <summary>Gets the columns that were not looked at.</summary>
    public required IReadOnlyList<SkippedFeature> Skipped { get; init; }

    /// <summary>Gets how well all features together tell each group from the rest.</summary>
    public required IReadOnlyList<GroupAuc> AucByGroup { get; init; }

    /// <summary>Gets how well all features together tell the groups apart: the plain mean over the groups, 0.5 is guessing; null if no group has an AUC.</summary>
    public double? Auc => AucByGroup.Average(group => group.Value);

    /// <summary>Gets the level of all features together, by the largest AUC of any group.</summary>
    public ProxyLevel Level => Options.LevelOf(AucByGroup.Max(group => group.Value) ?? 0);

    /// <summary>Gets the settings.</summary>
    public required ProxyOptions Options { get; init; }

    /// <summary>Gets a feature by name.</summary>
    /// <exception cref="KeyNotFoundException">The report has no such feature; the message lists those it has.</exception>
    public ProxyFeature this[string feature] => Features.FirstOrDefault(candidate => candidate.Feature == feature)
        ?? throw new KeyNotFoundException($"The report has no feature '{feature}'. There are: {string.Join(", ", Features.Select(candidate => candidate.Feature))}.");

    /// <summary>Looks for proxies of a sensitive column.</summary>
    /// <param name="table">The rows, with the sensitive column.</param>
    /// <param name="sensitive">The sensitive column: text, truth values or a few numbers.</param>
    /// <param name="features">The columns a model would see; null: all but the sensitive column and the label.</param>
    /// <param name="label">The label, for what a feature tells beyond it; null: not looked at. Missing labels are a label of their own.</param>
    /// <param name="options">Bins, folds and limits; the defaults if null.</param>
    /// <param name="progress">Receives the share of finished features, rising to 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="ArgumentException">The sensitive column has no or only one group; it or the label is among the features, or a feature is named twice; every feature
    /// was skipped, the message says why; a number is infinite; or the options contradict each other.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static ProxyReport Of(
        Table table,
        string sensitive,
        IReadOnlyList<string>? features = null,
        string? label = null,
        ProxyOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= new ProxyOptions();
        options.Check();
        string[] names = FeatureNames(table, sensitive, features, label);
        var groups = Fairness.Groups.Of(table, sensitive);
        if (groups.Count < 2)
        {
            throw new ArgumentException($"Sensitive column '{sensitive}' has one group, '{groups.Names[0]}': there is nobody to tell apart.", nameof(sensitive));
        }

        int[] members = [.. Enumerable.Range(0, table.RowCount).Where(row => groups.Codes[row] >= 0)];
        int[] codes = Array.ConvertAll(members, row => groups.Codes[row]);
        Table rows = members.Length == table.RowCount ? table : new Table(table.Columns.Select(column => column.Take(members)));
        return new ProxySearch(rows, codes, groups.Names, names, label, options).Run(sensitive, groups.MissingCount, progress, cancellationToken);
    }

    internal static ProxyReport Create(
        string sensitive, IReadOnlyList<string> groups, IReadOnlyList<long> counts, long missing, int modelRows, double entropy, string? label,
        IReadOnlyList<ProxyFeature> features, IReadOnlyList<SkippedFeature> skipped, IReadOnlyList<GroupAuc> aucs, ProxyOptions options) =>
        new(sensitive, groups, counts)
        {
            MissingCount = missing,
            ModelRows = modelRows,
            Entropy = entropy,
            Label = label,
            Features = features,
            Skipped = skipped,
            AucByGroup = aucs,
            Options = options,
        };

    private static string[] FeatureNames(Table table, string sensitive, IReadOnlyList<string>? features, string? label)
    {
        ArgumentNullException.ThrowIfNull(sensitive);
        if (label == sensitive)
        {
            throw new ArgumentException($"'{label}' cannot be both the label and the sensitive column.", nameof(label));
        }

        string[] names = features is null
            ? [.. table.Columns.Select(column => column.Name).Where(name => name != sensitive && name != label)]
            : [.. features];
        foreach (string name in names)
        {
            if (name == sensitive || name == label || names.Count(other => other == name) > 1)
            {
                throw new ArgumentException($"'{name}' cannot be a feature: it is the sensitive column, the label, or named twice.", nameof(features));
            }
        }

        return names.Length > 0 ? names : throw new ArgumentException("At least one feature is needed.", nameof(features));
    }
}
