using System.Globalization;
using System.Text.RegularExpressions;

namespace MlOps.Grading.Gradebooks;

/// <summary>Reads points in time as people write them in policies and lists: ISO 8601 with a zone.</summary>
internal static partial class ZonedTime
{
    internal const string Wanted = "a date, a time and a zone, such as 2026-11-20T23:59+05:30 or 2026-11-20T18:29:00Z";

    private static readonly string[] Formats =
        [.. from separator in new[] { "'T'", " " } from clock in new[] { "HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF" } select "yyyy-MM-dd" + separator + clock + "K"];

    /// <summary>The time a text names; null if it names none, or leaves out the zone: a deadline must not depend on the machine that reads it.</summary>
    internal static DateTimeOffset? Parse(string? text) =>
        text is not null && HasZone().IsMatch(text) && DateTimeOffset.TryParseExact(text.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time) ? time : null;

    [GeneratedRegex("(Z|[+-][0-9]{2}:[0-9]{2})\\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex HasZone();
}
