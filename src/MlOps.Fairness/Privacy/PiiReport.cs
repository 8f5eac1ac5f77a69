using System.Globalization;
using System.Net;
using System.Text;

namespace MlOps.Fairness.Privacy;

/// <summary>Which columns of a table hold personal data.</summary>
/// <param name="Rows">The rows that were looked at.</param>
/// <param name="Findings">In the order of the columns; empty if nothing was found.</param>
public sealed record PiiReport(int Rows, IReadOnlyList<PiiFinding> Findings)
{
    /// <summary>Gets whether something was found. Nothing found is no proof that nothing is there.</summary>
    public bool HasPersonalData => Findings.Count > 0;

    /// <summary>Returns how a notebook shows the report.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle()
    {
        var html = new StringBuilder("<table><caption>").Append(WebUtility.HtmlEncode(Headline())).Append("</caption><thead><tr><th>column</th><th>kind</th><th>rows</th><th>share</th><th>sure</th><th>example</th></tr></thead><tbody>");
        foreach (PiiFinding finding in Findings)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{WebUtility.HtmlEncode(finding.Column)}</td><td>{finding.Kind}</td><td>{finding.Rows:N0}</td><td>{finding.Share:P1}</td><td>{finding.Confidence:0.00}</td><td>{WebUtility.HtmlEncode(finding.Example)}</td></tr>");
        }

        return new Dictionary<string, string> { ["text/html"] = html.Append("</tbody></table>").ToString(), ["text/plain"] = ToString() };
    }

    /// <summary>Returns the report as an aligned text.</summary>
    public override string ToString()
    {
        int wide = Findings.Count == 0 ? 0 : Findings.Max(finding => finding.Column.Length);
        IEnumerable<string> lines = Findings.Select(finding => string.Create(CultureInfo.InvariantCulture, $"{finding.Column.PadRight(wide)}  {finding.Kind,-9}  {finding.Rows,9:N0} {(finding.Rows == 1 ? "row " : "rows")}  {finding.Share,7:P1}  sure {finding.Confidence:0.00}  {finding.Example}"));
        return string.Join('\n', lines.Prepend(Headline()));
    }

    private string Headline() => HasPersonalData
        ? string.Create(CultureInfo.InvariantCulture, $"Personal data in {Findings.Select(finding => finding.Column).Distinct(StringComparer.Ordinal).Count()} columns of {Rows:N0} rows")
        : string.Create(CultureInfo.InvariantCulture, $"No personal data found in {Rows:N0} rows; that is no proof that there is none");
}
