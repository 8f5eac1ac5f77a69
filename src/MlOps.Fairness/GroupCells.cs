namespace MlOps.Fairness;

/// <summary>The counts of all groups, and the comparisons made of them.</summary>
/// <param name="Names">One name a group.</param>
/// <param name="Counts">Four counts a group.</param>
/// <param name="Compared">Whether the group takes part.</param>
/// <param name="Overall">All rows, those without a group too.</param>
/// <param name="Reference">The reference group; −1 if none has rows.</param>
internal sealed record GroupCells(string[] Names, OutcomeCounts[] Counts, bool[] Compared, OutcomeCounts Overall, int Reference)
{
    /// <summary>The smallest and the largest value over the groups where it is defined.</summary>
    private readonly record struct Spread(int Defined, double Min, double Max, string? LeftOut);

    /// <summary>All comparisons of a report, in the order of the JSON: first the five that its contract names.</summary>
    internal ParityMetric[] Metrics()
    {
        Spread selection = Over(OutcomeRates.Selection);
        Spread opportunity = Over(OutcomeRates.TruePositive);
        Spread falsePositives = Over(OutcomeRates.FalsePositive);
        Spread predictive = Over(OutcomeRates.PositivePredictive);
        Spread accuracy = Over(OutcomeRates.Accuracy);
        ParityMetric opportunityDifference = Difference("equalOpportunityDifference", opportunity);
        ParityMetric opportunityRatio = Ratio("equalOpportunityRatio", opportunity);
        ParityMetric falsePositiveDifference = Difference("falsePositiveRateDifference", falsePositives);
        ParityMetric falsePositiveRatio = Ratio("falsePositiveRateRatio", falsePositives);
        return
        [
            Difference("demographicParityDifference", selection),
            Ratio("demographicParityRatio", selection),
            opportunityDifference,
            Joined("equalizedOddsDifference", opportunityDifference, falsePositiveDifference, Math.Max),
            Difference("predictiveParityDifference", predictive),
            opportunityRatio,
            falsePositiveDifference,
            falsePositiveRatio,
            Joined("equalizedOddsRatio", opportunityRatio, falsePositiveRatio, Math.Min),
            Joined("equalizedOddsMeanDifference", opportunityDifference, falsePositiveDifference, (a, b) => (a + b) / 2),
            Ratio("predictiveParityRatio", predictive),
            Difference("accuracyDifference", accuracy),
            Ratio("accuracyRatio", accuracy),
            Difference("treatmentEqualityDifference", Over(counts => counts.TreatmentRatio, "no false positives")),
            .. Signed(),
            .. Entropies(),
        ];
    }

    /// <summary>A rate's largest gap.</summary>
    internal ParityMetric Difference(string name, Func<OutcomeCounts, double?> value, string lacking, Across across)
    {
        Spread spread = Over(value, lacking);
        return across == Across.Groups ? Difference(name, spread) : ToOverall(name, 0, spread, value, lacking, (low, high, all) => Math.Max(high - all, all - low));
    }

    /// <summary>A rate's smallest quotient.</summary>
    internal ParityMetric Ratio(string name, Func<OutcomeCounts, double?> value, string lacking, Across across)
    {
        Spread spread = Over(value, lacking);
        return across == Across.Groups
            ? Ratio(name, spread)
            : ToOverall(name, 1, spread, value, lacking, (low, high, all) => all == 0 ? null : Math.Min(Math.Min(low / all, 1), high > all ? all / high : 1));
    }

    /// <summary>The other compared groups together, against the reference.</summary>
    private ParityMetric[] Signed()
    {
        string[] names = ["statisticalParityDifference", "disparateImpact", "averageOddsDifference", "averageAbsoluteOddsDifference"];
        OutcomeCounts[] others = [.. Counts.Where((_, g) => Compared[g] && g != Reference)];
        if (Reference < 0 || others.Length == 0)
        {
            return [.. names.Select(name => new ParityMetric(name, null, name == "disparateImpact" ? 1 : 0, "undefined: a reference group and another group must take part"))];
        }

        string reference = Names[Reference];
        string rest = others.Length == 1 ? Names.Where((_, g) => Compared[g] && g != Reference).Single() : $"all but {reference}";
        var comparison = ReferenceComparison.Of(rest, others.Aggregate((a, b) => a + b), reference, Counts[Reference]);
        return [.. names.Select(name => comparison[name] is var metric && metric.Value is not null
            ? metric with { Note = $"{rest} against {reference}" }
            : metric)];
    }

    private ParityMetric[] Entropies()
    {
        OutcomeCounts[] compared = [.. Counts.Where((_, g) => Compared[g])];
        (double Value, long Count)[] means = [.. compared.Select(counts => (counts.MeanBenefit ?? 0, counts.Total))];
        double? within = compared.Length == 0 ? null : compared.Aggregate((a, b) => a + b).TheilIndex;
        double? between = Entropy.Of(1, means);
        return
        [
            Entropic("theilIndex", Overall.TheilIndex),
            Entropic("generalizedEntropyIndex", Overall.GeneralizedEntropyIndex()),
            Entropic("betweenGroupTheilIndex", between),
            Entropic("betweenGroupGeneralizedEntropyIndex", Entropy.Of(2, means)),
            within == 0
                ? new ParityMetric("betweenGroupTheilShare", null, 0, "undefined: there is no inequality to share out")
                : Entropic("betweenGroupTheilShare", between / within),
        ];

        static ParityMetric Entropic(string name, double? value) =>
            new(name, value, 0, value is null ? "undefined: no rows, or every row is a false negative" : null);
    }

    private Spread Over(OutcomeRate rate) => Over(counts => rate.Of(counts).Value, rate.Lacking);

    private Spread Over(Func<OutcomeCounts, double?> value, string lacking)
    {
        int defined = 0;
        (double min, double max) = (double.PositiveInfinity, double.NegativeInfinity);
        string? leftOut = null;
        for (int g = 0; g < Counts.Length; g++)
        {
            if (!Compared[g])
            {
                continue;
            }

            if (value(Counts[g]) is not { } known)
            {
                leftOut = $"{(leftOut is null ? "" : leftOut + ", ")}{Names[g]} ({(Counts[g].Total == 0 ? "no rows" : lacking)})";
                continue;
            }

            defined++;
            min = Math.Min(min, known);
            max = Math.Max(max, known);
        }

        return new Spread(defined, min, max, leftOut);
    }

    private static ParityMetric Difference(string name, Spread spread) => spread.Defined < 2
        ? new ParityMetric(name, null, 0, TooFew(spread))
        : new ParityMetric(name, spread.Max - spread.Min, 0, Without(spread));

    private static ParityMetric Ratio(string name, Spread spread) => spread switch
    {
        { Defined: < 2 } => new ParityMetric(name, null, 1, TooFew(spread)),
        { Max: 0 } => new ParityMetric(name, null, 1, "undefined: the rate is 0 in every group"),
        _ => new ParityMetric(name, spread.Min / spread.Max, 1, Without(spread)),
    };

    private ParityMetric ToOverall(
        string name, double ideal, Spread spread, Func<OutcomeCounts, double?> value, string lacking, Func<double, double, double, double?> gap) =>
        (spread.Defined, value(Overall)) switch
        {
            (0, _) or (_, null) => new ParityMetric(name, null, ideal, $"undefined: {spread.LeftOut ?? lacking}"),
            (_, { } all) => gap(spread.Min, spread.Max, all) is { } found
                ? new ParityMetric(name, found, ideal, Without(spread))
                : new ParityMetric(name, null, ideal, "undefined: the rate over all rows is 0"),
        };

    /// <summary>Both halves or none: the half that is left says nothing about the other.</summary>
    private static ParityMetric Joined(string name, ParityMetric truePositives, ParityMetric falsePositives, Func<double, double, double> join)
    {
        string[] notes =
        [
            .. truePositives.Note is { } first ? [$"true positive rate: {first}"] : Array.Empty<string>(),
            .. falsePositives.Note is { } second ? [$"false positive rate: {second}"] : Array.Empty<string>(),
        ];
        return new ParityMetric(
            name,
            truePositives.Value is { } t && falsePositives.Value is { } f ? join(t, f) : null,
            truePositives.Ideal,
            notes.Length == 0 ? null : string.Join("; ", notes));
    }

    private static string TooFew(Spread spread) => spread.LeftOut is null
        ? "undefined: a comparison needs two groups"
        : $"undefined: a comparison needs two groups where it is defined; it is not for {spread.LeftOut}";

    private static string? Without(Spread spread) => spread.LeftOut is null ? null : $"without {spread.LeftOut}";
}
