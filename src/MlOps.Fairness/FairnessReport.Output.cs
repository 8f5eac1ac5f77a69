using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MlOps.Fairness;

public sealed partial record FairnessReport
{
    /// <summary>Returns the report as JSON.</summary>
    /// <remarks>
    /// <c>{"groups":[{"group","count","selectionRate","truePositiveRate","falsePositiveRate","positivePredictiveValue","accuracy", … the other rates,
    /// "values","share","treatmentRatio","theilIndex","counts","intervals","undefined","scores","small","suppressed"}],"metrics":{"demographicParityDifference",
    /// "demographicParityRatio","equalOpportunityDifference","equalizedOddsDifference","predictiveParityDifference", …},"intervals","notes","reference",
    /// "fourFifths","rows","leftOut","withoutGroup","columns":[{"column","groups","metrics", …}],"warnings"}</c>.
    /// An undefined value is null; <c>undefined</c> of the group and <c>notes</c> of the metric say why. <c>values</c> and <c>columns</c> are there if there are
    /// several sensitive columns, <c>scores</c> if there are scores, <c>intervals</c> of the metrics if there was a bootstrap. Numbers read back to the same double.
    /// </remarks>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented }))
        {
            FairnessJson.Write(json, this);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Returns how a notebook shows the report: its groups, its main metrics and what to know about them.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["text/html"] = FairnessText.Html(this),
        ["text/plain"] = ToString(),
    };

    /// <summary>Returns the report as one page that needs nothing else: no script, no other file, no network; light and dark.</summary>
    public string ToHtml() => FairnessPage.Write(this);

    /// <summary>Returns the groups, the main metrics and what to know about them as aligned text.</summary>
    public override string ToString() => FairnessText.Write(this);

    /// <summary>The finding in one sentence.</summary>
    internal string Headline()
    {
        if (FourFifths.MostSelected is not { } most)
        {
            return this["demographicParityRatio"].Note is { } note ? $"Selection cannot be compared ({note})" : "Selection cannot be compared";
        }

        ImpactRatio least = FourFifths.Ratios.MinBy(ratio => ratio.Value)!;
        return least.Value == 1
            ? "All groups are selected equally often"
            : string.Create(CultureInfo.InvariantCulture, $"{least.Group} is selected {least.Value:0.00} times as often as {most}{(least.Value < FourFifthsRule.Limit ? ", below four fifths" : "")}");
    }
}
