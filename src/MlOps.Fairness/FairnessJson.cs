using System.Text.Json;

namespace MlOps.Fairness;

/// <summary>The report's JSON, a contract with scripts: names and order stay.</summary>
internal static class FairnessJson
{
    internal static void Write(Utf8JsonWriter json, FairnessReport report)
    {
        json.WriteStartObject();
        Content(json, report);
        json.WriteNumber("rows", report.Overall.Total);
        json.WriteNumber("leftOut", report.LeftOut);
        json.WriteNumber("withoutGroup", report.WithoutGroup);
        if (report.ByColumn.Count > 0)
        {
            json.WriteStartArray("columns");
            foreach ((string column, FairnessReport alone) in report.ByColumn)
            {
                json.WriteStartObject();
                json.WriteString("column", column);
                Content(json, alone);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("warnings");
        foreach (string warning in report.Warnings)
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Content(Utf8JsonWriter json, FairnessReport report)
    {
        json.WriteStartArray("groups");
        foreach (GroupOutcome outcome in report.Groups)
        {
            Write(json, report, outcome);
        }

        json.WriteEndArray();
        json.WriteStartObject("metrics");
        foreach (ParityMetric metric in report.Metrics)
        {
            json.WriteNumberOrNull(metric.Name, metric.Value);
        }

        json.WriteEndObject();
        if (report.Options.BootstrapSamples > 0)
        {
            json.WriteStartObject("intervals");
            foreach (ParityMetric metric in report.Metrics)
            {
                Interval(json, metric.Name, metric.Interval);
            }

            json.WriteEndObject();
        }

        json.WriteStartObject("notes");
        foreach (ParityMetric metric in report.Metrics.Where(metric => metric.Note is not null))
        {
            json.WriteString(metric.Name, metric.Note);
        }

        json.WriteEndObject();
        json.WriteString("reference", report.Reference);
        json.WriteStartObject("fourFifths");
        json.WriteString("mostSelected", report.FourFifths.MostSelected);
        json.WriteStartArray("below");
        foreach (ImpactRatio ratio in report.FourFifths.Below)
        {
            json.WriteStringValue(ratio.Group);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FairnessReport report, GroupOutcome outcome)
    {
        OutcomeCounts counts = outcome.Counts;
        json.WriteStartObject();
        json.WriteString("group", outcome.Group);
        json.WriteNumber("count", counts.Total);
        foreach (OutcomeRate rate in OutcomeRates.All)
        {
            json.WriteNumberOrNull(rate.Name, rate.Of(counts).Value);
        }

        if (report.Columns.Count > 1)
        {
            json.WriteStartObject("values");
            for (int c = 0; c < report.Columns.Count; c++)
            {
                json.WriteString(report.Columns[c], outcome.Values[c]);
            }

            json.WriteEndObject();
        }

        json.WriteNumberOrNull("share", outcome.Share);
        json.WriteNumberOrNull("treatmentRatio", counts.TreatmentRatio);
        json.WriteNumberOrNull("theilIndex", counts.TheilIndex);
        json.WriteStartObject("counts");
        json.WriteNumber("truePositives", counts.TruePositives);
        json.WriteNumber("falsePositives", counts.FalsePositives);
        json.WriteNumber("trueNegatives", counts.TrueNegatives);
        json.WriteNumber("falseNegatives", counts.FalseNegatives);
        json.WriteEndObject();
        json.WriteStartObject("intervals");
        foreach (OutcomeRate rate in OutcomeRates.All)
        {
            Interval(json, rate.Name, rate.Of(counts).Wilson(report.Options.Confidence));
        }

        json.WriteEndObject();
        json.WriteStartObject("undefined");
        foreach ((string name, string reason) in outcome.Undefined)
        {
            json.WriteString(name, reason);
        }

        json.WriteEndObject();
        if (outcome.Scores is { } scores)
        {
            Write(json, scores);
        }

        json.WriteBoolean("small", outcome.IsSmall);
        json.WriteBoolean("suppressed", outcome.IsSuppressed);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, GroupScores scores)
    {
        json.WriteStartObject("scores");
        json.WriteNumber("count", scores.Count);
        json.WriteNumberOrNull("meanScore", scores.MeanScore);
        json.WriteNumberOrNull("generalizedTruePositiveRate", scores.GeneralizedTruePositiveRate);
        json.WriteNumberOrNull("generalizedFalsePositiveRate", scores.GeneralizedFalsePositiveRate);
        json.WriteNumberOrNull("auc", scores.Auc);
        json.WriteNumberOrNull("brierScore", scores.BrierScore);
        json.WriteNumberOrNull("expectedCalibrationError", scores.ExpectedCalibrationError);
        json.WriteStartArray("bins");
        foreach (ScoreBin bin in scores.Bins)
        {
            json.WriteStartObject();
            json.WriteNumber("lower", bin.Lower);
            json.WriteNumber("upper", bin.Upper);
            json.WriteNumber("count", bin.Observed.Denominator);
            json.WriteNumber("meanScore", bin.MeanScore);
            json.WriteNumberOrNull("observed", bin.Observed.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Interval(Utf8JsonWriter json, string name, ConfidenceInterval? interval)
    {
        if (interval is not { } known)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        json.WriteNumberValue(known.Low);
        json.WriteNumberValue(known.High);
        json.WriteEndArray();
    }
}
