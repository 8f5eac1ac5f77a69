using MlOps.Charts;
using MlOps.Fairness.Internals;

namespace MlOps.Fairness.Proxies;

public sealed partial record ProxyReport
{
    /// <summary>Bars drawn; more would not be read.</summary>
    private const int ShownFeatures = 24;

    /// <summary>The bar of all features together.</summary>
    private const string Together = "all together";

    /// <summary>Returns the report as JSON.</summary>
    /// <remarks><c>{"sensitive","groups":[{"group","count"}],"rows","missing","modelRows","entropy","label","together":{"auc","level","byGroup":[{"group","auc"}]},
    /// "features":[{"feature","levels","missing","mutualInformation","correctedMutualInformation","normalisedMutualInformation","conditionalMutualInformation",
    /// "cramersV","correctedCramersV","pValue","correlationRatio","auc","byGroup":[…],"level","note"}],"skipped":[{"feature","reason"}]}</c>; what is undefined is null.</remarks>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false) => Json.Write(indented, json =>
    {
        json.WriteString("sensitive", Sensitive);
        json.WriteArray("groups", Groups.Zip(GroupCounts), group =>
        {
            json.WriteString("group", group.First);
            json.WriteNumber("count", group.Second);
        });
        json.WriteNumber("rows", RowCount);
        json.WriteNumber("missing", MissingCount);
        json.WriteNumber("modelRows", ModelRows);
        json.WriteNumber("entropy", Entropy);
        json.WriteString("label", Label);
        json.WriteStartObject("together");
        json.WriteOptional("auc", Auc);
        json.WriteString("level", Word(Level));
        WriteAucs(AucByGroup);
        json.WriteEndObject();
        json.WriteArray("features", Features, feature =>
        {
            json.WriteString("feature", feature.Feature);
            json.WriteNumber("levels", feature.Levels);
            json.WriteNumber("missing", feature.MissingCount);
            json.WriteNumber("mutualInformation", feature.MutualInformation);
            json.WriteNumber("correctedMutualInformation", feature.CorrectedMutualInformation);
            json.WriteNumber("normalisedMutualInformation", feature.NormalisedMutualInformation);
            json.WriteOptional("conditionalMutualInformation", feature.ConditionalMutualInformation);
            json.WriteOptional("cramersV", feature.CramersV);
            json.WriteOptional("correctedCramersV", feature.CorrectedCramersV);
            json.WriteOptional("pValue", feature.PValue);
            json.WriteOptional("correlationRatio", feature.CorrelationRatio);
            json.WriteOptional("auc", feature.Auc);
            WriteAucs(feature.AucByGroup);
            json.WriteString("level", Word(feature.Level));
            json.WriteString("note", feature.Note);
        });
        json.WriteArray("skipped", Skipped, skipped =>
        {
            json.WriteString("feature", skipped.Feature);
            json.WriteString("reason", skipped.Reason);
        });

        void WriteAucs(IReadOnlyList<GroupAuc> aucs) => json.WriteArray("byGroup", aucs, group =>
        {
            json.WriteString("group", group.Group);
            json.WriteOptional("auc", group.Value);
        });
    });

    /// <summary>Returns how a notebook shows the report: a table of the features, the best proxy first.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Grid().ToMimeBundle();

    /// <summary>Returns the report as an aligned text.</summary>
    public override string ToString() => Grid().ToText();

    /// <summary>Draws the AUC of all features together and of every feature, the best proxy on top, from 0.5 (guessing), with the limits. At most 24 features.</summary>
    /// <exception cref="InvalidOperationException">No feature has an AUC: the groups are too small.</exception>
    public Figure Chart()
    {
        ProxyFeature[] drawn = [.. Features.Where(feature => feature.Auc is not null).Take(ShownFeatures)];
        if (drawn.Length == 0)
        {
            throw new InvalidOperationException($"No feature has an AUC: a group of '{Sensitive}' has too few rows for {Options.Folds} folds.");
        }

        string[] labels = [Together, .. drawn.Select(feature => feature.Feature == Together ? Together + " (column)" : feature.Feature)];
        double[] values = [Gain(Auc!.Value), .. drawn.Select(feature => Gain(feature.Auc!.Value))];
        return MlOps.Charts.Chart.HorizontalBar(labels, values, "AUC above guessing", Role.Current)
            .Titled(Headline(), $"{Population()}; AUC of a small model on rows it has not seen, less 0.5")
            .XAxis("AUC − 0.5", "", 0, 0.5)
            .VerticalThreshold(Gain(Options.WeakAuc), "weak", Role.Neutral)
            .VerticalThreshold(Gain(Options.ModerateAuc), "moderate", Role.Neutral)
            .VerticalThreshold(Gain(Options.StrongAuc), "strong: rules of thumb", Role.Alarm);

        static double Gain(double auc) => Math.Max(0, auc - 0.5); // below guessing is chance too: no bar
    }

    private ReportGrid Grid()
    {
        bool conditional = Label is not null;
        string[] header = ["feature", "level", "AUC", "MI nats", "MI corrected", "MI / H(A)", .. conditional ? (string[])[$"MI given {Label}"] : [], "V", "V corrected", "η", "levels"];
        string[][] rows =
        [
            [Together, Word(Level), ReportGrid.Number(Auc), .. Enumerable.Repeat("", header.Length - 3)],
            .. Features.Select(feature => (string[])
            [
                feature.Feature, Word(feature.Level), ReportGrid.Number(feature.Auc), ReportGrid.Number(feature.MutualInformation, 4),
                ReportGrid.Number(feature.CorrectedMutualInformation, 4), ReportGrid.Number(feature.NormalisedMutualInformation),
                .. conditional ? (string[])[ReportGrid.Number(feature.ConditionalMutualInformation, 4)] : [],
                ReportGrid.Number(feature.CramersV), ReportGrid.Number(feature.CorrectedCramersV), ReportGrid.Number(feature.CorrelationRatio), ReportGrid.Count(feature.Levels),
            ]),
        ];
        string[] notes =
        [
            FormattableString.Invariant($"Levels by AUC: weak from {Options.WeakAuc}, moderate from {Options.ModerateAuc}, strong from {Options.StrongAuc} (rules of thumb), if χ² has p < {Options.Alpha}."),
            .. Features.Where(feature => feature.Note is not null).GroupBy(feature => feature.Note).Select(same => $"{string.Join(", ", same.Select(feature => feature.Feature))}: {same.Key}"),
            .. Skipped.Select(skipped => $"{skipped.Feature} skipped: {skipped.Reason}"),
        ];
        return new ReportGrid(Headline(), Population(), header, rows, notes);
    }

    private string Headline()
    {
        ProxyFeature[] proxies = [.. Features.Where(feature => feature.Level >= ProxyLevel.Moderate)];
        string alone = proxies.Length switch
        {
            0 => $"No feature alone gives '{Sensitive}' away",
            1 => $"'{proxies[0].Feature}' gives '{Sensitive}' away",
            _ => $"{proxies.Length} features give '{Sensitive}' away, '{proxies[0].Feature}' most",
        };
        return proxies.Length == 0 && Level >= ProxyLevel.Moderate ? $"{alone}, all together do" : alone;
    }

    private string Population()
    {
        string sizes = string.Join(", ", Groups.Zip(GroupCounts).Take(6).Select(group => $"{group.First} {ReportGrid.Count(group.Second)}")) + (Groups.Count > 6 ? ", …" : "");
        string missing = MissingCount > 0 ? $"; {ReportGrid.Count(MissingCount)} without a group left out" : "";
        string sampled = ModelRows < RowCount ? $"; AUC on a sample of {ReportGrid.Count(ModelRows)}" : "";
        return $"{ReportGrid.Count(RowCount)} rows: {sizes}{missing}{sampled}";
    }

    private static string Word(ProxyLevel level) => level switch
    {
        ProxyLevel.Strong => "strong",
        ProxyLevel.Moderate => "moderate",
        ProxyLevel.Weak => "weak",
        _ => "none",
    };
}
