using System.Globalization;
using System.Text;
using MlOps.Drift.Monitoring;

namespace MlOps.Drift.Dashboards;

/// <summary>The alerts of a page: the open ones whole, the story of the last ones in a line each.</summary>
internal static class AlertSection
{
    private const int ShownStories = 20;

    internal static void Write(StringBuilder html, MonitorHistory history, IReadOnlyList<Alert> open)
    {
        html.Append("<section aria-live=\"polite\"><h2>Alerts</h2>");
        if (open.Count == 0)
        {
            html.Append("<p>None is open.</p>");
        }

        foreach (Alert alert in open.OrderByDescending(alert => alert.Severity))
        {
            html.Append("<article class=\"").Append(MonitorPage.Word(alert.Severity)).Append("\"><h3>").Append(MonitorPage.Encode(alert.Title)).Append("</h3><ul>");
            foreach (AlertLine line in alert.Lines)
            {
                html.Append("<li>").Append(MonitorPage.Encode(line.Finding.Message));
                if (line.Count > 1)
                {
                    html.Append(CultureInfo.InvariantCulture, $" ({line.Count} times)");
                }

                html.Append("</li>");
            }

            html.Append("</ul><p>Since ").Append(MonitorPage.Time(alert.FirstSeen)).Append(CultureInfo.InvariantCulture, $", in {alert.Count} {(alert.Count == 1 ? "batch" : "batches")}. ");
            if (alert.LookAt.Count > 0)
            {
                html.Append("Look at: ").Append(MonitorPage.Encode(string.Join("; ", alert.LookAt))).Append('.');
            }

            html.Append("</p></article>");
        }

        if (history.Alerts.Count > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<details><summary>What was told: {history.Alerts.Count} {(history.Alerts.Count == 1 ? "message" : "messages")}</summary><ol reversed>");
            foreach (Alert alert in history.Alerts.Reverse().Take(ShownStories))
            {
                html.Append("<li>").Append(MonitorPage.Time(alert.LastSeen)).Append(' ').Append(MonitorPage.Encode(alert.Kind.ToString().ToLowerInvariant()))
                    .Append(": ").Append(MonitorPage.Encode(alert.Title)).Append("</li>");
            }

            html.Append("</ol></details>");
        }

        html.Append("</section>");
    }
}
