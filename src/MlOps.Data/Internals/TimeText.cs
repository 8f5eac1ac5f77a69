using System.Globalization;

namespace MlOps.Data.Internals;

/// <summary>Times in ISO 8601.</summary>
internal static class TimeText
{
    /// <summary>yyyy-MM-dd, or with the time: seconds with as many decimals as needed, Z for UTC.</summary>
    internal static string Of(DateTime time, bool dateOnly)
    {
        if (dateOnly)
        {
            return time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        string text = time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        return time.Kind == DateTimeKind.Utc ? text + "Z" : text;
    }
}
