using System.Net;
using System.Text;

namespace MlOps.Tracking;

/// <summary>What is needed to do a run again, and what of it is not here.</summary>
/// <param name="Run">The run.</param>
/// <param name="Items">What it depended on: code, data, seed, environment, then packages.</param>
/// <remarks>It compares what was noted with this process and this machine. That all is the same does not prove that the result will be: threads, clocks and what is drawn from the network are not noted.</remarks>
public sealed record ReproductionReport(Run Run, IReadOnlyList<ReproductionItem> Items)
{
    /// <summary>Gets a value indicating whether code, data and seed are as they were. Another environment may still give other digits.</summary>
    public bool CanReproduce => Items.All(item => item.Status == ReproductionStatus.Same || item.Kind is "environment" or "package");

    /// <summary>Gets what is different or missing.</summary>
    public IReadOnlyList<ReproductionItem> Problems => [.. Items.Where(item => item.Status != ReproductionStatus.Same)];

    /// <summary>Returns the verdict and a line for everything but the packages that are the same, which are counted.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Headline());
        foreach (ReproductionItem item in Shown())
        {
            text.Append('\n').Append($"  {item.Status.ToString().ToLowerInvariant(),-9}  {What(item)}: {item.Then ?? "not noted"}");
            if (item.Status == ReproductionStatus.Different)
            {
                text.Append($" → {item.Now}");
            }

            text.Append(item.Advice.Length == 0 ? "" : $" ({item.Advice})");
        }

        return text.ToString();
    }

    /// <summary>Returns how a notebook shows the report: a table, then and now side by side.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle()
    {
        var html = new StringBuilder();
        html.Append("<div><strong>").Append(WebUtility.HtmlEncode(Headline())).Append("</strong><table><thead><tr>");
        foreach (string head in (string[])["", "What", "Then", "Now", "What to do"])
        {
            html.Append("<th scope=\"col\" style=\"text-align:left\">").Append(head).Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (ReproductionItem item in Shown())
        {
            html.Append("<tr>");
            foreach (string cell in (string[])[item.Status.ToString().ToLowerInvariant(), What(item), item.Then ?? "not noted", item.Now ?? "not here", item.Advice])
            {
                html.Append("<td style=\"text-align:left\">").Append(WebUtility.HtmlEncode(cell)).Append("</td>");
            }

            html.Append("</tr>");
        }

        return new Dictionary<string, string> { ["text/html"] = html.Append("</tbody></table></div>").ToString(), ["text/plain"] = ToString() };
    }

    private string Headline()
    {
        int same = Items.Count(item => item is { Kind: "package", Status: ReproductionStatus.Same });
        string packages = same == 0 ? "" : $"; {same} packages are the same";
        return Problems.Count == 0
            ? $"Run '{Run.Info.Name}' can be done again: code, data, seed and environment are as they were{packages}"
            : $"Run '{Run.Info.Name}' {(CanReproduce ? "can be done again in another environment" : "cannot be done again as it was")}: {Count(ReproductionStatus.Different)} different, {Count(ReproductionStatus.Missing)} missing{packages}";
    }

    private static string What(ReproductionItem item) => item.Name.Length == 0 ? item.Kind : $"{item.Kind} {item.Name}";

    private int Count(ReproductionStatus status) => Items.Count(item => item.Status == status);

    /// <summary>All but the packages that are the same, which the headline counts.</summary>
    private IEnumerable<ReproductionItem> Shown() => Items.Where(item => item is not { Kind: "package", Status: ReproductionStatus.Same });
}
