using System.Globalization;
using System.Text;
using MlOps.Charts;

namespace MlOps.Drift.Dashboards;

/// <summary>A chart and the numbers in it, for those who cannot see it or want them exactly.</summary>
/// <param name="Figure">The chart.</param>
/// <param name="Columns">The series beside the time.</param>
/// <param name="Rows">The time and a value a series; NaN where there is none.</param>
internal sealed record ChartOfPage(Figure Figure, IReadOnlyList<string> Columns, IReadOnlyList<(DateTimeOffset Time, double[] Values)> Rows)
{
    /// <summary>Rows of the table; what is drawn may be more.</summary>
    private const int ShownRows = 30;

    internal void Write(StringBuilder html)
    {
        html.Append("<figure>").Append(Figure.ToSvg()).Append("<figcaption><details><summary>The numbers</summary><p>")
            .Append(MonitorPage.Encode(Figure.ToString())).Append("</p><div class=\"wide\"><table><thead><tr><th scope=\"col\">until</th>");
        foreach (string column in Columns)
        {
            html.Append("<th scope=\"col\">").Append(MonitorPage.Encode(column)).Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach ((DateTimeOffset time, double[] values) in Rows.Reverse().Take(ShownRows))
        {
            html.Append("<tr><td>").Append(MonitorPage.Time(time)).Append("</td>");
            foreach (double value in values)
            {
                html.Append("<td>").Append(double.IsNaN(value) ? "–" : value.ToString("G4", CultureInfo.InvariantCulture)).Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table></div>");
        if (Rows.Count > ShownRows)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>The last {ShownRows} of {Rows.Count}.</p>");
        }

        html.Append("</details></figcaption></figure>");
    }
}
