using MlOps.Charts;
using MlOps.Fairness.Internals;

namespace MlOps.Fairness;

public sealed partial record MultiClassFairness
{
    /// <summary>Returns the report as JSON.</summary>
    /// <remarks><c>{"classes":[…],"groups":[{"group","count","accuracy","macroAccuracy","classes":[{"class","selectionRate","truePositiveRate","falsePositiveRate",
    /// "positivePredictiveValue"}],"confusion":[[…]]}],"metrics":{…},"favourable":{"class","metrics":{…}}}</c>; what is undefined is null, and so is
    /// <c>favourable</c> if no class was named so.</remarks>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false) => Json.Write(indented, json =>
    {
        json.WriteStartArray("classes");
        foreach (string name in Classes)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteArray("groups", Enumerable.Range(0, Confusion.Count), g =>
        {
            json.WriteString("group", Confusion[g].Group);
            json.WriteNumber("count", Confusion[g].Total);
            json.WriteOptional("accuracy", Confusion[g].Accuracy.Value);
            json.WriteOptional("macroAccuracy", Confusion[g].MacroAccuracy);
            json.WriteArray("classes", ByClass, one =>
            {
                OutcomeCounts counts = one.Report.Groups[g].Counts;
                json.WriteString("class", one.Class);
                json.WriteOptional("selectionRate", counts.SelectionRate.Value);
                json.WriteOptional("truePositiveRate", counts.TruePositiveRate.Value);
                json.WriteOptional("falsePositiveRate", counts.FalsePositiveRate.Value);
                json.WriteOptional("positivePredictiveValue", counts.PositivePredictiveValue.Value);
            });
            json.WriteStartArray("confusion");
            foreach (long[] row in Confusion[g].Counts.Chunk(Classes.Count))
            {
                json.WriteStartArray();
                Array.ForEach(row, json.WriteNumberValue);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        });
        json.WriteMetrics(Metrics);
        if (Favourable is null)
        {
            json.WriteNull("favourable");
            return;
        }

        json.WriteStartObject("favourable");
        json.WriteString("class", Favourable.Class);
        json.WriteMetrics(Favourable.Report.Metrics);
        json.WriteEndObject();
    });

    /// <summary>Returns how a notebook shows the report: a table of groups by classes and the comparisons below it.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Grid().ToMimeBundle();

    /// <summary>Returns the report as an aligned text.</summary>
    public override string ToString() => Grid().ToText();

    /// <summary>Draws how often each class is predicted in each group somebody belongs to.</summary>
    /// <exception cref="InvalidOperationException">Nobody belongs to a group.</exception>
    public Figure Chart()
    {
        int[] drawn = [.. Enumerable.Range(0, Confusion.Count).Where(g => Confusion[g].Total > 0)];
        if (drawn.Length == 0)
        {
            throw new InvalidOperationException("Nobody belongs to a group: there is nothing to draw.");
        }

        (string Name, Values Values)[] series = [.. drawn.Select(g =>
            (Confusion[g].Group, (Values)ByClass.Select(one => one.Report.Groups[g].Counts.SelectionRate.Value).ToArray()))];
        return MlOps.Charts.Chart.GroupedBars(Classes.ToArray(), series)
            .Titled(Headline(), $"{ReportGrid.Count(Overall.Total)} rows")
            .XAxis("predicted class")
            .YAxis("share of the group", "", 0, 1);
    }

    private ReportGrid Grid()
    {
        string[] header = ["group", "count", "accuracy", "macro accuracy", .. Classes.SelectMany(name => new[] { $"{name}: predicted", $"{name}: found" })];
        string[][] rows = [.. Confusion.Select((group, g) => Row(group, ByClass.Select(one => one.Report.Groups[g].Counts))), Row(Overall, ByClass.Select(one => one.Report.Overall))];
        string[] notes =
        [
            "predicted: share of the group given the class; found: share of the class's members in the group given it (TPR).",
            .. Metrics.Select(ReportGrid.Line),
            .. Favourable is null ? [] : s_byClass.Select(name => $"favourable ({Favourable.Class}) {ReportGrid.Line(Favourable.Report[name])}"),
        ];
        return new ReportGrid(Headline(), $"by {string.Join(" × ", Columns)}", header, rows, notes);
    }

    private static string[] Row(ClassConfusion group, IEnumerable<OutcomeCounts> classes) =>
    [
        group.Group, ReportGrid.Count(group.Total), ReportGrid.Number(group.Accuracy.Value), ReportGrid.Number(group.MacroAccuracy),
        .. classes.SelectMany(counts => new[] { ReportGrid.Number(counts.SelectionRate.Value), ReportGrid.Number(counts.TruePositiveRate.Value) }),
    ];

    private string Headline()
    {
        ParityMetric parity = this["demographicParityDifference"];
        return parity.Value is { } value
            ? $"Groups are {ReportGrid.Number(value)} apart in how often they are given a class ({parity.Note})"
            : "Fewer than two groups have rows: nothing to compare";
    }
}
