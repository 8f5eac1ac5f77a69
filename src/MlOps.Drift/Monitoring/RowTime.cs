using System.Globalization;

namespace MlOps.Drift.Monitoring;

/// <summary>Reads the time of a row.</summary>
internal static class RowTime
{
    private const int SecondsDigits = 11; // 11 digits of seconds reach the year 5138; more digits are milliseconds

    private static readonly string[] s_formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    internal static bool TryRead(string? text, out DateTimeOffset time)
    {
        time = default;
        if (text is null)
        {
            return false;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long unix))
        {
            bool seconds = text.Length <= SecondsDigits;
            if (text.Length < 9 || unix > (seconds ? DateTimeOffset.MaxValue.ToUnixTimeSeconds() : DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()))
            {
                return false; // a small number is a count, not a time
            }

            time = seconds ? DateTimeOffset.FromUnixTimeSeconds(unix) : DateTimeOffset.FromUnixTimeMilliseconds(unix);
            return true;
        }

        return DateTimeOffset.TryParseExact(text.Trim(), s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }
}
