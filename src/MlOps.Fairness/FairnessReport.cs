using MlOps.Data;

namespace MlOps.Fairness;

/// <summary>What a two-class decision did to every group, and how far apart the groups are.</summary>
/// <remarks>
/// <para><b>What counts.</b> A row without a label or a prediction is left out and counted (<see cref="LeftOut"/>). A row whose sensitive value is
/// missing belongs to no group: it counts in <paramref name="Overall"/> only (<see cref="WithoutGroup"/>). Fairlearn does the latter too; AIF360 drops such rows.</para>
/// <para><b>What is compared.</b> Differences are max − min, ratios min / max over the groups (Fairlearn's definitions). A group whose rate is
/// undefined, such as a true positive rate without positives, is left out of that comparison and named in its note; where fewer than two
/// groups are left, and where a ratio would be 0 / 0, the value is null with the reason. Equalised odds needs both of its halves. Fairlearn counts an
/// undefined rate as 0, which makes such a group the worst one; AIF360 loses it in a maximum.</para>
/// <para><b>Metrics</b> by name: <c>demographicParity</c>, <c>equalOpportunity</c> (true positive rate), <c>falsePositiveRate</c>, <c>predictiveParity</c>
/// and <c>accuracy</c>, each with <c>Difference</c> and <c>Ratio</c>; <c>equalizedOddsDifference</c> (the larger of the TPR and FPR differences),
/// <c>equalizedOddsRatio</c> (the smaller of the ratios), <c>equalizedOddsMeanDifference</c> (their mean); <c>treatmentEqualityDifference</c> (of FN / FP);
/// against the reference group and with AIF360's signs <c>statisticalParityDifference</c>, <c>disparateImpact</c>, <c>averageOddsDifference</c>,
/// <c>averageAbsoluteOddsDifference</c>; over all rows <c>theilIndex</c> and <c>generalizedEntropyIndex</c> (α = 2), and the part that lies between
/// the groups: <c>betweenGroupTheilIndex</c>, <c>betweenGroupGeneralizedEntropyIndex</c>, <c>betweenGroupTheilShare</c>.</para>
/// <para>Sources: M. Hardt, E. Price, N. Srebro, "Equality of Opportunity in Supervised Learning", NeurIPS 2016; C. Dwork et al., "Fairness Through
/// Awareness", ITCS 2012; T. Speicher et al., "A Unified Approach to Quantifying Algorithmic Unfairness", KDD 2018.</para>
/// Immutable. Equal input gives an equal report, whatever the number of threads.
/// </remarks>
/// <param name="Columns">The sensitive columns.</param>
/// <param name="Groups">The groups, in the order of <see cref="Fairness.Groups"/>; also those nobody belongs to.</param>
/// <param name="Overall">All rows, those without a group too.</param>
/// <param name="Metrics">The comparisons, by name.</param>
public sealed partial record FairnessReport(IReadOnlyList<string> Columns, IReadOnlyList<GroupOutcome> Groups, OutcomeCounts Overall, IReadOnlyList<ParityMetric> Metrics)
{
    /// <summary>Gets the settings.</summary>
    public FairnessOptions Options { get; private init; } = new();

    /// <summary>Gets the rows that were left out, as their label or prediction is missing.</summary>
    public long LeftOut { get; private init; }

    /// <summary>Gets the rows that belong to no group, as a sensitive value is missing; they count in <see cref="Overall"/>.</summary>
    public long WithoutGroup { get; private init; }

    /// <summary>Gets the group the signed metrics compare with: the one that was named, else the one with the most rows; null if no group takes part.</summary>
    public string? Reference { get; private init; }

    /// <summary>Gets the report on each sensitive column alone, by the column's name; empty if there is only one column.</summary>
    /// <remarks>A row whose value is missing in another column counts here. A named reference group lends each column its value.</remarks>
    public IReadOnlyDictionary<string, FairnessReport> ByColumn { get; private init; } = new Dictionary<string, FairnessReport>();

    /// <summary>Gets the four-fifths rule.</summary>
    public FourFifthsRule FourFifths { get; private init; } = new(null, []);

    /// <summary>Gets every other compared group against the reference group, with signs.</summary>
    public IReadOnlyList<ReferenceComparison> AgainstReference { get; private init; } = [];

    /// <summary>Gets what to know before reading the numbers: small, suppressed and empty groups, and rows that are missing somewhere.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>Gets a comparison by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message lists those there are.</exception>
    public ParityMetric this[string name] => Metrics.FirstOrDefault(metric => metric.Name == name)
        ?? throw new KeyNotFoundException($"There is no metric '{name}'. There are: {string.Join(", ", Metrics.Select(metric => metric.Name))}.");

    /// <summary>Measures decisions.</summary>
    /// <param name="labels">What was true, one value a row; true is the positive class.</param>
    /// <param name="predictions">What was decided, likewise.</param>
    /// <param name="groups">Who belongs to which group, as many rows.</param>
    /// <param name="options">The settings; the defaults if null.</param>
    /// <exception cref="ArgumentException">The lengths differ, there is no row, or the reference group does not exist.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public static FairnessReport Of(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions, Groups groups, FairnessOptions? options = null) =>
        Of(labels, predictions, [], groups, options);

    /// <summary>Measures decisions and the scores behind them: adds calibration, AUC and generalised rates of each group.</summary>
    /// <param name="labels">What was true, one value a row; true is the positive class.</param>
    /// <param name="predictions">What was decided, likewise.</param>
    /// <param name="scores">The probability of the positive class, as many rows, in [0, 1]; NaN is missing and leaves the row out of the scores only. Empty: no scores.</param>
    /// <param name="groups">Who belongs to which group, as many rows.</param>
    /// <param name="options">The settings; the defaults if null.</param>
    /// <exception cref="ArgumentException">The lengths differ, there is no row, a score lies outside [0, 1], or the reference group does not exist.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public static FairnessReport Of(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions, ReadOnlySpan<double> scores, Groups groups, FairnessOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(groups);
        options ??= new FairnessOptions();
        options.Check();
        if (labels.Length != predictions.Length || labels.Length != groups.RowCount || labels.Length == 0)
        {
            throw new ArgumentException($"Each row needs a label, a prediction and a group, and there must be rows: {labels.Length} labels, {predictions.Length} predictions, {groups.RowCount} groups.", nameof(labels));
        }

        if (scores.Length > 0 && scores.Length != labels.Length)
        {
            throw new ArgumentException($"Each row needs a score, NaN if it is missing: {labels.Length} rows, {scores.Length} scores.", nameof(scores));
        }

        ScoreTally.Check(scores, nameof(scores));
        Groups[] groupings = Groupings(groups);
        var counts = new OutcomeCounts[groupings.Length][];
        for (int g = 0; g < groupings.Length; g++)
        {
            counts[g] = Tally.Of(labels, predictions, groupings[g]);
        }

        GroupScores[][]? measured = null;
        if (scores.Length > 0)
        {
            byte[] codes = new byte[labels.Length];
            for (int i = 0; i < codes.Length; i++)
            {
                codes[i] = labels[i] ? (byte)1 : (byte)0;
            }

            measured = Scores(codes, scores.ToArray(), groupings, options);
        }

        return Of(groupings, counts, measured, 0, options);
    }

    /// <summary>Measures the decisions in a table.</summary>
    /// <remarks>
    /// Labels and predictions are text, truth values or numbers without decimals, both with the same two classes. A truth value is the class 1 or 0, whatever the
    /// other column holds; so "1", "1.0" and "true" all name the true of such a column and the 1 of a numeric one. Text is compared exactly.
    /// A row whose label or prediction is missing is left out and counted. One pass over the columns, several parts at a time.
    /// </remarks>
    /// <param name="table">The table.</param>
    /// <param name="label">The column of what was true.</param>
    /// <param name="prediction">The column of what was decided.</param>
    /// <param name="sensitive">The sensitive columns; several make a report on every combination, and one on each alone.</param>
    /// <param name="positive">The positive class, the one people want to be in: loan granted.</param>
    /// <param name="score">The column of the positive class's probability, in [0, 1]; null for none. A missing score leaves the row out of the scores only.</param>
    /// <param name="options">The settings; the defaults if null.</param>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="ArgumentException">
    /// There is a third class, or a number with decimals; the message names value and row (the first is 0). The positive class occurs nowhere. A column holds
    /// times. No row has label and prediction. There are more than <see cref="Groups.Most"/> groups. The reference group does not exist.
    /// A score lies outside [0, 1].
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public static FairnessReport Of(
        Table table, string label, string prediction, IReadOnlyList<string> sensitive, string positive = "1", string? score = null, FairnessOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(positive);
        options ??= new FairnessOptions();
        options.Check();
        (DecisionColumn labels, DecisionColumn predictions) = DecisionColumn.Pair(table[label], table[prediction], positive);
        Groups[] groupings = Groupings(Fairness.Groups.Of(table, sensitive));
        (OutcomeCounts[][] counts, long leftOut) = Tally.Of(labels, predictions, groupings);
        if (leftOut == table.RowCount)
        {
            throw new ArgumentException($"No row has both a '{label}' and a '{prediction}'.", nameof(table));
        }

        GroupScores[][]? measured = null;
        if (score is not null)
        {
            if (table[score] is not (Column<double> or Column<long> or Column<bool>))
            {
                throw new ArgumentException($"Score column '{score}' holds no numbers; a score is a probability in [0, 1].", nameof(score));
            }

            double[] scores = table.Numbers(score);
            ScoreTally.Check(scores, nameof(score));
            measured = Scores(DecisionColumn.LabelsOfWholeRows(labels, predictions, scores.Length), scores, groupings, options);
        }

        return Of(groupings, counts, measured, leftOut, options);
    }

    /// <summary>The groups themselves; if they are made of several columns, then each column alone too.</summary>
    private static Groups[] Groupings(Groups groups) => groups.Columns.Count == 1 ? [groups] : [groups, .. groups.Columns.Select(groups.Alone)];

    private static GroupScores[][] Scores(byte[] labels, double[] scores, Groups[] groupings, FairnessOptions options) =>
        [.. groupings.Select(groups => ScoreTally.Of(labels, scores, groups, options.CalibrationBins))];

    private static FairnessReport Of(Groups[] groupings, OutcomeCounts[][] counts, GroupScores[][]? scores, long leftOut, FairnessOptions options)
    {
        int named = options.Reference is null ? -1 : groupings[0].Names.ToList().IndexOf(options.Reference);
        if (options.Reference is not null && named < 0)
        {
            throw new ArgumentException($"There is no group '{options.Reference}' to compare with; there are: {string.Join("; ", groupings[0].Names.Take(20))}.", nameof(options));
        }

        var byColumn = new Dictionary<string, FairnessReport>(StringComparer.Ordinal);
        for (int g = 1; g < groupings.Length; g++)
        {
            FairnessOptions own = options with { Reference = named < 0 ? null : groupings[0].Values[named][g - 1] };
            byColumn.Add(groupings[g].Columns[0], Of(groupings[g], counts[g], scores?[g], leftOut, own));
        }

        return Of(groupings[0], counts[0], scores?[0], leftOut, options) with { ByColumn = byColumn };
    }

    private static FairnessReport Of(Groups groups, OutcomeCounts[] counts, GroupScores[]? scores, long leftOut, FairnessOptions options)
    {
        OutcomeCounts overall = counts.Aggregate((a, b) => a + b);
        OutcomeCounts withoutGroup = counts[^1];
        GroupOutcome[] outcomes = [.. groups.Names.Select((name, g) => new GroupOutcome(name, groups.Values[g], counts[g])
        {
            Share = (double)counts[g].Total / overall.Total,
            Scores = scores?[g],
            IsSmall = counts[g].Total < options.SmallGroup,
            IsSuppressed = counts[g].Total < options.MinimumGroup,
        })];
        GroupCells cells = Cells(outcomes, overall, options.Reference);
        ParityMetric[] metrics = cells.Metrics();
        if (options.BootstrapSamples > 0)
        {
            metrics = Bootstrap.Intervals(cells, withoutGroup, metrics, options);
        }

        return new FairnessReport(groups.Columns, outcomes, overall, metrics)
        {
            Options = options,
            LeftOut = leftOut,
            WithoutGroup = withoutGroup.Total,
            Reference = cells.Reference < 0 ? null : cells.Names[cells.Reference],
            FourFifths = Rule(outcomes),
            AgainstReference = Pairs(cells),
            Warnings = ReportWarnings.Of(outcomes, leftOut, withoutGroup.Total, options),
        };
    }

    private static GroupCells Cells(IReadOnlyList<GroupOutcome> outcomes, OutcomeCounts overall, string? named)
    {
        bool[] compared = [.. outcomes.Select(outcome => !outcome.IsSuppressed)];
        int reference = -1;
        for (int g = 0; g < compared.Length; g++)
        {
            bool better = named is null
                ? compared[g] && outcomes[g].Counts.Total > (reference < 0 ? 0 : outcomes[reference].Counts.Total)
                : compared[g] && outcomes[g].Group == named;
            reference = better ? g : reference;
        }

        return new GroupCells([.. outcomes.Select(outcome => outcome.Group)], [.. outcomes.Select(outcome => outcome.Counts)], compared, overall, reference);
    }

    private static FourFifthsRule Rule(GroupOutcome[] outcomes)
    {
        GroupOutcome[] compared = [.. outcomes.Where(outcome => !outcome.IsSuppressed && outcome.Counts.Total > 0)];
        GroupOutcome? most = compared.MaxBy(outcome => outcome.Counts.SelectionRate.Value);
        return compared.Length < 2 || most!.Counts.SelectionRate.Numerator == 0
            ? new FourFifthsRule(null, [])
            : new FourFifthsRule(most.Group, [.. compared.Select(outcome =>
                new ImpactRatio(outcome.Group, outcome.Counts.SelectionRate, outcome.Counts.SelectionRate.Value!.Value / most.Counts.SelectionRate.Value!.Value))]);
    }

    private static ReferenceComparison[] Pairs(GroupCells cells) => cells.Reference < 0
        ? []
        : [.. Enumerable.Range(0, cells.Names.Length)
            .Where(g => g != cells.Reference && cells.Compared[g])
            .Select(g => ReferenceComparison.Of(cells.Names[g], cells.Counts[g], cells.Names[cells.Reference], cells.Counts[cells.Reference]))];
}
