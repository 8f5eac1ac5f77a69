using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using MlOps.Charts;

namespace MlOps.Drift.Multivariate;

public sealed partial record MultivariateReport
{
    private const int ShownColumns = 25;

    /// <summary>Draws what each column gives away, the most telling on top; at most 25 columns.</summary>
    public Figure Chart()
    {
        ColumnContribution[] shown = [.. Columns.OrderByDescending(column => column.AucLoss).Take(ShownColumns)];
        return MlOps.Charts.Chart.HorizontalBar(shown.Select(c => c.Name).ToArray(), shown.Select(c => c.AucLoss).ToArray(), "loss of AUC", Role.Current)
            .Titled(Headline(), Text($"{Domain.Used.Reference:N0} reference and {Domain.Used.Current:N0} current rows; AUC {Domain.Auc:0.000}, 95 % {Domain.Low:0.000} to {Domain.High:0.000}"))
            .XAxis("loss of AUC when the column is shuffled");
    }

    /// <summary>Returns the report as JSON.</summary>
    /// <remarks><c>{"rows","missing","infinite","drift","domainClassifier":{"auc","low","high","pValue","chance","threshold"},"energy":{"statistic","distance","pValue","chance"},
    /// "mmd":{"unbiased","biased","bandwidth","pValue","chance"},"pca":{"components","explainedShare","referenceError","currentError","low","high","drift"} or null,
    /// "columns":[{"column","aucLoss"}],"skipped":[{"column","reason"}]}</c>.</remarks>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false) => JsonSerializer.Serialize(
        new
        {
            rows = Side(Rows),
            missing = Side(Missing),
            infinite = Side(Infinite),
            drift = Drift,
            domainClassifier = new { auc = Domain.Auc, low = Domain.Low, high = Domain.High, pValue = Domain.PValue, chance = Domain.Chance, threshold = Options.AucThreshold },
            energy = new { statistic = Energy.Statistic, distance = Energy.Distance, pValue = Energy.PValue, chance = Energy.Chance },
            mmd = new { unbiased = Mmd.Unbiased, biased = Mmd.Biased, bandwidth = Mmd.Bandwidth, pValue = Mmd.PValue, chance = Mmd.Chance },
            pca = Pca is null ? null : new
            {
                components = Pca.Components,
                explainedShare = Pca.ExplainedShare,
                referenceError = Pca.ReferenceError,
                currentError = Pca.CurrentError,
                low = Pca.Low,
                high = Pca.High,
                drift = Pca.Drift,
            },
            columns = Columns.Select(c => new { column = c.Name, aucLoss = c.AucLoss }),
            skipped = Skipped.Select(s => new { column = s.Name, reason = s.Reason }),
        },
        indented ? s_indented : JsonSerializerOptions.Default);

    /// <summary>Returns how a notebook shows the report.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle()
    {
        var html = new StringBuilder("<div><div style=\"font-weight:600\">").Append(WebUtility.HtmlEncode(Headline())).Append("</div><table><tbody>");
        foreach ((string name, string value) in Lines())
        {
            html.Append("<tr><th scope=\"row\" style=\"text-align:left\">").Append(WebUtility.HtmlEncode(name)).Append("</th><td style=\"text-align:left\">")
                .Append(WebUtility.HtmlEncode(value)).Append("</td></tr>");
        }

        return new Dictionary<string, string> { ["text/html"] = html.Append("</tbody></table></div>").ToString(), ["text/plain"] = ToString() };
    }

    /// <summary>Returns the report as text.</summary>
    public override string ToString() => string.Join('\n', Lines().Select(line => $"{line.Name,-18} {line.Value}").Prepend(Headline()));

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    private static object Side(RowCounts rows) => new { reference = rows.Reference, current = rows.Current };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Beyond some point a normal approximation has no digits that mean anything.</summary>
    private static string Small(double p) => p < 1e-6 ? "< 0.000001" : Text($"= {p:0.######}");

    private string Headline()
    {
        if (!Drift)
        {
            return Text($"A model cannot tell the tables apart well enough to matter (AUC {Domain.Auc:0.000})");
        }

        string[] telling = [.. Columns.OrderByDescending(column => column.AucLoss).Take(3).Where(column => column.AucLoss > 0.005).Select(column => column.Name)];
        return Text($"A model can tell the tables apart (AUC {Domain.Auc:0.000}){(telling.Length > 0 ? ", most by " + string.Join(", ", telling) : "")}");
    }

    private IEnumerable<(string Name, string Value)> Lines()
    {
        yield return ("domain classifier", Text($"AUC {Domain.Auc:0.0000} (95 %: {Domain.Low:0.0000} to {Domain.High:0.0000}), p {Small(Domain.PValue)}, by chance up to {Domain.Chance:0.0000}"));
        yield return ("energy", Text($"E = {Energy.Statistic:0.00000}, p = {Energy.PValue:0.0000}, by chance up to {Energy.Chance:0.00000}; {Energy.Used.Reference:N0} and {Energy.Used.Current:N0} rows"));
        yield return ("MMD", Text($"MMD² = {Mmd.Unbiased:0.000000}, p = {Mmd.PValue:0.0000}, by chance up to {Mmd.Chance:0.000000}; bandwidth {Mmd.Bandwidth:0.###}"));
        if (Pca is not null)
        {
            yield return ("PCA", Text($"error {Pca.CurrentError:0.0000} after {Pca.ReferenceError:0.0000}, band {Pca.Low:0.0000} to {Pca.High:0.0000}; {Pca.Components} components explain {100 * Pca.ExplainedShare:0} %"));
        }

        if (Missing.Reference + Missing.Current + Infinite.Reference + Infinite.Current > 0)
        {
            yield return ("rows left out", Text($"{Missing.Reference:N0} and {Missing.Current:N0} with a missing value, {Infinite.Reference:N0} and {Infinite.Current:N0} with an infinite one"));
        }

        foreach (SkippedColumn column in Skipped)
        {
            yield return ("skipped", $"{column.Name}: {column.Reason}");
        }
    }
}
