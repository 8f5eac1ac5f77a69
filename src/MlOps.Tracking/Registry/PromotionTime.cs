using System.Globalization;

namespace MlOps.Tracking.Registry;

/// <summary>Times of the promotion log for people.</summary>
internal static class PromotionTime
{
    internal static string Text(long milliseconds) => Text(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));

    internal static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
