using System.Text.Json;
using MlOps.Fairness.Cards.Rendering;

namespace MlOps.Fairness.Cards;

/// <summary>A model card: what a model is, for whom, how well it works for which group, and where it must not be used.</summary>
/// <remarks>
/// Sections after M. Mitchell et al., "Model Cards for Model Reporting", FAT* 2019. Facts come from the model's file, the run and a
/// <see cref="FairnessReport"/>; the rest only a person can answer. <see cref="CardDocument.Check"/> also wants an interval for every defined metric and the number of rows of every group.
/// </remarks>
/// <param name="Title">Its heading.</param>
/// <param name="Sections">Its parts.</param>
/// <param name="Parameters">The parameters of the training, in ordinal order of the name.</param>
/// <param name="Data">The data sets.</param>
/// <param name="Metrics">Measured values: those of the run first, then of the report for all rows, by group, and by the groups of each sensitive column alone (<c>gender = f</c>) if there are several.</param>
/// <param name="Comparisons">How far apart the groups are.</param>
public sealed record ModelCard(
    string Title,
    IReadOnlyList<CardSection> Sections,
    IReadOnlyList<KeyValuePair<string, string>> Parameters,
    IReadOnlyList<CardData> Data,
    IReadOnlyList<CardMetric> Metrics,
    IReadOnlyList<ParityMetric> Comparisons) : CardDocument(ModelCardQuestions.Template.Kind, Title, Sections)
{
    private static readonly string[] s_rates = ["selectionRate", "truePositiveRate", "falsePositiveRate", "positivePredictiveValue", "accuracy"];

    /// <summary>Makes a card of facts and answers.</summary>
    /// <param name="facts">What programs know.</param>
    /// <param name="answers">What a person wrote; null for nothing yet.</param>
    /// <exception cref="CardFormatException">The answers are for another document or answer what is not asked.</exception>
    public static ModelCard Create(ModelCardFacts facts, CardAnswers? answers = null)
    {
        ArgumentNullException.ThrowIfNull(facts);
        IEnumerable<CardMetric> measured = facts.Report is { } report
            ? [.. Rates(null, report.Overall), .. report.Groups.SelectMany(group => Rates(group.Group, group.Counts)), .. report.ByColumn.SelectMany(alone => alone.Value.Groups.SelectMany(group => Rates($"{alone.Key} = {group.Group}", group.Counts)))]
            : [];
        return new ModelCard(
            $"Model card: {facts.Name ?? Answer(answers, "name") ?? "unnamed model"}",
            ModelCardQuestions.Template.Fill(Fields(facts), answers ?? CardAnswers.None),
            [.. facts.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal)],
            facts.Data,
            [.. facts.Metrics, .. measured],
            facts.Report?.Metrics ?? []);
    }

    /// <summary>Reads what <see cref="CardDocument.ToJson"/> wrote.</summary>
    /// <exception cref="CardFormatException">The text is no model card.</exception>
    public static ModelCard FromJson(string json) => CardJson.Read(json, root => new ModelCard(
        CardJson.Text(root, "title") ?? "Model card",
        ModelCardQuestions.Template.Read(root),
        [.. CardJson.List(root, "parameters").Select(pair => KeyValuePair.Create(CardJson.Text(pair, "name") ?? "", CardJson.Text(pair, "value") ?? ""))],
        [.. CardJson.List(root, "data").Select(CardDataJson.Read)],
        [.. CardJson.List(root, "metrics").Select(metric => new CardMetric(
            CardJson.Text(metric, "metric") ?? throw new CardFormatException("A metric has no name."),
            CardJson.Text(metric, "group"),
            CardJson.Number(metric, "value"),
            CardJson.Number(metric, "lower"),
            CardJson.Number(metric, "upper"),
            CardJson.Count(metric, "count"),
            CardJson.Text(metric, "note")))],
        [.. CardJson.List(root, "comparisons").Select(metric => new ParityMetric(
            CardJson.Text(metric, "name") ?? throw new CardFormatException("A comparison has no name."),
            CardJson.Number(metric, "value"),
            CardJson.Number(metric, "ideal") ?? throw new CardFormatException("A comparison has no ideal."),
            CardJson.Text(metric, "note"))
        {
            Interval = CardJson.Number(metric, "lower") is { } low && CardJson.Number(metric, "upper") is { } high ? new ConfidenceInterval(low, high) : null,
        })]));

    /// <summary>Returns an answer file with every question as a comment and no answer.</summary>
    public static string Questions() => ModelCardQuestions.Template.ToYaml();

    /// <inheritdoc/>
    private protected override IEnumerable<CardGap> FurtherGaps()
    {
        if (Metrics.Count == 0)
        {
            yield return new CardGap(ModelCardQuestions.Analyses, "no metric");
        }
        else if (!Metrics.Any(metric => metric.Group is not null))
        {
            yield return new CardGap(ModelCardQuestions.Analyses, "no metric by group");
        }

        foreach (CardMetric metric in Metrics)
        {
            string where = metric.Group is null ? metric.Metric : $"{metric.Metric} of {metric.Group}";
            if (metric.Value is not null && (metric.Lower is null || metric.Upper is null))
            {
                yield return new CardGap(where, "no interval");
            }

            if (metric.Group is not null && metric.Count is null)
            {
                yield return new CardGap(where, "the number of rows is unknown");
            }
        }
    }

    /// <inheritdoc/>
    private protected override void WriteFurther(Utf8JsonWriter json)
    {
        json.WriteStartArray("parameters");
        foreach ((string name, string value) in Parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("data");
        foreach (CardData data in Data)
        {
            CardDataJson.Write(json, data);
        }

        json.WriteEndArray();
        json.WriteStartArray("metrics");
        foreach (CardMetric metric in Metrics)
        {
            json.WriteStartObject();
            json.WriteString("metric", metric.Metric);
            json.WriteString("group", metric.Group);
            json.WriteNumberOrNull("value", metric.Value);
            json.WriteNumberOrNull("lower", metric.Lower);
            json.WriteNumberOrNull("upper", metric.Upper);
            CardJson.Count(json, "count", metric.Count);
            json.WriteString("note", metric.Note);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("comparisons");
        foreach (ParityMetric metric in Comparisons)
        {
            json.WriteStartObject();
            json.WriteString("name", metric.Name);
            json.WriteNumberOrNull("value", metric.Value);
            json.WriteNumber("ideal", metric.Ideal);
            json.WriteNumberOrNull("lower", metric.Interval?.Low);
            json.WriteNumberOrNull("upper", metric.Interval?.High);
            json.WriteString("note", metric.Note);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <inheritdoc/>
    private protected override IEnumerable<CardBlock> FurtherBlocks(string section) => section switch
    {
        ModelCardQuestions.Details when Parameters.Count > 0 => [new ParagraphBlock("Parameters of the training", TextRole.Question), new TableBlock(["parameter", "value"], [.. Parameters.Select(pair => new[] { pair.Key, pair.Value })])],
        ModelCardQuestions.EvaluationData => CardDataJson.Blocks(Data.Where(data => data.Role == "evaluation")),
        ModelCardQuestions.TrainingData => CardDataJson.Blocks(Data.Where(data => data.Role == "training")),
        ModelCardQuestions.Analyses => Analyses(),
        _ => [],
    };

    private IEnumerable<CardBlock> Analyses()
    {
        yield return Metrics.Count == 0
            ? new ParagraphBlock("No metric was measured.", TextRole.Open)
            : new TableBlock(
                ["metric", "group", "value", "95 % interval", "rows", "note"],
                [.. Metrics.Select(metric => new[] { metric.Metric, metric.Group ?? "all rows", PlainText.Number(metric.Value), PlainText.Interval(metric.Lower, metric.Upper), PlainText.Count(metric.Count), metric.Note ?? "" })]);
        if (Comparisons.Count > 0)
        {
            yield return new ParagraphBlock("Between the groups", TextRole.Question);
            yield return new TableBlock(
                ["comparison", "value", "interval", "equal treatment", "note"],
                [.. Comparisons.Select(metric => new[] { metric.Name, PlainText.Number(metric.Value), PlainText.Interval(metric.Interval?.Low, metric.Interval?.High), PlainText.Number(metric.Ideal), metric.Note ?? "" })]);
        }
    }

    private static IEnumerable<CardMetric> Rates(string? group, OutcomeCounts counts) =>
        s_rates.Select(name => OutcomeRates.All.First(rate => rate.Name == name)).Select(rate => CardMetric.Of(rate.Name, group, rate.Of(counts), rate.Lacking));

    private static string? Answer(CardAnswers? answers, string id) =>
        answers is not null && answers.Entries.TryGetValue($"{ModelCardQuestions.Details}.{id}", out CardAnswer? answer) && answer.Lines.Count > 0 ? answer.Lines[0] : null;

    private static Dictionary<string, IReadOnlyList<string>> Fields(ModelCardFacts facts)
    {
        var fields = new Dictionary<string, IReadOnlyList<string>>();
        Add("name", facts.Name);
        Add("version", facts.Version);
        Add("type", facts.Type);
        Add("date", facts.Date);
        Add("file", facts.ModelHash);
        Add("training-run", facts.Run);
        Add("inputs", facts.Inputs.Count == 0 ? null : string.Join(", ", facts.Inputs));
        Add("outputs", facts.Outputs.Count == 0 ? null : string.Join(", ", facts.Outputs));
        if (facts.Report is { Warnings.Count: > 0 } report)
        {
            fields[ModelCardQuestions.Warnings] = report.Warnings;
        }

        foreach (IGrouping<string, CardData> role in facts.Data.GroupBy(data => data.Role))
        {
            fields[$"{role.Key}-data.datasets"] = [.. role.Select(data => data.Name)];
            if (role.Any(data => data.Sensitive.Count > 0))
            {
                fields[$"{role.Key}-data.sensitive"] = [string.Join(", ", role.SelectMany(data => data.Sensitive).Distinct())];
            }
        }

        return fields;

        void Add(string id, string? fact)
        {
            if (!string.IsNullOrWhiteSpace(fact))
            {
                fields[$"{ModelCardQuestions.Details}.{id}"] = [fact];
            }
        }
    }
}
