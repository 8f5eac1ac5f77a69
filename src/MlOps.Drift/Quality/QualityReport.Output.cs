using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MlOps.Charts;

namespace MlOps.Drift.Quality;

public sealed partial record QualityReport
{
    /// <summary>Bars drawn; more would not be read.</summary>
    private const int ShownBars = 25;

    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns the report as JSON.</summary>
    /// <remarks>
    /// <c>{"name","rows","passed","worst","results":[{"kind","column","columns","severity","outcome","passed","expected","observed","message","evaluated","failingRows","firstFailingRows"}],
    /// "columns":[{"column","type","rows","missing","infinite","personalData","failed","judged"}]}</c>. <c>outcome</c> is passed, failed or not-evaluated; <c>worst</c> is error,
    /// warning or null; rows are counted from 0.
    /// </remarks>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_json with { Indented = indented }))
        {
            json.WriteStartObject();
            json.WriteString("name", Expectations.Name);
            json.WriteNumber("rows", Rows);
            json.WriteBoolean("passed", Passed);
            json.WriteString("worst", Worst is { } worst ? QualityWords.Of(worst) : null);
            json.WriteStartArray("results");
            foreach (ExpectationResult result in Results)
            {
                QualityWords.Write(json, result);
            }

            json.WriteEndArray();
            json.WriteStartArray("columns");
            foreach (ColumnQuality column in Columns)
            {
                QualityWords.Write(json, column);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Returns how a notebook shows the report: the rules that failed, then the columns in which something is to be seen.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["text/html"] = QualityPage.Fragment(this),
        ["text/plain"] = ToString(),
    };

    /// <summary>Returns the report as a page of its own that needs nothing else: the chart, every rule, every column.</summary>
    public string ToHtml() => QualityPage.Page(this);

    /// <summary>Returns the report as an aligned text.</summary>
    public override string ToString() => QualityText.Write(this);

    /// <summary>Draws the share of rows that fail, rule by rule, the largest on top. At most 25 rules; those that every row meets only where all are so.</summary>
    /// <exception cref="InvalidOperationException">No rule about rows was judged.</exception>
    public Figure Chart()
    {
        ExpectationResult[] judged =
        [
            .. Results.Where(result => result.Expectation is RowExpectation && result.Evaluated > 0 && result.Outcome != ExpectationOutcome.NotEvaluated)
                .OrderByDescending(result => (double)result.FailingRows / result.Evaluated),
        ];
        if (judged.Length == 0)
        {
            throw new InvalidOperationException("No rule about rows was judged: there are no shares to draw.");
        }

        ExpectationResult[] failing = [.. judged.Where(result => result.FailingRows > 0)];
        ExpectationResult[] shown = [.. (failing.Length > 0 ? failing : judged).Take(ShownBars)];
        double[] percent = [.. shown.Select(result => 100.0 * result.FailingRows / result.Evaluated)];
        string rest = failing.Length > shown.Length ? $"; the {shown.Length} worst of {failing.Length} rules" : "";
        string tolerated = shown.Any(result => result.Passed && result.FailingRows > 0) ? "; without a mark: tolerated" : "";
        return MlOps.Charts.Chart.HorizontalBar(Labels(shown), percent, "failing", Worst is null ? Role.Current : Role.Alarm)
            .Titled(Headline(), Wording.Count(Rows, "row") + rest + (Worst is null ? "" : "; ■ error, ▲ warning") + tolerated)
            .XAxis("share of judged rows that fail", "%", min: 0, max: percent[0] == 0 ? 1 : null);
    }

    /// <summary>The finding in one sentence.</summary>
    internal string Headline()
    {
        int errors = Failed.Count(result => result.Severity == QualitySeverity.Error);
        int warnings = Failed.Count - errors;
        int skipped = Results.Count(result => result.Outcome == ExpectationOutcome.NotEvaluated);
        string judged = Wording.Count(Results.Count - skipped, "expectation");
        string verdict = Failed.Count == 0
            ? Results.Count == skipped ? "No expectation could be evaluated" : $"All {judged} met"
            : $"{Failed.Count} of {judged} failed: {string.Join(" and ", new[] { errors > 0 ? Wording.Count(errors, "error") : null, warnings > 0 ? Wording.Count(warnings, "warning") : null }.OfType<string>())}";
        return skipped > 0 && Results.Count > skipped ? $"{verdict}; {skipped} not evaluated" : verdict;
    }

    /// <summary>One label a rule, no two the same.</summary>
    private static string[] Labels(ExpectationResult[] results)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        return [.. results.Select(result =>
        {
            string columns = string.Join(" + ", result.Expectation.Columns);
            string mark = result.Outcome == ExpectationOutcome.Failed ? " " + QualityWords.Mark(result)[0] : "";
            string label = $"{(columns.Length == 0 ? "table" : columns)} {result.Expectation.Kind}{mark}";
            string free = label;
            for (int i = 2; !used.Add(free); i++)
            {
                free = $"{label} ({i})";
            }

            return free;
        })];
    }
}
